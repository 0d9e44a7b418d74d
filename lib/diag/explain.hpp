// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "catalog/explanation.hpp"
#include "diag/rule.hpp"

namespace dectprov {

// Of a rule: why it matters, what it finds, the same mended, and where the fact is from.
Explanation explain(const Rule& rule);

// An example without its «» marks, a line of carets under what they surround.
std::string with_carets(std::string_view example);
// An example without its marks.
std::string without_marks(std::string_view example);

}  // namespace dectprov
