// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "diff/change.hpp"
#include "load/site.hpp"
#include "model/server.hpp"
#include "source/source_set.hpp"

namespace dectprov {

// One side of the comparison of a server.
struct Side {
    const Server* server = nullptr;    // null: the server is not there
    const SiteServer* site = nullptr;  // where it comes from a site description
    const SourceSet* sources = nullptr;
    std::string root = {};  // the folder that was named; names of files are told from there
};

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

// Whether a user goes from one handset group to another, both of them named.
bool is_move(const Change& change);

// The version of a group on a side as the list gives it: nothing where there is none, or where it is `auto`.
struct GroupVersion {
    std::string listed;  // "" where the list does not name the group
    std::string stated;  // info.version of its file
    bool automatic = false;
};
GroupVersion version_of(const Side& side, std::uint32_t group);

// The number that digits say; 0 for what is no number.
std::uint32_t group_number(std::string_view digits);

}  // namespace dectprov
