// SPDX-License-Identifier: MIT
#include "load/site_columns.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "catalog/characters.hpp"
#include "catalog/entries.hpp"
#include "diag/rules.hpp"
#include "doc/secret.hpp"
#include "load/site_server.hpp"
#include "load/yaml_keys.hpp"

namespace dectprov {
namespace {

// What stands below such a key is named by a path.
constexpr std::string_view paths[] = {"settings.", "var."};

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; }

bool begins_with(std::string_view text, std::string_view start) {
    return std::ranges::equal(text.substr(0, start.size()), start, {}, lower, lower);
}

// Whether the key of a server has a column: lists of texts do, and `users` are no texts.
bool has_column(const Key& key) {
    return key.shape == Shape::text || (key.shape == Shape::list && is_list_column(key.name));
}

Yaml::Node leaf(const CsvField& cell) {
    return {.type = Yaml::Type::scalar, .quoted = true, .span = cell.span, .text = cell.text};
}

// What a column sets of the configuration; none where it sets nothing of it, or what nobody knows.
EntryId setting_of(const Catalog& catalog, std::string_view column) {
    std::string_view rest = column.substr(std::min(column.find('.'), column.size()));
    EntryId id = column.starts_with(paths[0]) ? entry("config") : EntryId::none;
    while (id != EntryId::none && !rest.empty()) {
        rest.remove_prefix(1);
        const std::string_view name = rest.substr(0, rest.find('.'));
        id = catalog.child(id, name);
        rest.remove_prefix(name.size());
    }
    return id;
}

// Calls `visit` with where each `${row:NAME}` stands that is not within another reference, and with its name.
// A name or a kind that is put together has its references in it.
template <class Visit>
void each_row_reference(std::string_view text, Visit&& visit) {
    constexpr std::string_view start = "${row:";
    std::size_t depth = 0;
    std::size_t begin = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const std::string_view rest = text.substr(at);
        if (depth == 0 && rest.starts_with("$${")) {
            at += 2;
        } else if (rest.starts_with("${")) {
            if (depth++ == 0) begin = at;
            ++at;
        } else if (text[at] == '}' && depth != 0 && --depth == 0) {
            const std::string_view whole = text.substr(begin, at - begin);
            const TextPart place{.begin = begin, .end = at + 1};
            if (whole.starts_with(start)) visit(place, whole.substr(start.size()));
            if (whole.starts_with("${${")) visit(place, whole);
        }
    }
}

// The words of a text, each where it stands.
std::vector<Yaml::Node> words_of(const Yaml::Node& text, bool as_written) {
    std::vector<Yaml::Node> words;
    for (std::size_t at = 0; at < text.text.size();) {
        const std::size_t begin = text.text.find_first_not_of(white_space, at);
        if (begin == std::string_view::npos) break;
        at = std::min(text.text.find_first_of(white_space, begin), text.text.size());
        Yaml::Node& word = words.emplace_back(text);
        word.text = text.text.substr(begin, at - begin);
        word.key = {};
        word.key_text = {};
        if (!as_written) continue;
        word.span.begin = text.span.begin + static_cast<std::uint32_t>(begin);
        word.span.end = text.span.begin + static_cast<std::uint32_t>(at);
    }
    return words;
}

}  // namespace

bool is_list_column(std::string_view column) { return column == "licenses" || column == "extends"; }

bool is_secret_column(const Catalog& catalog, std::string_view column) {
    return is_secret_at(catalog, setting_of(catalog, column), column);
}

bool is_unknown_setting(const Catalog& catalog, std::string_view column) {
    const EntryId id = setting_of(catalog, column);
    return column.starts_with(paths[0]) && (id == EntryId::none || catalog.is_section(id));
}

std::string_view server_column(std::string_view name) {
    for (const SiteServerReader::Row& row : SiteServerReader::rows()) {
        if (has_column(row.key) && name.size() == row.key.name.size() && begins_with(name, row.key.name))
            return row.key.name;
    }
    for (const std::string_view path : paths) {
        if (name.size() > path.size() && name.starts_with(path) && !name.ends_with('.') &&
            name.find("..") == std::string_view::npos)
            return name;
    }
    return {};
}

std::vector<std::string_view> server_columns() {
    std::vector<std::string_view> names;
    for (const SiteServerReader::Row& row : SiteServerReader::rows()) {
        if (has_column(row.key)) names.push_back(row.key.name);
    }
    names.insert(names.end(), {"settings.PATH", "var.NAME"});
    return names;
}

std::string nearest_server_column(std::string_view typed) {
    const std::size_t dot = typed.find('.');
    if (dot == std::string_view::npos) return std::string(nearest(typed, server_columns()).value_or(""));
    constexpr std::string_view starts[] = {"settings", "var"};
    const auto near = nearest(typed.substr(0, dot), starts);
    // Variables are said to be several everywhere else.
    const std::string_view start = typed.starts_with("vars.") ? "var" : near.value_or("");
    return start.empty() ? std::string() : fmt::format("{}{}", start, typed.substr(dot));
}

std::size_t SiteRow::index(const std::vector<Column>& of, std::string_view name) {
    auto at = std::ranges::find(of, name, &Column::name);
    if (at == of.end()) at = std::ranges::find(of, name, &Column::heading);
    return static_cast<std::size_t>(at - of.begin());
}

const CsvField* SiteRow::find(std::string_view name) const {
    const std::size_t at = index(columns, name);
    return at < cells.size() && at != columns.size() ? &cells[at] : nullptr;
}

bool SiteRow::may_show(const SourceSet& sources, const CsvField& field) const {
    const auto& known = sources.columns(table.file);
    return index(field) < known.size() && known[index(field)] == SourceSet::Cells::shown;
}

std::optional<Span> SiteRow::variable(const CsvField& field) const {
    const Column& of = column(field);
    return of.is_variable ? std::optional(field.span) : of.of_variable;
}

void TableUse::mark_secrets(const Catalog& catalog, const std::vector<SourceSet::Cells>& cells) {
    constexpr std::string_view of_variable = "var.";
    for (std::size_t i = 0; i != names.size(); ++i) {
        names[i].secret = cells[i] == SourceSet::Cells::secret;
        names[i].is_variable = columns[i].is_key && columns[i].name.starts_with(of_variable);
    }
    for (const Given& one : given) {
        const Yaml::Node& node = one.value.yaml();
        if (node.type != Yaml::Type::scalar) continue;
        const EntryId element = of_users ? one.field : setting_of(catalog, one.name);
        const bool secret =
            of_users ? is_secret(catalog, element, one.name) : is_secret_column(catalog, one.name);
        const std::vector<TextPart> parts = secret_parts(catalog, element, node.text);
        each_row_reference(node.text, [&](TextPart place, std::string_view name) {
            const auto overlaps = [&](const TextPart& secret_part) {
                return secret_part.begin < place.end && place.begin < secret_part.end;
            };
            // Whether it is a password in an address shows when the address is put together.
            const bool is_open = one.name.starts_with(of_variable) || std::ranges::any_of(parts, overlaps);
            const bool is_any = name.find("${") != std::string_view::npos;
            const std::size_t named = SiteRow::index(names, name);
            for (std::size_t i = 0; i != names.size(); ++i) {
                if ((i != named && !is_any) || cells[i] == SourceSet::Cells::shown) continue;
                names[i].secret = names[i].secret || secret;
                if (is_open) names[i].of_variable = start_of(table->header[i].span);
            }
        });
    }
}

ServerRows::ServerRows(SiteContext& context, TableUse& use)
    : context_(context),
      use_(use),
      row_{.path = use.table->cells.path,
           .file = use.table->cells.file,
           .is_table = true,
           .whole = use.whole,
           .part = use.part},
      set_{.path = use.set.path, .file = use.set.file},
      names_{.columns = use.names, .cells = fields_, .table = use.table->cells} {
    for (std::size_t i = 0; i != use.columns.size(); ++i) {
        if (use.columns[i].is_key) add(cells_, use.columns[i].name, use.columns[i].name_span, i);
    }
    for (std::size_t i = 0; i != use.given.size(); ++i)
        add(given_, use.given[i].name, use.given[i].name_span, i);
    // What `set` says of every row is the same in each; what a row's cells hold is laid over it.
    const auto value = [&use](std::size_t index) -> std::vector<Yaml::Node> {
        const TableUse::Given& one = use.given[index];
        const Yaml::Node& node = one.value.yaml();
        if (!is_list_column(one.name)) return {node};
        std::vector<Yaml::Node> items;
        if (node.type == Yaml::Type::sequence) {
            for (const std::uint32_t item : children(*one.value.source->yaml, one.value.node))
                items.push_back((*one.value.source->yaml)[item]);
        } else {
            items = words_of(node, false);
        }
        return items;
    };
    if (!use.given.empty()) set_.yaml = written(given_, value, start_of(use.given.front().name_span));
    set_.row = &names_;
}

// A dotted path ends in a key that nothing stands below.
void ServerRows::add(Slot& root, std::string_view column, Span span, std::size_t from) {
    const bool verbatim = context_.sources.text(span) == column;
    Slot* slot = &root;
    const auto below = [&](std::string_view key, std::string_view shown) -> Slot* {
        const auto known = std::ranges::find(slot->below, key, &Slot::key);
        if (known != slot->below.end()) return &*known;
        Slot& made = slot->below.emplace_back(Slot{.key = key, .key_span = span});
        if (verbatim && !shown.empty()) {
            const auto begin = static_cast<std::uint32_t>(shown.data() - column.data());
            made.key_span.begin = span.begin + begin;
            made.key_span.end = span.begin + begin + static_cast<std::uint32_t>(shown.size());
        }
        return &made;
    };
    std::string_view rest = column;
    if (rest.starts_with("var.")) {
        slot = below("vars", rest.substr(0, 3));
        slot = below(rest.substr(4), rest.substr(4));
        rest = {};
    }
    while (!rest.empty()) {
        const std::string_view key = rest.substr(0, rest.find('.'));
        rest.remove_prefix(std::min(rest.size(), key.size() + 1));
        slot = below(key, key);
        if (slot->from == std::string_view::npos || rest.empty()) continue;
        context_.report.add(
            rule::site_key, {.span = span},
            fmt::format("another column sets '{}', and this one sets something below it", key));
        return;
    }
    if (!slot->below.empty()) {
        context_.report.add(
            rule::site_key, {.span = span},
            fmt::format("this column sets '{}', and another one sets something below it", column));
        return;
    }
    slot->from = from;
    slot->is_list = is_list_column(column);
}

template <class Value>
void ServerRows::write(const Slot& slot, const Value& value, Yaml& yaml) {
    const bool is_leaf = slot.from != std::string_view::npos;
    std::vector<Yaml::Node> values;
    if (is_leaf) values = value(slot.from);
    if (is_leaf && !slot.is_list) {
        for (Yaml::Node node : values) {
            node.key = slot.key_span;
            node.key_text = slot.key;
            node.after = static_cast<std::uint32_t>(yaml.nodes.size()) + 1;
            yaml.nodes.push_back(node);
        }
        return;
    }
    if (is_leaf && values.empty()) return;
    const std::size_t at = yaml.nodes.size();
    yaml.nodes.push_back({.type = is_leaf ? Yaml::Type::sequence : Yaml::Type::mapping,
                          .key = slot.key_span,
                          .key_text = slot.key});
    for (Yaml::Node node : values) {
        node.after = static_cast<std::uint32_t>(yaml.nodes.size()) + 1;
        yaml.nodes.push_back(node);
    }
    for (const Slot& one : slot.below) write(one, value, yaml);
    if (yaml.nodes.size() == at + 1) {
        yaml.nodes.pop_back();
        return;
    }
    yaml.nodes[at].span = start_of(yaml.nodes[at + 1].span);
    yaml.nodes[at].after = static_cast<std::uint32_t>(yaml.nodes.size());
}

template <class Value>
std::shared_ptr<const Yaml> ServerRows::written(const Slot& root, const Value& value, Span begin) {
    auto yaml = std::make_shared<Yaml>();
    yaml->nodes.push_back({.type = Yaml::Type::mapping, .span = begin});
    for (const Slot& one : root.below) write(one, value, *yaml);
    yaml->nodes.front().after = static_cast<std::uint32_t>(yaml->nodes.size());
    return yaml;
}

Layered ServerRows::read(const std::vector<CsvField>& row, Layers& layers) {
    fields_ = row;
    const auto value = [&](std::size_t column) -> std::vector<Yaml::Node> {
        const CsvField& cell = row[column];
        if (trimmed(cell.text).empty()) return {};
        const Yaml::Node node = leaf(cell);
        if (!is_list_column(use_.columns[column].name)) return {node};
        return words_of(node, !cell.doubled());
    };
    row_.yaml = written(cells_, value, row.front().span);
    const Layered over{.source = &row_, .node = 0};
    if (use_.given.empty()) return over;
    return layers.lay({.source = &set_, .node = 0}, over);
}

}  // namespace dectprov
