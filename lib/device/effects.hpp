// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "compare/change.hpp"
#include "compare/side.hpp"
#include "device/state.hpp"

namespace dectprov {

// Says of each change what comes of it, from what the two states and the catalogue tell. Of changes that the
// server does not fetch one is left.
void add_effects(std::vector<Change>& changes, const DeviceState& state);

// What the old group of a handset sets and its new one (0: none) does not, from `data` on: its old values
// stay in the handset.
std::vector<std::string> stale_settings(const Side& before, std::uint32_t from, const Side& after,
                                        std::uint32_t to);

// The first few of some names: "a, b and 3 more".
std::string some_of(const std::vector<std::string>& names);

}  // namespace dectprov
