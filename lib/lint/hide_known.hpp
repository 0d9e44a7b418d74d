// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "analysis/session.hpp"
#include "diag/finding.hpp"
#include "lint/lint.hpp"
#include "load/config_file.hpp"

namespace dectprov {

// Takes out of the findings what a baseline file records, into `hidden` where that is given, and adds a
// `baseline/unused` for each entry that nothing matches of what was looked at whole. Returns how many
// findings were taken out. Throws Failure where the baseline cannot be read or is none.
std::size_t hide_known(const Session& session, ConfigFiles& configs, const std::string& baseline,
                       LintResult& result, std::vector<Finding>* hidden);

}  // namespace dectprov
