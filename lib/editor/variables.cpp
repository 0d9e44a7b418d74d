// SPDX-License-Identifier: MIT
#include "editor/variables.hpp"

#include <algorithm>
#include <utility>

#include "catalog/characters.hpp"
#include "catalog/letter_case.hpp"
#include "doc/csv.hpp"
#include "editor/lint_inputs.hpp"
#include "editor/table_columns.hpp"
#include "editor/yaml_walk.hpp"

namespace dectprov {
namespace {

constexpr std::string_view reference = "${var:";
// What a variable is called as a column.
constexpr std::string_view column_prefix = "var.";

// What one file says of variables, references left out.
class VariableFinder {
public:
    VariableFinder(const View& view, const std::string& path, const LineText& text)
        : view_(view), path_(path), text_(text) {}

    std::vector<VariablePlace> run() {
        if (is_yaml_name(path_)) in_yaml();
        if (path_.ends_with(".csv")) in_table();
        return std::move(places_);
    }

private:
    struct As {
        bool defines = true;
        bool is_column = false;
        std::string_view value = {};
    };

    void add(std::string_view name, std::size_t begin, std::size_t end, const As& as) {
        places_.push_back({.at = {.path = path_, .begin = begin, .end = end, .defines = as.defines},
                           .name = std::string(name),
                           .value = std::string(as.value),
                           .is_column = as.is_column});
    }

    void in_yaml() {
        const ReadYaml yaml(path_, text_);
        each_node(yaml.document.yaml, [&](const Yaml::Node& node, const std::vector<std::string_view>& keys) {
            if (keys.size() < 2) return;
            if (keys[keys.size() - 2] == "vars" && node.key.end > node.key.begin)
                add(node.key_text, node.key.begin, node.key.end, {.value = node.text});
            // Of an item that reads a table of servers.
            if (keys.front() != "servers") return;
            if (keys.size() == 2 && keys[1] == "ignore") of_value(yaml.sources, node, {.defines = false});
            if (keys.size() != 3) return;
            if (keys[1] == "columns") of_value(yaml.sources, node, {.is_column = true});
            if (keys[1] == "where") of_key(node, {.defines = false});
            if (keys[1] == "set") of_key(node, {.value = node.text});
        });
    }

    // The name of a column, as a key or as a value.
    void of_key(const Yaml::Node& node, const As& as) {
        if (!is_column(node.key_text)) return;
        const bool plain = node.key.end - node.key.begin == node.key_text.size();
        add(node.key_text.substr(column_prefix.size()), node.key.begin + (plain ? column_prefix.size() : 0),
            node.key.end, as);
    }
    void of_value(const SourceSet& sources, const Yaml::Node& node, const As& as) {
        const std::string_view name = trimmed(node.text);
        if (node.type != Yaml::Type::scalar || !is_column(name)) return;
        const std::size_t before = node.text.find(name) + column_prefix.size();
        const Span span = scalar_span(sources, node, before, name.size() - column_prefix.size());
        add(name.substr(column_prefix.size()), span.begin, span.end, as);
    }

    void in_table() {
        SourceSet sources;
        const CsvReader reader(sources, sources.add(path_, text_.text()));
        const TableColumns columns = table_columns(view_, path_, reader.header());
        if (!columns.of_servers) return;
        for (const CsvField& field : reader.header()) {
            const std::string_view heading = trimmed(field.text);
            const bool renamed = std::ranges::any_of(columns.renamed, [&](const auto& one) {
                return equals_ignoring_case(trimmed(one.first), heading);
            });
            if (renamed || !is_column(heading)) continue;
            const std::string_view name = heading.substr(column_prefix.size());
            const auto before = static_cast<std::size_t>(name.data() - field.text.data());
            const std::size_t begin = field.span.begin + (field.doubled() ? 0 : before);
            add(name, begin, field.doubled() ? field.span.end : begin + name.size(), {.is_column = true});
        }
    }

    static bool is_column(std::string_view name) {
        return name.size() > column_prefix.size() && name.starts_with(column_prefix);
    }

    const View& view_;
    const std::string& path_;
    const LineText& text_;
    std::vector<VariablePlace> places_;
};

// In the places of references, whatever stands around them: a part of a text, another name, a cell.
void add_references(const std::string& path, std::string_view text, std::string_view begin_with,
                    std::string_view name, std::vector<VariablePlace>& places) {
    for (std::size_t at = text.find(begin_with); at != std::string_view::npos;
         at = text.find(begin_with, at + 1)) {
        const std::size_t begin = at + begin_with.size();
        // A dollar that is doubled begins none.
        if (at > 0 && text[at - 1] == '$') continue;
        if (!text.substr(begin).starts_with(name) || !text.substr(begin + name.size()).starts_with('}'))
            continue;
        // In one expression, g++ 12 finds the strings uninitialised when it optimises at link time.
        VariablePlace place{};
        place.at.path = path;
        place.at.begin = begin;
        place.at.end = begin + name.size();
        place.name = name;
        places.push_back(std::move(place));
    }
}

}  // namespace

std::optional<VariablePlace> variable_at(const View& view, const Document& document, const Spot& spot,
                                         std::size_t offset) {
    const std::string_view text = document.text.text();
    const auto found = [&](std::size_t begin, std::size_t end) {
        return VariablePlace{.at = {.path = document.path, .begin = begin, .end = end},
                             .name = std::string(text.substr(begin, end - begin))};
    };
    const std::size_t start = text.rfind(reference, offset);
    if (start != std::string_view::npos && (start == 0 || text[start - 1] != '$')) {
        const std::size_t begin = start + reference.size();
        const std::size_t end = text.find_first_of("}\r\n", begin);
        if (end != std::string_view::npos && text[end] == '}' && offset <= end) return found(begin, end);
    }
    if (spot.kind != TextKind::description && spot.kind != TextKind::table) return std::nullopt;
    // Of a description that is being typed, too.
    if (spot.part == Spot::Part::name && spot.path.size() > 1 && spot.path[spot.path.size() - 2] == "vars" &&
        !spot.path.back().empty())
        return found(spot.begin, spot.end);
    for (VariablePlace& one : VariableFinder(view, document.path, document.text).run()) {
        if (offset >= one.at.begin && offset <= one.at.end) return std::move(one);
    }
    return std::nullopt;
}

std::vector<VariablePlace> variable_places(const View& view, const std::set<std::string>& files,
                                           std::string_view name) {
    std::vector<VariablePlace> places;
    for (const std::string& path : files) {
        const auto text = view.workspace.text_of(path);
        if (!text) continue;
        add_references(path, text->text(), reference, name, places);
        if (is_yaml_name(path)) {
            const std::string of_row = "${row:" + std::string(column_prefix);
            add_references(path, text->text(), of_row, name, places);
        }
        for (VariablePlace& one : VariableFinder(view, path, *text).run()) {
            if (one.name == name) places.push_back(std::move(one));
        }
    }
    return places;
}

std::vector<VariablePlace> variable_places(const View& view, const Document& document,
                                           std::string_view name) {
    return variable_places(view, view.workspace.related(document.path), name);
}

std::set<std::string> reach_of_variable(const View& view, const Document& document, std::string_view name) {
    return view.workspace.reach(document.path, [&](const std::string& path) {
        return !variable_places(view, std::set<std::string>{path}, name).empty();
    });
}

std::set<std::string> variable_names(const View& view, const Document& document) {
    std::set<std::string> names;
    for (const std::string& path : view.workspace.related(document.path)) {
        const auto text = view.workspace.text_of(path);
        if (!text) continue;
        for (VariablePlace& one : VariableFinder(view, path, *text).run()) {
            if (one.at.defines) names.insert(std::move(one.name));
        }
    }
    return names;
}

}  // namespace dectprov
