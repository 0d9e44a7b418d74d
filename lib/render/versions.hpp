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
// says `auto`, settled here. `folder` is the server's own folder of a previous output. A group that stands
// there with the same settings (order, white space and comments aside) keeps its version; any other gets a
// number that is made of its settings, the same in every job and folder, and never the one that the previous
// file or list has: a server asks for another version, not for a greater one (guide line 478). `replaces`:
// the files of the box that is replaced count too. A written version that stays while the settings change is
// `handset/version-not-bumped`.
std::vector<SettledGroup> settle_versions(const SiteServer& server, const Files& files,
                                          const std::string& folder, Report& report);

}  // namespace dectprov
