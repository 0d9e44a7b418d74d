// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "diag/finding.hpp"

namespace dectprov {

// "FILE:LINE:COLUMN: SEVERITY: MESSAGE [RULE]" without a line end: GCC's form, which the error parsers of
// Vim, Emacs and VS Code read. Keep it as it is.
void append_header(std::string& out, const Finding& finding, bool color);

// "FILE:LINE:COLUMN: "
void append_location(std::string& out, std::string_view file, Position position);

}  // namespace dectprov
