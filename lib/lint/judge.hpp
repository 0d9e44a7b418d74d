// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <functional>
#include <string_view>
#include <vector>

#include "diag/diagnostic.hpp"
#include "diag/finding.hpp"
#include "lint/policies.hpp"
#include "lint/resolve.hpp"
#include "load/site.hpp"
#include "source/source_set.hpp"

namespace dectprov {

// What is known of a source whose name is all there is to go by.
Syntax syntax_of(std::string_view path);

// The sources of a site description and what they hold, with the configuration of the description.
std::vector<SourceInfo> infos_of_site(const SourceSet& sources, const ConfigFile* config);

struct Judged {
    std::vector<Finding> findings;
    std::size_t suppressed = 0;
    std::size_t notes = 0;                     // where they are only counted
    std::vector<Finding> suppressed_findings;  // when they are kept
};

// From diagnostics to findings: what a comment suppresses is taken out (unless `suppressions` is false),
// positions are worked out, and findings of policies get the policy as a related place. `server_of` tells the
// identity that a diagnostic belongs to.
Judged judge(Report& report, const SourceSet& sources, const std::vector<SourceInfo>& infos,
             const std::vector<Span>& comments,
             const std::function<std::string_view(const Diagnostic&)>& server_of,
             const Thresholds& thresholds, const PolicySets& policies, bool suppressions);

// The same for a site description.
Judged judge_site(Report& report, const SourceSet& sources, const std::vector<SourceInfo>& infos,
                  const Site& site, const Thresholds& thresholds, const PolicySets& policies,
                  bool suppressions);

}  // namespace dectprov
