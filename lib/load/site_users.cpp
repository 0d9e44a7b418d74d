// SPDX-License-Identifier: MIT
#include "load/site_users.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "catalog/entries.hpp"
#include "diag/rules.hpp"
#include "doc/write_xml.hpp"
#include "load/yaml_keys.hpp"
#include "source/encoding.hpp"
#include "source/failure.hpp"

namespace dectprov {

bool SiteUsers::add(Tree& tree, const Layered& list, const std::string& path) {
    const Yaml& yaml = *list.source->yaml;
    std::size_t number = 0;
    bool all = true;
    for (const std::uint32_t item : children(yaml, list.node))
        all = add_item(tree, *list.source, item, fmt::format("{}[{}]", path, ++number)) && all;
    return all;
}

bool SiteUsers::add_item(Tree& tree, const SiteSource& source, std::uint32_t item, const std::string& path) {
    const Yaml::Node& node = (*source.yaml)[item];
    if (node.type != Yaml::Type::mapping) {
        Span span = node.span;
        // Nothing was typed behind the dash; it stands on the line of what comes before.
        if (node.type == Yaml::Type::null) span.end = span.begin;
        context_.report.add(rule::site_key, {.span = span, .path = path},
                            "a user is a mapping of fields, or `from:` and a CSV file");
        return false;
    }
    if (source.yaml->find(item, "from") != 0) return add_file(tree, source, item, path);
    add_user(tree, source, item, path);
    return true;
}

void SiteUsers::add_user(Tree& tree, const SiteSource& source, std::uint32_t item, const std::string& path) {
    SiteTreeBuilder builder(context_, tree);
    const Yaml::Node& node = (*source.yaml)[item];
    const Span value{.file = node.span.file, .begin = node.span.begin, .end = node.span.begin};
    const SitePath above(path);
    const NodeIndex user = builder.open(entry("users.user"), node.span, value, "user");
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
    const Yaml& yaml = *source.yaml;
    for (const std::uint32_t key : children(yaml, item)) {
        if (yaml[key].key_text != "from")
            report_unknown_key(context_, yaml[key].key, path, "an item with `from`", yaml[key].key_text,
                               {"from"});
    }
    const std::uint32_t from = yaml.find(item, "from");
    const std::string from_path = path_below(path, "from");
    if (yaml[from].type != Yaml::Type::scalar || yaml[from].text.empty()) {
        report_shape(context_, yaml[from], from_path, "'from' is the path of a CSV file");
        return false;
    }
    const std::string file = join(folder_of(source.path), yaml[from].text);
    const Table* rows = table(file, yaml[from].span, from_path);
    if (rows == nullptr || rows->document.header.empty()) return false;
    add_rows(tree, *rows);
    return true;
}

const SiteUsers::Table* SiteUsers::table(const std::string& file, Span from, const std::string& from_path) {
    if (const auto known = tables_.find(file); known != tables_.end()) return &known->second;
    Decoded decoded;
    try {
        decoded = decode_text(context_.files.read(file));
    } catch (const Failure& failure) {
        context_.report.add(rule::site_reference, {.span = from, .path = from_path}, failure.what());
        return nullptr;
    }
    Table& made = tables_.emplace(file, Table{.path = file, .document = {}, .columns = {}}).first->second;
    const FileId source = context_.sources.add(file, std::move(decoded.text));
    if (decoded.bad) {
        context_.report.add(rule::file_encoding,
                            {.span = {.file = source, .begin = *decoded.bad, .end = *decoded.bad}},
                            decoded.problem);
        return &made;
    }
    made.document = read_csv(context_.sources, source);
    if (made.document.header.empty()) {
        context_.report.add(rule::file_empty, {.span = {.file = source}}, "no header row names the fields");
        return &made;
    }
    for (CsvProblem& problem : made.document.problems)
        context_.report.add(rule::site_key, {.span = problem.span}, std::move(problem.message));
    read_columns(made);
    return &made;
}

void SiteUsers::read_columns(Table& table) {
    std::vector<std::string_view> known;
    for (const EntryId child : context_.catalog.children(entry("users.user")))
        known.push_back(context_.catalog[child].name);
    std::map<std::string_view, Span> seen;
    for (const CsvField& field : table.document.header) {
        EntryId column = context_.catalog.child(entry("users.user"), field.text);
        const auto [first, fresh] = seen.emplace(field.text, field.span);
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
        }
        table.columns.push_back(column);
    }
}

void SiteUsers::add_rows(Tree& tree, const Table& table) {
    const CsvDocument& document = table.document;
    const std::size_t more = document.rows.size() + document.fields.size();
    // Of many small files each would move all that is there.
    if (more > tree.size()) tree.reserve(tree.size() + more);
    // One note a column says as much as one a user.
    std::vector<char> told(table.columns.size(), 0);
    for (std::size_t row = 0; row != document.rows.size(); ++row) {
        const std::size_t begin = document.rows[row];
        const std::size_t end =
            row + 1 == document.rows.size() ? document.fields.size() : document.rows[row + 1];
        const Span first = document.fields[begin].span;
        const Span start{.file = first.file, .begin = first.begin, .end = first.begin};
        const NodeIndex user =
            tree.open(entry("users.user"), {.name = first, .value = start, .name_text = "user", .text = {}});
        for (std::size_t i = begin; i != end && i - begin < table.columns.size(); ++i) {
            const std::size_t column = i - begin;
            bool column_told = told[column] != 0;
            add_cell(tree, table, column, document.fields[i], column_told);
            told[column] = static_cast<char>(column_told);
        }
        tree.close(user);
    }
}

void SiteUsers::add_cell(Tree& tree, const Table& table, std::size_t column, const CsvField& field,
                         bool& told) {
    const EntryId entry = table.columns[column];
    if (entry == EntryId::none || field.text.empty()) return;
    const Expanded expanded = expand(context_, table.path, field.text);
    // The name is that of the column, and is read there.
    const NodeIndex node = tree.leaf(entry, {.name = table.document.header[column].span,
                                             .value = field.span,
                                             .name_text = {},
                                             .text = expanded.text,
                                             .opaque = expanded.opaque});
    for (const Expanded::Problem& problem : expanded.problems)
        context_.report.add(rule::site_reference, {.span = field.span, .tree = &tree, .node = node},
                            problem.message);
    if (find_unwritable(field.text) != std::string_view::npos)
        context_.report.add(rule::value_charset, {.span = field.span, .tree = &tree, .node = node},
                            "a control character, which no XML file can hold");
    if (told || expanded.referred || !context_.catalog.has(entry, Trait::secret)) return;
    if (!context_.report.on(rule::site_plain_secret)) return;
    told = true;
    context_.report.add(rule::site_plain_secret, tree.value_place(node),
                        fmt::format("the texts of the column '{}' are written in the file", tree.name(node)),
                        R"(refer to them: "${env:NAME}" or "${file:PATH}")");
}

}  // namespace dectprov
