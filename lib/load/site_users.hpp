// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "load/site_tables.hpp"
#include "load/site_values.hpp"

namespace dectprov {

// Makes the users trees of one site: rows of the description and of tables, in order. A file that several
// servers name is read once.
class SiteUsers {
public:
    // `tables` must outlive this.
    SiteUsers(SiteContext& context, SiteTables& tables) : context_(context), tables_(tables) {}

    // Makes `tree`, which is empty, what the list says; false where an item could not be read.
    bool read(Tree& tree, const Layered& list, const std::string& path);

private:
    // A row of a table while its user is made.
    struct Row;

    NodeIndex open_root(Tree& tree, const Layered& list);
    static Tree::Table table_of(const TableUse& use, const Layered& list);
    [[nodiscard]] bool fits_table(const TableUse& use) const;
    bool read_table(Tree& tree, const Layered& list, const Layered& item, const std::string& path);
    bool add_item(Tree& tree, const Layered& item, const std::string& path);
    void add_user(Tree& tree, const Layered& item, const std::string& path);
    bool add_rows(Tree& tree, TableUse& use, const std::string& path);
    void add_cells(Tree& tree, Row& row);
    void add_given(Tree& tree, Row& row, std::size_t index);
    [[nodiscard]] bool is_watched(EntryId column) const;
    bool add_cell(Tree& tree, const TableUse& use, std::size_t column, const CsvField& field, bool watched);
    static bool comes_to_nothing(const Yaml::Node& written, const Expanded& expanded);
    [[nodiscard]] bool upper_boolean(EntryId column, std::string_view text) const;

    SiteContext& context_;
    SiteTables& tables_;
};

}  // namespace dectprov
