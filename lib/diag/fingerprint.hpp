// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "diag/finding.hpp"

namespace dectprov {

// What a host knows a finding by from one run to the next.
struct Fingerprint {
    std::string hex;      // 32 digits
    std::size_t ordinal;  // among the findings of the same rule, file and identity; from 1
};

// One for each finding, in their order. Of rule, file, element identity and the ordinal: never of a line or
// a value, so a finding keeps its own when text moves, and no two findings share one.
std::vector<Fingerprint> fingerprints(std::span<const Finding> findings);

}  // namespace dectprov
