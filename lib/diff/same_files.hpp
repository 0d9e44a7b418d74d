// SPDX-License-Identifier: MIT
#pragma once

#include "load/inputs.hpp"
#include "source/files.hpp"

namespace dectprov {

// Whether a server has the same files with the same bytes on both sides, so that nothing has to be read out
// of them. Most servers of a fleet are like this most of the time. False where that is not certain.
bool same_files(const Files& old_files, const ServerInput& before, const Files& new_files,
                const ServerInput& after);

}  // namespace dectprov
