// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "source/span.hpp"

namespace dectprov {

// One side of a comparison of texts.
struct DiffText {
    std::string name;  // as shown; "/dev/null" for a file that is not there
    std::string_view text;
    std::vector<Span> masked = {};  // what is shown as "***", in order
};

// The differences of two texts line by line, in the unified format that patch reads, with three lines around
// each. Empty where the texts are equal. Lines that differ in masked places alone differ all the same.
std::string unified_diff(const DiffText& before, const DiffText& after);

}  // namespace dectprov
