// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "doc/tree.hpp"

namespace dectprov {

// The elements of a configuration that name a firmware file, in their order: those below
// `provisioning.firmware` whose value is a file name. Empty names (no download) are among them.
std::vector<NodeIndex> firmware_names(const Tree& config);

}  // namespace dectprov
