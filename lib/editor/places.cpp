// SPDX-License-Identifier: MIT
#include "editor/places.hpp"

#include <algorithm>

#include "editor/lint_inputs.hpp"
#include "editor/yaml_walk.hpp"

namespace dectprov {

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
