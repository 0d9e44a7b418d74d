// SPDX-License-Identifier: MIT
#pragma once

#include <functional>

#include "analysis/session.hpp"
#include "import/draft.hpp"
#include "load/inputs.hpp"
#include "load/site.hpp"

namespace dectprov {

// Renders a described server in memory and compares it with the files that it was made of: calls `tell` for
// what is lost, whose place is in those sources.
void compare_rendered(const Session& session, const ServerInput& input, const SiteServer& described,
                      const std::function<void(const Loss&, const SourceSet&)>& tell);

}  // namespace dectprov
