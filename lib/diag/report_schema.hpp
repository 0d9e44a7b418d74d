// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace dectprov {

// The JSON Schema (draft-07) of what print_json() writes; `schema report` prints it.
std::string report_schema();

}  // namespace dectprov
