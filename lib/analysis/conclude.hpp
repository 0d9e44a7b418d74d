// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/resolve.hpp"
#include "analysis/session.hpp"
#include "diag/diagnostic.hpp"
#include "diag/finding.hpp"
#include "source/source_set.hpp"

namespace dectprov {

// What is known of a source whose name is all there is to go by.
Syntax syntax_of(std::string_view path);

// What a unit of work has read, as far as its findings depend on it.
struct ReadSources {
    const SourceSet& sources;
    std::vector<SourceInfo> infos;    // one a source
    std::vector<Span> comments = {};  // that suppress findings, of all sources
};

// What is found in a unit of work.
struct Conclusion {
    std::vector<Finding> findings;  // in the order of the diagnostics
    std::size_t suppressed = 0;
    std::size_t notes = 0;  // where they are counted
    // What was suppressed and counted, each once: parts of one description may find the same.
    std::set<FindingKey> suppressed_keys = {};
    std::set<FindingKey> note_keys = {};
    std::vector<Finding> suppressed_findings;  // when the thresholds keep them
};

// From diagnostics to findings: what a comment suppresses is taken out of the report (unless the session
// takes no notice of comments), positions are worked out, and findings of policies get the policy as a
// related place. `server_of` tells the identity that a diagnostic belongs to.
Conclusion conclude(const Session& session, Report& report, const ReadSources& read,
                    const std::function<std::string_view(const Diagnostic&)>& server_of);

}  // namespace dectprov
