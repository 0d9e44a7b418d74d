// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "compare/change.hpp"
#include "device/state.hpp"

namespace dectprov {

// Puts one change in the place of all those in files that the server does not fetch, where they change
// nothing, or did not fetch, where they change nobody knows what. That is said once. What differs stands in
// its fields.
void gather_unfetched(std::vector<Change>& changes, const DeviceState& state);

}  // namespace dectprov
