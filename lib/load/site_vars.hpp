// SPDX-License-Identifier: MIT
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "load/site.hpp"
#include "load/site_layers.hpp"
#include "load/site_tables.hpp"

namespace dectprov {

// Reports what is wrong with the variables of a mapping: names that no reference can have, values that are no
// texts.
void check_vars(SiteContext& context, const Layered& vars, const std::string& path);

// Adds the names that `${var:…}` in a text asks for, which look into it.
void find_uses(std::string_view text, std::set<std::string_view>& names);

// Reports the variables of the description itself that no text of its sources refers to. A layer's may be
// there for others.
void check_unused_vars(SiteContext& context, const SiteSource& main, const SiteTables& tables);

}  // namespace dectprov
