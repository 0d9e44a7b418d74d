// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "load/keys.hpp"
#include "load/site_layers.hpp"
#include "load/site_table_rows.hpp"
#include "load/table_cache.hpp"

namespace dectprov {

// The tables of one description.
class SiteTables {
public:
    enum class Kind : std::uint8_t { users, servers };

    explicit SiteTables(SiteContext& context) : context_(context) {}

    // What all parts of the description share.
    [[nodiscard]] TableCache& cache() {
        return context_.options.tables != nullptr ? *context_.options.tables : own_;
    }
    // The row of the server that is read; 0 for one that is written out.
    [[nodiscard]] std::size_t row() const { return row_; }
    void set_row(std::size_t row) { row_ = row; }

    // Whether an item of a list names a table.
    static bool is_table(const Layered& item) { return static_cast<bool>(item.member("from")); }
    // The table that an item names; null where it cannot be read, which is reported. Good as long as this
    // lives.
    TableUse* use(const Layered& item, Kind kind, const std::string& path);
    // Where the rows of a table of servers begin that are meant.
    std::shared_ptr<const std::vector<std::uint32_t>> rows(TableUse& use, const std::string& path);
    // The variables that the texts of a table refer to; null for another source.
    [[nodiscard]] const std::set<std::string_view>* variables(FileId file) const;
    template <class Visit>
    void each_use(Visit&& visit) const {
        for (const auto& [key, use] : uses_) {
            if (use) visit(*use);
        }
    }
    // Reports the rows that no `where` has met.
    void report_untaken();

    // An item while it is read: the values of its keys.
    struct Reading {
        Layered from = {};
        Layered encoding = {};
        Layered columns = {};
        Layered ignore = {};
        Layered where = {};
        Layered set = {};
    };
    using TableRow = KeyRow<Layered Reading::*>;
    static std::span<const TableRow> table_rows();

private:
    friend class TableReader;
    CsvTable* file(const std::string& path, const std::string& encoding, const Place& from,
                   std::string_view name);

    SiteContext& context_;
    TableCache own_;
    std::size_t row_ = 0;
    std::map<std::pair<std::string, std::string>, CsvTable> files_;
    // By where the item stands and which file it names, since that may differ between servers.
    std::map<std::tuple<const SiteSource*, std::uint32_t, std::string>, std::unique_ptr<TableUse>> uses_;
};

// The encodings that a table may say it is in.
std::vector<std::string_view> table_encodings();

}  // namespace dectprov
