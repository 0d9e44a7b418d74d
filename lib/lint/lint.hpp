// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "analysis/session.hpp"
#include "diag/finding.hpp"
#include "load/inputs.hpp"

namespace dectprov {

struct ReadFile {
    std::string path;
    bool whole;  // every finding in it is told; not so of context, and of what --server narrows
};

struct LintResult {
    std::vector<Finding> findings;  // sorted, those that are not shown too; without the suppressed ones
    std::size_t suppressed = 0;
    std::vector<Finding> suppressed_findings;  // sorted; when the thresholds keep them
    std::size_t files = 0;                     // that were named or found, and read
    std::size_t servers = 0;
    std::vector<std::string> failures;  // what cannot be read, in order: status 2
    std::vector<ReadFile> read;         // every file that was looked at, context too
};

// Analyses every server and site description, several at a time, and compares them. The result does not
// depend on the number of threads. `progress` is called now and then, from any thread, one at a time.
LintResult lint(const Session& session, const Inputs& inputs,
                const std::function<void(const Progress&)>& progress = {});

}  // namespace dectprov
