// SPDX-License-Identifier: MIT
#pragma once

#include "compare/change.hpp"
#include "compare/side.hpp"
#include "device/state.hpp"

namespace dectprov {

// Says that another box takes over. It has nothing of what the old one has, so it gets all that it fetches.
void tell_takeover(const DeviceState& state, ServerDiff& diff);

// Says of a server that it came or went.
void tell_whole(const Side& side, bool came, ServerDiff& diff);

// Says that nobody knows whether it did: one of the new descriptions, or of the old ones, cannot be read
// whole.
void tell_not_compared(bool is_new, ServerDiff& diff);

}  // namespace dectprov
