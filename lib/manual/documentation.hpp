// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "catalog/catalog.hpp"
#include "diag/rule.hpp"

namespace dectprov {

// What stands for `policy/NAME`, the rules that a fleet writes itself.
const Rule& policy_rule();
// All rules of the program, and that one.
std::vector<const Rule*> documented_rules();

// The lists of `explain` and the pages of docs/ that are made from the same rows.
std::string rules_list();
std::string parameters_list(const Catalog& catalog);
std::string rules_page();
std::string parameters_page(const Catalog& catalog);

}  // namespace dectprov
