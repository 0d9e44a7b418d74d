// SPDX-License-Identifier: MIT
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "import/draft.hpp"
#include "import/import_sites.hpp"
#include "load/inputs.hpp"

namespace dectprov {

// A description to be.
struct SiteDraft {
    std::string path;
    std::string name;
    std::vector<const ServerInput*> inputs;
    std::vector<ServerDraft> servers = {};
    std::vector<ServerDraft> items = {};  // with tables: what is written instead
    // Servers that another description of the run has too, by identity, and what stands for this description
    // in the names of their secrets.
    std::set<std::string_view> shared = {};
    std::string part = {};
};

// Which descriptions there are; `remarks` gets what was decided. The servers must outlive them. Throws
// Failure where a description would have a server twice.
std::vector<SiteDraft> plan_sites(const std::vector<ServerInput>& servers, const ImportPlan& plan,
                                  std::vector<std::string>& remarks);

// A path without the ending of a description.
std::string without_extension(const std::string& path);

}  // namespace dectprov
