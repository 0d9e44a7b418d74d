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
namespace {

bool names_file(const SiteSource& source, std::uint32_t item) {
    return (*source.yaml)[item].type == Yaml::Type::mapping && source.yaml->find(item, "from") != 0;
}

// Whether each column is a field with a name of its own, or nothing.
bool have_names(const Catalog& catalog, const std::vector<EntryId>& columns) {
    return std::ranges::none_of(columns,
                                [&](EntryId id) { return id != EntryId::none && catalog.is_wildcard(id); });
}

}  // namespace

NodeIndex SiteUsers::open_root(Tree& tree, const Layered& list) {
    const Yaml::Node& node = list.yaml();
    return SiteTreeBuilder(context_, tree).open(entry("users"), node.key, start_of(node.span), "users");
}

bool SiteUsers::read(Tree& tree, const Layered& list, const std::string& path) {
    const SiteSource& source = *list.source;
    const std::vector<std::uint32_t> items = children(*source.yaml, list.node);
    if (items.size() == 1 && names_file(source, items.front()))
        return read_file(tree, list, items.front(), path + "[1]");
    const NodeIndex root = open_root(tree, list);
    std::size_t number = 0;
    bool all = true;
    for (const std::uint32_t item : items)
        all = add_item(tree, source, item, fmt::format("{}[{}]", path, ++number)) && all;
    tree.close(root);
    return all;
}

Tree::Table SiteUsers::table_of(const Table& rows, const Layered& list) {
    Tree::Table table{.file = rows.source,
                      .separator = rows.separator,
                      .columns = {},
                      .root_name = list.yaml().key,
                      .root_value = start_of(list.yaml().span)};
    for (std::size_t i = 0; i != rows.columns.size(); ++i) {
        if (rows.columns[i] != EntryId::none)
            table.columns.push_back({.entry = rows.columns[i], .name = rows.header[i].span});
    }
    return table;
}

// Users that all come from one file are its table.
bool SiteUsers::read_file(Tree& tree, const Layered& list, std::uint32_t item, const std::string& path) {
    Table* const rows = named_table(*list.source, item, path);
    const bool as_table = rows != nullptr && have_names(context_.catalog, rows->columns) &&
                          std::ranges::all_of(rows->meant, [](EntryId id) { return id == EntryId::none; });
    NodeIndex root = 0;
    if (as_table) {
        tree.set_table(table_of(*rows, list));
        root = tree.open(entry("users"), 0);
    } else {
        root = open_root(tree, list);
    }
    if (rows != nullptr) add_rows(tree, *rows);
    tree.close(root);
    return rows != nullptr;
}

bool SiteUsers::add_item(Tree& tree, const SiteSource& source, std::uint32_t item, const std::string& path) {
    const Yaml::Node& node = (*source.yaml)[item];
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
                            "a user is a mapping of fields, or `from:` and a CSV file");
        return false;
    }
    if (names_file(source, item)) return add_file(tree, source, item, path);
    add_user(tree, source, item, path);
    return true;
}

void SiteUsers::add_user(Tree& tree, const SiteSource& source, std::uint32_t item, const std::string& path) {
    SiteTreeBuilder builder(context_, tree);
    const Yaml::Node& node = (*source.yaml)[item];
    const Span value{.file = node.span.file, .begin = node.span.begin, .end = node.span.begin};
    const SitePath above(path);
    const NodeIndex user = tree.open(
        entry("users.user"),
        {.name = node.span, .value = value, .name_text = "user", .text = {}, .opaque = node.merges});
    for (const std::uint32_t field : children(*source.yaml, item)) {
        const Layered one{.source = &source, .node = field};
        const Yaml::Node& written = (*source.yaml)[field];
        if (written.type == Yaml::Type::mapping) {
            report_shape(context_, written, path_below(path, written.key_text),
                         fmt::format("'{}' is a text, not a mapping", written.key_text));
            continue;
        }
        builder.member(entry("users.user"), one, above);
    }
    builder.close(user);
}

bool SiteUsers::add_file(Tree& tree, const SiteSource& source, std::uint32_t item, const std::string& path) {
    Table* const rows = named_table(source, item, path);
    if (rows != nullptr) add_rows(tree, *rows);
    return rows != nullptr;
}

SiteUsers::Table* SiteUsers::named_table(const SiteSource& source, std::uint32_t item,
                                         const std::string& path) {
    const Layered mapping{.source = &source, .node = item};
    check_members(context_, mapping, path, "an item with `from`", table_rows());
    Item reading{.source = source, .node = item, .path = path};
    for (const TableRow& row : table_rows())
        (this->*row.read)(reading, shaped(context_, mapping.find(row.key.name), row.key, path));
    return reading.table;
}

void SiteUsers::table_from(Item& item, const Layered& value) {
    const std::string path = path_below(item.path, "from");
    const Yaml::Node& from = (*item.source.yaml)[item.source.yaml->find(item.node, "from")];
    if (from.type == Yaml::Type::null || (value && from.text.empty()))
        report_shape(context_, from, path, "'from' is the path of a CSV file");
    if (!value || from.text.empty()) return;
    Table* const rows =
        table(context_.files.named_in(folder_of(item.source.path), from.text), from.span, path);
    if (rows != nullptr && !rows->header.empty()) item.table = rows;
}

SiteUsers::Table* SiteUsers::table(const std::string& file, Span from, const std::string& from_path) {
    if (const auto known = tables_.find(file); known != tables_.end()) return &known->second;
    if (auto outside = leads_outside(context_.files, context_.main, file, context_.sources.text(from))) {
        context_.report.add(rule::site_reference, {.span = from, .path = from_path},
                            std::move(outside->message), std::move(outside->help));
        return nullptr;
    }
    Decoded decoded;
    try {
        decoded = decode_text(context_.files.read(file));
    } catch (const Failure& failure) {
        context_.report.add(rule::site_reference, {.span = from, .path = from_path}, failure.what());
        return nullptr;
    }
    const FileId source = context_.sources.add(file, std::move(decoded.text));
    Table& made = tables_.emplace(file, Table{.path = file, .source = source}).first->second;
    if (decoded.bad) {
        context_.report.add(rule::file_encoding,
                            {.span = {.file = source, .begin = *decoded.bad, .end = *decoded.bad}},
                            decoded.problem);
        return &made;
    }
    const CsvReader reader(context_.sources, source);
    made.header = reader.header();
    made.separator = reader.separator();
    if (made.header.empty()) {
        context_.report.add(rule::file_empty, {.span = {.file = source}}, "no header row names the fields");
        return &made;
    }
    const std::string_view text = context_.sources.text(source);
    made.plain = text.find('$') == std::string_view::npos && find_unwritable(text) == std::string_view::npos;
    read_columns(made);
    return &made;
}

void SiteUsers::read_columns(Table& table) {
    std::vector<std::string_view> known;
    for (const EntryId child : context_.catalog.children(entry("users.user")))
        known.push_back(context_.catalog[child].name);
    for (const CsvField& field : table.header)
        table.columns.push_back(users_column(context_.catalog, field.text));
    // A heading that is known tells that the row is one of headings.
    if (std::ranges::all_of(table.columns, [](EntryId column) { return column == EntryId::none; })) {
        const Span begin{.file = table.source};
        context_.report.add(
            rule::site_key, {.span = begin}, "no header row: the first row names no field of a user",
            fmt::format("begin with the names of the columns, as {}", fmt::join(known, ", ")));
        table.header.clear();
        return;
    }
    table.meant.assign(table.columns.size(), EntryId::none);
    std::map<std::string_view, Span> seen;
    for (std::size_t i = 0; i != table.header.size(); ++i) {
        const CsvField& field = table.header[i];
        EntryId& column = table.columns[i];
        const std::string_view name = column == EntryId::none ? field.text : context_.catalog[column].name;
        const auto [first, fresh] = seen.emplace(name, field.span);
        if (!fresh) {
            context_.report
                .add(rule::site_key, {.span = field.span}, fmt::format("the column '{}' again", field.text))
                .related.push_back({.span = first->second, .message = "the first is here"});
            column = EntryId::none;
        } else if (column == EntryId::none) {
            const auto near = nearest(field.text, known);
            context_.report.add(rule::site_key, {.span = field.span},
                                fmt::format("'{}' is no field of a user", field.text),
                                near ? fmt::format("did you mean '{}'?", *near) : std::string());
            if (near) table.meant[i] = context_.catalog.child(entry("users.user"), *near);
        }
    }
    // What stands there as it should be needs no other.
    for (EntryId& meant : table.meant) {
        if (std::ranges::find(table.columns, meant) != table.columns.end()) meant = EntryId::none;
    }
}

// Whether rows hold what is taken for a single field because the heading has no separator.
bool SiteUsers::is_unsplit(const Table& table, const std::vector<CsvField>& row) {
    return table.header.size() == 1 && row.front().text.find_first_of(",;\t") != std::string_view::npos;
}

void SiteUsers::add_rows(Tree& tree, Table& table) {
    CsvReader reader(context_.sources, table.source);
    // A guess; of many small files each would move all that is there.
    constexpr std::size_t bytes_a_node = 6;
    const std::size_t more = reader.rest() / bytes_a_node;
    if (more > tree.size()) tree.reserve(tree.size() + more);
    // One note a column says as much as one a user.
    std::vector<char> told(table.columns.size());
    for (std::size_t i = 0; i != told.size(); ++i) told[i] = static_cast<char>(!is_watched(table.columns[i]));
    const bool as_it_stands = tree.is_table() && table.plain;
    std::vector<CsvField> row;
    for (std::size_t faults = 0; reader.next(row);) {
        // Which cell of a ragged row is the password, nobody knows. That it is ragged is told below.
        if (is_unsplit(table, row))
            reader.problems().push_back(
                {.span = start_of(row.front().span), .message = "several fields in a row; the header has 1"});
        const bool ragged = reader.problems().size() != faults;
        faults = reader.problems().size();
        if (ragged) continue;
        const Span first = row.front().span;
        const NodeIndex user =
            tree.is_table()
                ? tree.open(entry("users.user"), first.begin)
                : tree.open(entry("users.user"),
                            {.name = first, .value = start_of(first), .name_text = "user", .text = {}});
        for (std::size_t column = 0; column != std::min(row.size(), table.columns.size()); ++column) {
            const EntryId entry = table.columns[column];
            const CsvField& field = row[column];
            if (field.text.empty()) continue;
            if (table.meant[column] != EntryId::none) {
                tree.leaf(table.meant[column], {.name = table.header[column].span,
                                                .value = field.span,
                                                .name_text = {},
                                                .text = {},
                                                .opaque = true});
            }
            if (entry == EntryId::none) continue;
            const bool spreadsheet = upper_boolean(entry, field.text);
            if (as_it_stands && told[column] != 0 && !field.doubled() && !spreadsheet) {
                tree.field(entry, field.span);
            } else if (add_cell(tree, table, column, field, told[column] == 0)) {
                told[column] = 1;
            }
        }
        tree.close(user);
    }
    if (table.told) return;
    table.told = true;
    for (CsvProblem& problem : reader.problems())
        context_.report.add(rule::site_key, {.span = problem.span}, std::move(problem.message));
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
bool SiteUsers::add_cell(Tree& tree, const Table& table, std::size_t column, const CsvField& field,
                         bool watched) {
    const EntryId entry = table.columns[column];
    Expanded expanded = table.plain ? Expanded{.text = field.text} : expand(context_, table.path, field.text);
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
    tell_secrets(context_, tree, node, expanded.text, expanded.secrets);
    for (const Expanded::Problem& problem : expanded.problems)
        context_.report.add(rule::site_reference, {.span = field.span, .tree = &tree, .node = node},
                            problem.message);
    if (!table.plain && find_unwritable(field.text) != std::string_view::npos)
        context_.report.add(rule::value_charset, {.span = field.span, .tree = &tree, .node = node},
                            "a control character, which no XML file can hold");
    if (!watched || expanded.referred) return false;
    context_.report.add(rule::site_plain_secret, tree.value_place(node),
                        fmt::format("the texts of the column '{}' are written in the file", tree.name(node)),
                        R"(refer to them: "${env:NAME}" or "${file:PATH}")");
    return true;
}

}  // namespace dectprov
