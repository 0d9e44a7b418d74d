// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "diff/compare.hpp"
#include "diff/settings.hpp"

namespace dectprov {

// What a server holds against what it would be told, a setting at a time. With `base`, what was rendered
// last, each says who changed it: somebody at the server, we, or both.
Comparison compare_drift(const std::vector<HeldSetting>& held, const CompareInput& told,
                         const CompareInput* base, const CompareOptions& options);

}  // namespace dectprov
