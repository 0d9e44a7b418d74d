// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "load/site_tables.hpp"

namespace dectprov {

// The columns of a table of servers: keys of a server that are texts or lists of them, and the dotted paths
// of settings and variables.

// The column of that name in its right case; empty where there is none.
std::string_view server_column(std::string_view name);
// Whether its cells hold several texts, parted by blanks.
bool is_list_column(std::string_view column);
// Whether its cells are secrets: the setting is one, or it is called like one.
bool is_secret_column(const Catalog& catalog, std::string_view column);
// Whether it sets what is no setting, so that nobody knows what its cells are.
bool is_unknown_setting(const Catalog& catalog, std::string_view column);
// What messages name.
std::vector<std::string_view> server_columns();
// The known column that a misspelt one resembles most; empty where none does.
std::string nearest_server_column(std::string_view typed);

// Makes of the rows of a table what they would be if they were written out under `servers`.
class ServerRows {
public:
    // `use` and `sources` must outlive this.
    ServerRows(SiteContext& context, TableUse& use);

    // The server that a row describes, over what `set` gives; good until the next row.
    Layered read(const std::vector<CsvField>& row, Layers& layers);

private:
    // A key with what stands below it: the tree of all columns, of which each row has a part.
    struct Slot {
        std::string_view key;
        Span key_span = {};
        std::size_t from = std::string_view::npos;  // the column, or the index in `given`
        bool is_list = false;
        std::vector<Slot> below = {};
    };

    void add(Slot& root, std::string_view column, Span span, std::size_t from);
    template <class Value>
    static void write(const Slot& slot, const Value& value, Yaml& yaml);
    template <class Value>
    static std::shared_ptr<const Yaml> written(const Slot& root, const Value& value, Span begin);

    SiteContext& context_;
    TableUse& use_;
    Slot cells_ = {};
    Slot given_ = {};
    SiteSource row_;
    SiteSource set_;
    SiteRow names_;
    std::vector<CsvField> fields_;
};

}  // namespace dectprov
