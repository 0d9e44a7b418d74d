// SPDX-License-Identifier: MIT
#pragma once

#include <deque>
#include <string>
#include <vector>

#include "diff/pair_up.hpp"

namespace dectprov {

// A folder may hold both the descriptions of servers and the files that were rendered from them: two states
// of one server, not two servers. Its files are taken, which are what it gets, unless the other side has its
// description alone. What is left out is said in notes.
void leave_out_repeated_servers(std::deque<SideServer>& before, std::deque<SideServer>& after,
                                std::vector<std::string>& notes);

}  // namespace dectprov
