// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "compare/side.hpp"
#include "import/draft.hpp"

namespace dectprov {

// What `after`, made of the files that a description yields, lacks of `before` or has besides: the
// differences in meaning that `diff` finds, and attributes, stray texts and repetitions, which no server
// heeds. The spans are of `before`.
std::vector<Loss> compare_meaning(const Side& before, const Side& after);

}  // namespace dectprov
