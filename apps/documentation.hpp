// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "catalog/catalog.hpp"

namespace dectprov {

// The lists of `explain` and the pages of docs/ that are made from the same rows.
std::string rules_list();
std::string parameters_list(const Catalog& catalog);
std::string rules_page();
std::string parameters_page(const Catalog& catalog);

}  // namespace dectprov
