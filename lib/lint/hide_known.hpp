// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <vector>

#include "analysis/session.hpp"
#include "diag/baseline.hpp"
#include "diag/finding.hpp"
#include "lint/lint.hpp"
#include "load/config_file.hpp"

namespace dectprov {

// Takes out of the findings what a baseline file records, into `hidden` where that is given, and adds a
// `baseline/unused` for each entry that nothing matches of what was looked at whole. Returns how many
// findings were taken out. Throws Failure where the baseline cannot be read or is none.
std::size_t hide_known(const Session& session, ConfigFiles& configs, const std::string& baseline,
                       LintResult& result, std::vector<Finding>* hidden);

// Its second part: a `baseline/unused`, in the order of the file, for each entry that has hidden nothing, of
// the files that were looked at whole, by the names that the baseline has for them. `path` is that of the
// baseline.
std::vector<Finding> unused_entries(const Session& session, ConfigFiles& configs, const Baseline& baseline,
                                    const std::string& path, const std::set<std::string>& whole);

}  // namespace dectprov
