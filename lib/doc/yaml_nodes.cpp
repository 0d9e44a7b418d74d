// SPDX-License-Identifier: MIT
#include "doc/yaml_nodes.hpp"

#include <algorithm>

namespace dectprov {

std::uint32_t Yaml::find(std::uint32_t mapping, std::string_view key) const {
    if (mapping >= nodes.size() || nodes[mapping].type != Type::mapping) return 0;
    for (std::uint32_t i = mapping + 1; i != nodes[mapping].after; i = nodes[i].after) {
        if ((*this)[i].key_text == key) return i;
    }
    return 0;
}

std::vector<RepeatedKey> repeated_keys(const std::vector<Yaml::Node>& nodes, std::uint32_t mapping) {
    std::vector<std::uint32_t> values;
    for (std::uint32_t i = mapping + 1; i != nodes.size(); i = nodes[i].after) values.push_back(i);
    std::ranges::sort(values, [&](std::uint32_t a, std::uint32_t b) {
        const int order = nodes[a].key_text.compare(nodes[b].key_text);
        return order != 0 ? order < 0 : a < b;
    });
    std::vector<RepeatedKey> repeated;
    for (std::size_t k = 1, first = 0; k < values.size(); ++k) {
        if (nodes[values[first]].key_text == nodes[values[k]].key_text) {
            repeated.push_back({.first = values[first], .again = values[k]});
        } else {
            first = k;
        }
    }
    std::ranges::sort(repeated, {}, &RepeatedKey::again);
    return repeated;
}

std::uint32_t erase_repeated(std::vector<Yaml::Node>& nodes, const std::vector<RepeatedKey>& repeated) {
    const std::uint32_t begin = repeated.front().again;
    const auto size = static_cast<std::uint32_t>(nodes.size());
    // Where each node goes, and what comes behind the last.
    std::vector<std::uint32_t> moved;
    std::vector<bool> dropped(size - begin, false);
    for (const RepeatedKey& one : repeated)
        std::fill(dropped.begin() + (one.again - begin), dropped.begin() + (nodes[one.again].after - begin),
                  true);
    std::uint32_t to = begin;
    for (std::uint32_t i = begin; i != size; ++i) {
        moved.push_back(to);
        if (!dropped[i - begin]) ++to;
    }
    moved.push_back(to);
    for (std::uint32_t i = begin; i != size; ++i) {
        if (dropped[i - begin]) continue;
        nodes[i].after = moved[nodes[i].after - begin];
        if (moved[i - begin] != i) nodes[moved[i - begin]] = nodes[i];
    }
    nodes.resize(to);
    return begin;
}

}  // namespace dectprov
