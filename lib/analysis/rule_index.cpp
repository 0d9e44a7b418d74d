// SPDX-License-Identifier: MIT
#include "analysis/rule_index.hpp"

#include "rules/families.hpp"

namespace dectprov {

RuleIndex rule_index() { return {.find = find_rule, .all = all_rules()}; }

}  // namespace dectprov
