// SPDX-License-Identifier: MIT
#include "load/site_users.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "catalog/entries.hpp"
#include "diag/rules.hpp"
#include "doc/secret.hpp"
#include "doc/write_xml.hpp"
#include "load/yaml_keys.hpp"
#include "source/bounds.hpp"
#include "source/encoding.hpp"
#include "source/failure.hpp"

namespace dectprov {
// A row of a table while its user is made.
struct SiteUsers::Row {
    TableUse& use;
    const std::vector<CsvField>& cells;
    bool as_it_stands;        // the cells are the texts
    std::vector<char>& told;  // by column: no need to tell that its texts are no references
    std::vector<char>& given_told;
};

NodeIndex SiteUsers::open_root(Tree& tree, const Layered& list) {
    const Yaml::Node& node = list.yaml();
    return SiteTreeBuilder(context_, tree).open(entry("users"), node.key, start_of(node.span), "users");
}

bool SiteUsers::read(Tree& tree, const Layered& list, const std::string& path) {
    const SiteSource& source = *list.source;
    const std::vector<std::uint32_t> items = children(*source.yaml, list.node);
    const Layered only{.source = &source, .node = items.empty() ? 0 : items.front()};
    if (items.size() == 1 && only.is(Yaml::Type::mapping) && SiteTables::is_table(only))
        return read_table(tree, list, only, path + "[1]");
    const NodeIndex root = open_root(tree, list);
    std::size_t number = 0;
    bool all = true;
    for (const std::uint32_t item : items)
        all = add_item(tree, {.source = &source, .node = item}, fmt::format("{}[{}]", path, ++number)) && all;
    tree.close(root);
    return all;
}

Tree::Table SiteUsers::table_of(const TableUse& use, const Layered& list) {
    Tree::Table table{.file = use.table->cells.file,
                      .separator = use.table->separator,
                      .columns = {},
                      .root_name = list.yaml().key,
                      .root_value = start_of(list.yaml().span)};
    for (std::size_t i = 0; i != use.columns.size(); ++i) {
        if (use.columns[i].field != EntryId::none)
            table.columns.push_back({.entry = use.columns[i].field, .name = use.table->header[i].span});
    }
    for (const TableUse::Given& one : use.given) {
        const Yaml::Node& node = one.value.yaml();
        table.given.push_back(
            {.entry = one.field, .name = one.name_span, .value = node.span, .text = node.text});
        // Where its text comes from a cell, it stands there.
        if (one.column == std::string_view::npos)
            table.columns.push_back({.entry = one.field, .name = one.name_span});
    }
    return table;
}

// Whether every field has a name of its own, and none stands in for another.
bool SiteUsers::fits_table(const TableUse& use) const {
    const auto is_any = [&](EntryId id) { return context_.catalog.is_wildcard(id); };
    return std::ranges::none_of(
               use.columns,
               [&](const TableColumn& one) { return is_any(one.field) || one.meant != EntryId::none; }) &&
           std::ranges::none_of(use.given, is_any, &TableUse::Given::field);
}

// Users that all come from one file are its table.
bool SiteUsers::read_table(Tree& tree, const Layered& list, const Layered& item, const std::string& path) {
    TableUse* const use = tables_.use(item, SiteTables::Kind::users, path);
    NodeIndex root = 0;
    if (use != nullptr && fits_table(*use)) {
        tree.set_table(table_of(*use, list));
        root = tree.open(entry("users"), 0);
    } else {
        root = open_root(tree, list);
    }
    const bool good = use != nullptr && add_rows(tree, *use, path);
    tree.close(root);
    return good;
}

bool SiteUsers::add_item(Tree& tree, const Layered& item, const std::string& path) {
    const Yaml::Node& node = item.yaml();
    if (node.type != Yaml::Type::mapping) {
        if (node.tagged) return false;
        if (is_run_in(node)) {
            report_run_in(context_, node.span, path);
            return false;
        }
        Span span = node.span;
        // Nothing was typed behind the dash; it stands on the line of what comes before.
        if (node.type == Yaml::Type::null) span.end = span.begin;
        context_.report.add(rule::site_key, {.span = span, .path = path},
                            "a user must be a mapping of fields, or `from:` with a CSV file");
        return false;
    }
    if (!SiteTables::is_table(item)) {
        add_user(tree, item, path);
        return true;
    }
    TableUse* const use = tables_.use(item, SiteTables::Kind::users, path);
    return use != nullptr && add_rows(tree, *use, path);
}

void SiteUsers::add_user(Tree& tree, const Layered& item, const std::string& path) {
    SiteTreeBuilder builder(context_, tree);
    const Yaml::Node& node = item.yaml();
    const Span value{.file = node.span.file, .begin = node.span.begin, .end = node.span.begin};
    const SitePath above(path);
    const NodeIndex user = tree.open(
        entry("users.user"),
        {.name = node.span, .value = value, .name_text = "user", .text = {}, .opaque = node.merges});
    item.each([&](const Layered& one) {
        const Yaml::Node& written = one.yaml();
        const EntryId field = context_.catalog.child(entry("users.user"), written.key_text);
        if (written.type != Yaml::Type::mapping || context_.catalog.is_wildcard(field)) {
            builder.member(entry("users.user"), one, above);
            return;
        }
        report_shape(context_, written, path_below(path, written.key_text),
                     fmt::format("'{}' must be a text, not a mapping", written.key_text));
    });
    builder.close(user);
}

bool SiteUsers::add_rows(Tree& tree, TableUse& use, const std::string& path) {
    TableRows rows(context_, tables_, use, path);
    if (!rows.good()) return false;
    tree.set_selection(rows.selection());
    // A guess; of many small files each would move all that is there.
    constexpr std::size_t bytes_a_node = 6;
    const std::size_t more = rows.rest() / bytes_a_node;
    if (more > tree.size()) tree.reserve(tree.size() + more);
    // One note a column says as much as one a user.
    std::vector<char> told(use.columns.size());
    for (std::size_t i = 0; i != told.size(); ++i)
        told[i] = static_cast<char>(!is_watched(use.columns[i].field));
    std::vector<char> given_told(use.given.size());
    std::vector<CsvField> cells;
    const SiteRow names{.columns = use.names, .cells = cells, .table = use.table->cells};
    use.set.row = &names;
    Row row{.use = use,
            .cells = cells,
            .as_it_stands = tree.is_table() && use.table->plain,
            .told = told,
            .given_told = given_told};
    while (rows.next(cells)) {
        const Span first = cells.front().span;
        const NodeIndex user =
            tree.is_table()
                ? tree.open(entry("users.user"), first.begin)
                : tree.open(entry("users.user"),
                            {.name = first, .value = start_of(first), .name_text = "user", .text = {}});
        add_cells(tree, row);
        tree.close(user);
    }
    use.set.row = nullptr;
    tree.set_selection({});
    return rows.finish();
}

void SiteUsers::add_cells(Tree& tree, Row& row) {
    const TableUse& use = row.use;
    for (std::size_t column = 0; column != std::min(row.cells.size(), use.columns.size()); ++column) {
        const TableColumn& of = use.columns[column];
        const CsvField& field = row.cells[column];
        if (field.text.empty()) continue;
        if (of.meant != EntryId::none) {
            context_.stands_in = true;
            tree.leaf(of.meant, {.name = use.table->header[column].span,
                                 .value = field.span,
                                 .name_text = {},
                                 .text = {},
                                 .opaque = true});
        }
        if (of.field == EntryId::none) continue;
        const bool spreadsheet = upper_boolean(of.field, field.text);
        if (row.as_it_stands && row.told[column] != 0 && !field.doubled() && !spreadsheet) {
            tree.field(of.field, field.span);
        } else if (add_cell(tree, use, column, field, row.told[column] == 0)) {
            row.told[column] = 1;
        }
    }
    for (std::size_t i = 0; i != use.given.size(); ++i) {
        const std::size_t own = use.given[i].column;
        if (own >= row.cells.size() || row.cells[own].text.empty()) add_given(tree, row, i);
    }
}

// Whether references, of which nothing is wrong, leave no text: as an empty cell, it leaves its element out.
bool SiteUsers::comes_to_nothing(const Yaml::Node& written, const Expanded& expanded) {
    return expanded.text.empty() && !written.text.empty() && !expanded.opaque && expanded.problems.empty();
}

// A field that `set` gives where the row has none.
void SiteUsers::add_given(Tree& tree, Row& row, std::size_t index) {
    const TableUse::Given& given = row.use.given[index];
    const Yaml::Node& scalar = given.value.yaml();
    const bool refers = scalar.text.find('$') != std::string_view::npos;
    if (!tree.is_table()) {
        if (!refers || !comes_to_nothing(scalar, expand(context_, *given.value.source, scalar.text)))
            SiteTreeBuilder(context_, tree).leaf(given.field, given.value);
        return;
    }
    const bool first = row.given_told[index] == 0;
    // What is to be said of the text itself is said once.
    const bool is_plain = !refers && !scalar.cut;
    const bool is_unread =
        !context_.options.resolve && (scalar.text.find("${env:") != std::string_view::npos ||
                                      scalar.text.find("${file:") != std::string_view::npos);
    if (!first && is_plain && !scalar.tagged) {
        tree.given(index, {}, false);
        return;
    }
    // Nor does a secret that is not read differ from row to row.
    if (!first && is_unread) {
        tree.given(index, {}, true);
        return;
    }
    row.given_told[index] = 1;
    const Expanded expanded = expand(context_, *given.value.source, scalar.text);
    if (comes_to_nothing(scalar, expanded)) return;
    const bool own = expanded.text != scalar.text;
    const bool opaque = expanded.opaque || scalar.tagged;
    const bool secret = is_secret(context_.catalog, given.field, given.name);
    const bool of_cell = expanded.origin && expanded.origin->file == row.use.table->cells.file && !secret;
    const NodeIndex node = of_cell
                               ? tree.field(given.field, *expanded.origin, std::string(expanded.text), opaque)
                               : tree.given(index, own ? std::string(expanded.text) : std::string(), opaque);
    tell_secrets(context_, tree, node, expanded);
    hide_sources(context_, given.field, scalar, expanded);
    SiteTreeBuilder(context_, tree).notes(node, given.field, scalar, expanded);
}

// Whether it is the TRUE or FALSE that a spreadsheet makes of a boolean.
bool SiteUsers::upper_boolean(EntryId column, std::string_view text) const {
    if (text != "TRUE" && text != "FALSE") return false;
    return context_.catalog.type(column).kind == Kind::boolean;
}

// Whether a text in the column is to be a reference.
bool SiteUsers::is_watched(EntryId column) const {
    return column != EntryId::none && is_secret(context_.catalog, column, context_.catalog[column].name) &&
           context_.report.on(rule::site_plain_secret);
}

// True where it was told that the text is no reference, which it is to be when the column is `watched`.
bool SiteUsers::add_cell(Tree& tree, const TableUse& use, std::size_t column, const CsvField& field,
                         bool watched) {
    const EntryId entry = use.columns[column].field;
    const CsvTable& table = *use.table;
    Expanded expanded =
        table.plain ? Expanded{.text = field.text} : expand(context_, table.cells, field.text);
    if (upper_boolean(entry, field.text)) expanded.text = field.text == "TRUE" ? "true" : "false";
    NodeIndex node = 0;
    if (!tree.is_table()) {
        // The name is that of the column, and is read there.
        node = tree.leaf(entry, {.name = table.header[column].span,
                                 .value = field.span,
                                 .name_text = {},
                                 .text = expanded.text,
                                 .opaque = expanded.opaque});
    } else if (!expanded.referred && !field.doubled() && expanded.text == field.text) {
        node = tree.field(entry, field.span);
    } else {
        node = tree.field(entry, field.span, std::string(expanded.text), expanded.opaque);
    }
    tell_secrets(context_, tree, node, expanded);
    const Yaml::Node cell{.type = Yaml::Type::scalar,
                          .quoted = true,
                          .key_text = use.columns[column].name,
                          .span = field.span,
                          .text = field.text};
    hide_sources(context_, entry, cell, expanded);
    for (const Expanded::Problem& problem : expanded.problems)
        context_.report
            .add(rule::site_reference, {.span = field.span, .tree = &tree, .node = node}, problem.message,
                 problem.help)
            .many = problem.many;
    if (!table.plain && find_unwritable(field.text) != std::string_view::npos)
        context_.report.add(rule::value_charset, {.span = field.span, .tree = &tree, .node = node},
                            "a control character, which an XML file cannot contain");
    if (!watched || expanded.referred) return false;
    // It is the column's fault, whichever server reads it first.
    if (tables_.cache().tells(fmt::format("{}#plain:{}", table.key, column)))
        context_.report.add(rule::site_plain_secret, {.span = table.header[column].span},
                            fmt::format("the secrets of the column '{}' are written in the file",
                                        context_.catalog[entry].name),
                            R"(refer to them: "${env:NAME}" or "${file:PATH}")");
    return true;
}

}  // namespace dectprov
