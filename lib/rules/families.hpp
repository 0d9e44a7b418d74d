// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "diag/diagnostic.hpp"
#include "model/server.hpp"

namespace dectprov {

// Every rule, in the order of the groups and within a group of its file. The rows stand in
// lib/rules/<group>.cpp.
std::span<const Rule* const> all_rules();

// By id, also by a former one; null where there is none.
const Rule* find_rule(std::string_view id);

// Judges the records of one server: bind(), then every check whose rule is on. Users are walked once: `walks`
// go along.
void check(const Server& server, Report& report, std::vector<UserWalk> walks = {});

}  // namespace dectprov
