// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "output/file_set.hpp"
#include "source/files.hpp"

namespace dectprov {

// What changes in a file of the output, as a unified diff without its secrets. `path`: where it lies; `made`:
// what is to be there, nothing where it is removed.
std::string diff_of(const Files& files, const std::string& path, const FileChange& change,
                    const OutputFile& made);

}  // namespace dectprov
