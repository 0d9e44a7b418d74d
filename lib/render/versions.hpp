// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "diag/diagnostic.hpp"
#include "load/site.hpp"
#include "render/render.hpp"
#include "source/files.hpp"

namespace dectprov {

// The version of each handset group of a server, in the order of `server.groups`: as written, or, where it
// says `auto`, by what stands in `folder`, the server's own folder of an earlier output. There a group is
// 1 at first, keeps its version with the same settings (order, white space and comments aside) and goes up
// with others; `replaces` carries the numbers of the replaced box on. A written version that stays while the
// settings change is `handset/version-not-bumped`. Throws Failure where an earlier file has no version.
std::vector<SettledGroup> settle_versions(const SiteServer& server, const Files& files,
                                          const std::string& folder, Report& report);

}  // namespace dectprov
