// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "diag/diagnostic.hpp"
#include "load/site.hpp"
#include "output/file_set.hpp"
#include "source/files.hpp"

namespace dectprov {

// The rules by comparison for a server that is about to be rendered over an earlier output: `made` are its
// new files, `folder` holds the old ones; of those that were looked at it is noted where nothing changed.
// What is said of versions is settle_versions()'s.
void check_against_previous(const SiteServer& server, std::vector<OutputFile>& made, const Files& files,
                            const std::string& folder, Report& report);

}  // namespace dectprov
