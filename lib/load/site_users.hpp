// SPDX-License-Identifier: MIT
#pragma once

#include <deque>
#include <map>
#include <string>

#include "doc/csv.hpp"
#include "load/site_values.hpp"

namespace dectprov {

// Makes the users trees of one site: rows of the description and of CSV files, in order. A file that several
// servers name is read once.
class SiteUsers {
public:
    explicit SiteUsers(SiteContext& context) : context_(context) {}

    // Adds what the list says to `tree`, whose root is open; false where an item could not be read.
    bool add(Tree& tree, const Layered& list, const std::string& path);

private:
    // A CSV file with what its columns are.
    struct Table {
        std::string path;
        CsvDocument document;
        std::vector<EntryId> columns;  // none: not a field of a user, or repeated
    };

    bool add_item(Tree& tree, const SiteSource& source, std::uint32_t item, const std::string& path);
    void add_user(Tree& tree, const SiteSource& source, std::uint32_t item, const std::string& path);
    bool add_file(Tree& tree, const SiteSource& source, std::uint32_t item, const std::string& path);
    void add_rows(Tree& tree, const Table& table);
    void add_cell(Tree& tree, const Table& table, std::size_t column, const CsvField& field, bool& told);
    const Table* table(const std::string& file, Span from, const std::string& from_path);
    void read_columns(Table& table);

    SiteContext& context_;
    std::map<std::string, Table, std::less<>> tables_;
};

}  // namespace dectprov
