// SPDX-License-Identifier: MIT
#include "editor/places.hpp"

#include <algorithm>
#include <set>

#include "doc/yaml.hpp"
#include "editor/lint_inputs.hpp"

namespace dectprov {
namespace {

constexpr std::string_view reference = "${var:";

// The scalars and keys of one YAML file, as far as it can be read.
struct ReadYaml {
    SourceSet sources;
    YamlDocument document;

    ReadYaml(const std::string& path, const LineText& text)
        : document(read_yaml(sources, sources.add(path, text.text()))) {}
};

// Calls `visit` for each node with its keys from the top, items left out.
template <class Visit>
void each_node(const Yaml& yaml, const Visit& visit) {
    struct Open {
        std::uint32_t after;
        bool keyed;
    };
    std::vector<Open> open;
    std::vector<std::string_view> path;
    for (std::uint32_t i = 0; i < yaml.nodes.size(); ++i) {
        while (!open.empty() && open.back().after <= i) {
            if (open.back().keyed) path.pop_back();
            open.pop_back();
        }
        const Yaml::Node& node = yaml[i];
        const bool keyed = node.key.end > node.key.begin;
        if (keyed) path.push_back(node.key_text);
        open.push_back({.after = node.after, .keyed = keyed});
        if (!node.aliased) visit(node, path);
    }
}

void add_references(const std::string& path, std::string_view text, std::string_view name,
                    std::vector<TextPlace>& places) {
    for (std::size_t at = text.find(reference); at != std::string_view::npos;
         at = text.find(reference, at + 1)) {
        const std::size_t begin = at + reference.size();
        if (text.substr(begin).starts_with(name) && text.substr(begin + name.size()).starts_with('}'))
            places.push_back({.path = path, .begin = begin, .end = begin + name.size()});
    }
}

}  // namespace

std::optional<GroupPlace> group_at(const View& view, const Document& document, std::size_t offset) {
    const std::size_t line = document.text.line_of(offset);
    for (const GroupPlace& place : group_places(view, document.path, document.text)) {
        // Of a list the whole word "GROUP100" stands for it.
        const bool on_line = place.role == GroupPlace::Role::line &&
                             document.text.line_of(place.begin) == line && offset <= place.end;
        if (on_line || (offset >= place.begin && offset <= place.end)) return place;
    }
    return std::nullopt;
}

std::optional<VariableName> variable_at(const Document& document, const Spot& spot, std::size_t offset) {
    const std::string_view text = document.text.text();
    const std::size_t start = text.rfind(reference, offset);
    if (start != std::string_view::npos) {
        const std::size_t begin = start + reference.size();
        const std::size_t end = text.find_first_of("}\r\n", begin);
        if (end != std::string_view::npos && text[end] == '}' && offset <= end)
            return VariableName{
                .name = std::string(text.substr(begin, end - begin)), .begin = begin, .end = end};
    }
    const bool key = spot.kind == TextKind::description && spot.part == Spot::Part::name &&
                     spot.path.size() > 1 && spot.path[spot.path.size() - 2] == "vars";
    if (!key || spot.path.back().empty()) return std::nullopt;
    return VariableName{.name = spot.path.back(), .begin = spot.begin, .end = spot.end};
}

std::vector<TextPlace> variable_places(const View& view, const Document& document, std::string_view name) {
    std::vector<TextPlace> places;
    for (const std::string& path : view.workspace.related(document.path)) {
        const auto text = view.workspace.text_of(path);
        if (!text) continue;
        add_references(path, text->text(), name, places);
        if (!is_yaml_name(path)) continue;
        const ReadYaml yaml(path, *text);
        each_node(yaml.document.yaml, [&](const Yaml::Node& node, const std::vector<std::string_view>& keys) {
            if (node.key_text == name && keys.size() > 1 && keys[keys.size() - 2] == "vars")
                places.push_back({.path = path,
                                  .begin = node.key.begin,
                                  .end = node.key.end,
                                  .defines = true,
                                  .value = std::string(node.text)});
        });
    }
    return places;
}

std::set<std::string> variable_names(const View& view, const Document& document) {
    std::set<std::string> names;
    for (const std::string& path : view.workspace.related(document.path)) {
        const auto text = is_yaml_name(path) ? view.workspace.text_of(path) : std::nullopt;
        if (!text) continue;
        const ReadYaml yaml(path, *text);
        each_node(yaml.document.yaml, [&](const Yaml::Node& node, const std::vector<std::string_view>& keys) {
            if (node.key.end > node.key.begin && keys.size() > 1 && keys[keys.size() - 2] == "vars")
                names.emplace(node.key_text);
        });
    }
    return names;
}

std::vector<TextPlace> setting_places(const View& view, const Document& document,
                                      const std::vector<std::string>& path) {
    std::vector<TextPlace> places;
    if (path.size() < 2 || (path.front() != "servers" && path.front() != "defaults")) return places;
    for (const std::string& file : view.workspace.related(document.path)) {
        if (!is_yaml_name(file)) continue;
        const auto text = view.workspace.text_of(file);
        if (!text) continue;
        const ReadYaml yaml(file, *text);
        each_node(yaml.document.yaml, [&](const Yaml::Node& node, const std::vector<std::string_view>& keys) {
            if (keys.size() != path.size() || node.key.end == node.key.begin) return;
            if (keys.front() != "servers" && keys.front() != "defaults") return;
            if (!std::equal(keys.begin() + 1, keys.end(), path.begin() + 1)) return;
            places.push_back({.path = file,
                              .begin = node.key.begin,
                              .end = node.key.end,
                              .defines = keys.front() == "defaults"});
        });
    }
    return places;
}

std::vector<TextPlace> mentions_of(const View& view, const std::string& path) {
    std::vector<TextPlace> places;
    for (const std::string& file : view.workspace.related(path)) {
        if (!is_yaml_name(file) || file == path) continue;
        const auto text = view.workspace.text_of(file);
        if (!text) continue;
        const ReadYaml yaml(file, *text);
        each_node(yaml.document.yaml, [&](const Yaml::Node& node, const std::vector<std::string_view>& keys) {
            const bool names_file = !keys.empty() && (keys.back() == "from" || keys.back() == "extends");
            if (!names_file || node.type != Yaml::Type::scalar) return;
            if (view.workspace.files().named_in(folder_of(file), node.text) == path)
                places.push_back({.path = file, .begin = node.span.begin, .end = node.span.end});
        });
    }
    return places;
}

}  // namespace dectprov
