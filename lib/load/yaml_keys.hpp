// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include "doc/yaml.hpp"

namespace dectprov {

// What the readers of the configuration file and of site descriptions share.

inline std::vector<std::uint32_t> children(const Yaml& yaml, std::uint32_t node) {
    std::vector<std::uint32_t> out;
    for (std::uint32_t child = node + 1; child < yaml[node].after; child = yaml[child].after)
        out.push_back(child);
    return out;
}

// Where a value stands that is of the wrong shape: its key where nothing was typed.
inline Span place_of(const Yaml::Node& node) { return node.type == Yaml::Type::null ? node.key : node.span; }

}  // namespace dectprov
