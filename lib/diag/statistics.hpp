// SPDX-License-Identifier: MIT
#pragma once

#include <ostream>

#include "diag/finding.hpp"

namespace dectprov {

// `--statistics`: the findings that are shown, counted by rule and by server, the worst first.
void print_statistics(std::ostream& out, const Results& results);

}  // namespace dectprov
