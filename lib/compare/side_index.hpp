// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <utility>

#include "load/site.hpp"
#include "model/server.hpp"
#include "rules/listed_groups.hpp"

namespace dectprov {

// What a server has of each role and of each group, found without a walk over all of it: a server may have
// thousands of groups, and a list a line for each. Looks at the server that it was made from.
class SideIndex {
public:
    SideIndex() = default;
    // `site`: null where the server is none of a description.
    SideIndex(const Server* server, const SiteServer* site);

    // Of two the first; null where there is none. `group` counts for groups alone.
    [[nodiscard]] const InputFile* file(Role role, std::uint32_t group) const;
    [[nodiscard]] const HandsetGroup* group(std::uint32_t number) const;
    // The line of the list.
    [[nodiscard]] const VersionLine* line(std::uint32_t group) const;
    // The version that a description states; null where it states none.
    [[nodiscard]] const SiteServer::GroupVersion* version(std::uint32_t group) const;

private:
    std::map<std::pair<Role, std::uint32_t>, const InputFile*> files_;
    std::map<std::uint32_t, const HandsetGroup*> groups_;
    std::map<std::uint32_t, const SiteServer::GroupVersion*> versions_;
    std::optional<ListedGroups> lines_;
};

}  // namespace dectprov
