// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "diag/finding.hpp"

namespace dectprov {

// A finding as one JSON object: the same in every report that has findings.
void append_json(std::string& out, const Finding& finding);

}  // namespace dectprov
