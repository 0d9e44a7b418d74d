// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "analysis/resolve.hpp"
#include "diag/diagnostic.hpp"
#include "source/source_set.hpp"

namespace dectprov {

// A diagnostic and the comment that suppresses it.
struct Suppressed {
    Diagnostic diagnostic;
    Span directive;
};

// Takes the diagnostics that a comment suppresses out of the report, adds what is wrong with the comments
// (`suppression/*`), and returns what was taken. `comments`: the directives of all sources.
std::vector<Suppressed> suppress(Report& report, const SourceSet& sources,
                                 const std::vector<SourceInfo>& infos, const std::vector<Span>& comments,
                                 const Thresholds& thresholds);

}  // namespace dectprov
