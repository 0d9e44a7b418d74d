// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "load/inputs.hpp"
#include "load/load_server.hpp"
#include "source/files.hpp"

namespace dectprov {

// The files of a server on both sides, read once.
struct BothRead {
    // Every byte is the same, so nothing has to be read out of them. Most servers of a fleet are like this
    // most of the time. False where that is not certain.
    bool same = false;
    // What differs, and what else is needed to say what comes of it.
    std::vector<ReadAhead> before = {};
    std::vector<ReadAhead> after = {};
};

BothRead read_both(const Files& old_files, const ServerInput& before, const Files& new_files,
                   const ServerInput& after);

}  // namespace dectprov
