// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <set>
#include <utility>
#include <vector>

#include "compare/change.hpp"
#include "compare/side.hpp"
#include "model/identity.hpp"

namespace dectprov {

// Which files are compared. Where files were named on the command line, those alone.
struct Scope {
    bool whole = true;
    std::set<std::pair<Role, std::uint32_t>> named = {};  // with the number of the group

    [[nodiscard]] bool has(Role role, std::uint32_t group = 0) const {
        return whole || named.contains({role, group});
    }
};

struct Changes {
    std::vector<Change> all;  // without effects
    std::size_t unknown = 0;  // values that stand for something that only `render` knows
};

// The differences in meaning between two states of one server: settings by path, users by what identifies
// them, groups by number. Order, white space, comments, quoting and encoding are none.
Changes compare_servers(const Side& before, const Side& after, const Scope& scope);

// Whether a user's handset goes to another group, or comes from another user.
bool moves_handset(const Change& change);

}  // namespace dectprov
