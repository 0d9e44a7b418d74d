// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "doc/csv.hpp"
#include "load/site_values.hpp"

namespace dectprov {

// Makes the users trees of one site: rows of the description and of CSV files, in order. A file that several
// servers name is read once.
class SiteUsers {
public:
    explicit SiteUsers(SiteContext& context) : context_(context) {}

    // Makes `tree`, which is empty, what the list says; false where an item could not be read.
    bool read(Tree& tree, const Layered& list, const std::string& path);

    // A CSV file with what its columns are.
    struct Table {
        std::string path;
        FileId source{};
        char separator = ',';
        std::vector<CsvField> header = {};  // empty where nothing can be read
        std::vector<EntryId> columns = {};  // none: not a field of a user, or repeated
        // By column: the field that a misspelt heading stands in for, none where it is no such heading. No
        // rule says of that field that it is missing.
        std::vector<EntryId> meant = {};
        bool plain = false;  // no reference in it, and nothing that XML cannot hold
        bool told = false;   // what is wrong with its rows has been reported
    };
    // An item that names a table, while it is read.
    struct Item {
        const SiteSource& source;
        std::uint32_t node;
        const std::string& path;
        Table* table = nullptr;  // where it can be read
    };
    using TableRow = KeyRow<void (SiteUsers::*)(Item&, const Layered&)>;
    static std::span<const TableRow> table_rows();

private:
    NodeIndex open_root(Tree& tree, const Layered& list);
    static Tree::Table table_of(const Table& rows, const Layered& list);
    bool read_file(Tree& tree, const Layered& list, std::uint32_t item, const std::string& path);
    bool add_item(Tree& tree, const SiteSource& source, std::uint32_t item, const std::string& path);
    void add_user(Tree& tree, const SiteSource& source, std::uint32_t item, const std::string& path);
    bool add_file(Tree& tree, const SiteSource& source, std::uint32_t item, const std::string& path);
    static bool is_unsplit(const Table& table, const std::vector<CsvField>& row);
    void add_rows(Tree& tree, Table& table);
    [[nodiscard]] bool is_watched(EntryId column) const;
    bool add_cell(Tree& tree, const Table& table, std::size_t column, const CsvField& field, bool watched);
    void table_from(Item& item, const Layered& value);
    // Null where nothing can be read.
    Table* named_table(const SiteSource& source, std::uint32_t item, const std::string& path);
    Table* table(const std::string& file, Span from, const std::string& from_path);
    void read_columns(Table& table);
    [[nodiscard]] bool upper_boolean(EntryId column, std::string_view text) const;

    SiteContext& context_;
    std::map<std::string, Table, std::less<>> tables_;
};

}  // namespace dectprov
