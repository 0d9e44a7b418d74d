// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "editor/protocol.hpp"

namespace dectprov {

// Where a handset group is named: `number` alone is marked, as it is written.
struct GroupPlace {
    enum class Role : std::uint8_t {
        file,  // the group's own number, in its file or as a key of a description
        line,  // of the list of groups
        user,  // who belongs to it
    };

    Role role;
    std::string path;
    std::size_t begin;  // in bytes of the text
    std::size_t end;
    std::uint32_t number;
};

// Every place in one file that names a handset group.
std::vector<GroupPlace> group_places(const View& view, const std::string& path, const LineText& text);
// The same in several files.
std::vector<GroupPlace> group_places(const View& view, const std::set<std::string>& paths);
// The same in every file that belongs together with a text: those of its server, or of its descriptions.
std::vector<GroupPlace> group_places(const View& view, const Document& document);

// The files that have to agree on a group: those of a text, and of the descriptions that share a layer which
// names it.
std::set<std::string> reach_of_group(const View& view, const Document& document, std::uint32_t number);

// The groups that there are for the server or description of a text.
std::set<std::uint32_t> groups_of(const View& view, const Document& document);

}  // namespace dectprov
