// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <vector>

#include "compare/changes.hpp"
#include "device/state.hpp"
#include "diag/diagnostic.hpp"

namespace dectprov {

// The rules that need an earlier state to compare with, at places of the new one.
void check_changes(const std::vector<Change>& changes, const DeviceState& state, Report& report);

// Those of them that are not about the versions of groups.
void check_settings(const std::vector<Change>& changes, const DeviceState& state, Report& report);

// Their rows.
std::span<const Rule* const> rules_by_comparison();

}  // namespace dectprov
