// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "compare/change.hpp"
#include "device/state.hpp"

namespace dectprov {

// Says of changes after which the server looks no more for what it looked for, or looks somewhere else, that
// this is so: nothing loses more. Says of those, too, after which it looks for what it did not look for.
void add_cut_offs(std::vector<Change>& changes, const DeviceState& state);

}  // namespace dectprov
