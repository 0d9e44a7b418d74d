// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "compare/change.hpp"
#include "device/settings.hpp"
#include "model/server.hpp"

namespace dectprov {

// What a server holds against what it would be told, a setting at a time. With `base`, what was rendered
// last, each says who changed it: somebody at the server, we, or both.
// Both have a configuration.
Comparison compare_drift(const std::vector<HeldSetting>& held, const Server& told, const Server* base);

}  // namespace dectprov
