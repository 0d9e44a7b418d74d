// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "doc/csv.hpp"
#include "load/site_layers.hpp"
#include "load/site_references.hpp"

namespace dectprov {

class SiteTables;

// A CSV file as it was read.
struct CsvTable {
    std::string key;   // its path and encoding
    SiteSource cells;  // its path and file: what references in it are relative to
    char separator = ',';
    std::vector<CsvField> header = {};  // empty where nothing can be read
    bool plain = false;                 // no reference in it, and nothing that XML cannot hold
    const std::set<std::string_view>* variables = nullptr;  // that its texts refer to
    bool told = false;                                      // what is wrong with its rows has been reported
};

// The columns of a table, in the order of its header, as an item of the description takes them.
struct TableColumn {
    std::string_view name;  // of the field or the key; or of nothing but `where` and `${row:…}`
    Span name_span = {};
    EntryId field = EntryId::none;  // of a user; none: another column, or a repeated one
    // The field that a misspelt heading stands in for, none where it is no such heading. No rule says of that
    // field that it is missing.
    EntryId meant = EntryId::none;
    bool is_key = false;  // of a server
};

// The rows of a table by the cells of some columns, so that the rows of each server are found without looking
// at those of all others.
class TableIndex {
public:
    // Rows that follow each other and have the same cells in those columns, as they do in a table in order.
    struct Run {
        std::uint32_t hash;
        std::uint32_t offset;  // of the first
        std::uint32_t rows;
    };

    // `row`: of the server for which it is made. Good for every part of a description at once.
    TableIndex(CsvReader& rows, std::vector<std::size_t> columns, std::size_t row);

    [[nodiscard]] std::size_t row() const { return row_; }

    [[nodiscard]] const std::vector<std::size_t>& columns() const { return columns_; }
    // Those that may have these cells, in the order of the table.
    [[nodiscard]] std::span<const Run> find(const std::vector<std::string_view>& cells) const;
    void take(const Run& run) {
        taken_[static_cast<std::size_t>(&run - runs_.data())].store(true, std::memory_order_relaxed);
    }
    // Whether a row has them.
    [[nodiscard]] bool meets(const std::vector<CsvField>& row,
                             const std::vector<std::string_view>& cells) const;
    // Where the rows begin that nobody has taken, in the order of the table, which `rows` reads.
    [[nodiscard]] std::vector<std::uint32_t> untaken(CsvReader& rows) const;

private:
    std::vector<std::size_t> columns_;
    std::size_t row_;
    std::vector<Run> runs_;  // by hash and offset
    std::unique_ptr<std::atomic<bool>[]> taken_;
};

// An item with `from:`: a table, and what the description makes of it.
struct TableUse {
    struct Where {
        std::size_t column;
        Layered value;
    };
    struct Given {
        std::string_view name;  // of the field or the key
        Span name_span;
        Layered value;       // of the description; its source is `set`
        EntryId field;       // of a user
        std::size_t column;  // the one with the row's own cell; npos where there is none
    };

    CsvTable* table = nullptr;
    bool of_users = false;
    bool whole = true;  // every name of a column and of the item is known
    bool part = false;  // a name that is not may be that of a setting
    Layered item = {};
    std::vector<TableColumn> columns = {};
    std::vector<SiteRow::Column> names = {};  // the same for `${row:…}`
    std::vector<Where> where = {};
    std::vector<Given> given = {};
    SiteSource set = {};  // the source of `set`, whose row is that which is read
    std::shared_ptr<TableIndex> index = {};

    // What stands there as it should be needs no other column to stand for it, and one at most does.
    void keep_one_meant();
    // Tells `names` which cells are secrets wherever `${row:…}` has them. `cells`: how each column's may be
    // shown where they stand; what is shown there is no secret elsewhere.
    void mark_secrets(const Catalog& catalog, const std::vector<SourceSet::Cells>& cells);
};

// The rows of a table that are for one server, or for the list of servers.
class TableRows {
public:
    // `tables` keeps the index of the rows.
    TableRows(SiteContext& context, SiteTables& tables, TableUse& use, const std::string& path,
              CsvReader::Keep keep = CsvReader::Keep::rows);

    // False where a cell that is wanted cannot be known.
    [[nodiscard]] bool good() const { return good_; }
    // The next row that has as many cells as the header.
    bool next(std::vector<CsvField>& row);
    [[nodiscard]] std::uint32_t begin_of(const std::vector<CsvField>& row) const {
        return reader_.begin_of(row);
    }
    // Tells what is wrong with rows, once a table, and that no row was met.
    bool finish();
    // What its rows have in common, "ward=A3", as far as it is no secret; empty where that is nothing.
    [[nodiscard]] std::string selection() const;
    // The bytes of the table that are still to be read; none of one that is looked up.
    [[nodiscard]] std::size_t rest() const { return use_.index ? 0 : reader_.rest(); }

private:
    bool next_found(std::vector<CsvField>& row);
    void report_unmet();

    SiteContext& context_;
    TableUse& use_;
    std::string path_;
    CsvReader reader_;
    bool good_ = true;
    bool any_ = false;
    std::size_t faults_ = 0;
    std::vector<std::string_view> wanted_;  // of the columns of `where`
    std::span<const TableIndex::Run> found_;
    std::size_t at_ = 0;        // the next run
    std::uint32_t of_run_ = 0;  // its rows that have been read
};

}  // namespace dectprov
