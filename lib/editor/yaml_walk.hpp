// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "doc/yaml.hpp"
#include "editor/line_text.hpp"
#include "source/source_set.hpp"

namespace dectprov {

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

}  // namespace dectprov
