// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string_view>

#include "diag/rule.hpp"

namespace dectprov {

// Every rule, in the order of the groups and within a group of its file. The rows stand in
// lib/rules/<group>.cpp.
std::span<const Rule* const> all_rules();

// By id, also by a former one; null where there is none.
const Rule* find_rule(std::string_view id);

}  // namespace dectprov
