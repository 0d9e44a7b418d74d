// SPDX-License-Identifier: MIT
#pragma once

#include "compare/change.hpp"
#include "compare/side.hpp"

namespace dectprov {

// Says that another box takes over. It has nothing of what the old one has, so it gets everything.
void tell_takeover(const Side& side, ServerDiff& diff);

// Says of a server that it came or went.
void tell_whole(const Side& side, bool came, ServerDiff& diff);

}  // namespace dectprov
