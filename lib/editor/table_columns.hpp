// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "catalog/catalog.hpp"
#include "doc/csv.hpp"
#include "editor/protocol.hpp"

namespace dectprov {

// What the columns of a table are: as the descriptions that read it say, else by their own headings.
struct TableColumns {
    bool of_servers = false;                                        // a row is a server, else a user
    std::vector<std::pair<std::string, std::string>> renamed = {};  // `columns`: heading and name

    // The name that a heading stands for, in its right case where it is known.
    [[nodiscard]] std::string_view name(std::string_view heading) const;
    // The field of a user, or the setting of a server; none for another column.
    [[nodiscard]] EntryId entry_of(const Catalog& catalog, std::string_view heading) const;
};

TableColumns table_columns(const View& view, const std::string& path, std::span<const CsvField> header);

}  // namespace dectprov
