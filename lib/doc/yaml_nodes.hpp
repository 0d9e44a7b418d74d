// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include "doc/yaml.hpp"

namespace dectprov {

struct RepeatedKey {
    std::uint32_t first;
    std::uint32_t again;
};

// Values of the last mapping of a flat array whose key stands before them already, in document order.
std::vector<RepeatedKey> repeated_keys(const std::vector<Yaml::Node>& nodes, std::uint32_t mapping);

// Takes the later values out; returns from which index on nodes have moved. Only the mapping's subtree may
// follow its first value.
std::uint32_t erase_repeated(std::vector<Yaml::Node>& nodes, const std::vector<RepeatedKey>& repeated);

}  // namespace dectprov
