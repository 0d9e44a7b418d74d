// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>
#include <vector>

#include "catalog/value_type.hpp"

namespace dectprov {

// How the kinds of values are called, in their order.
std::vector<std::string_view> kind_tokens();
// Whether values are several with commas between, which a description may write as a list.
bool is_list(Kind kind);

}  // namespace dectprov
