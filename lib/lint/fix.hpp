// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "diag/finding.hpp"
#include "source/files.hpp"

namespace dectprov {

// A file with the fixes of its findings applied, in memory.
struct FixedFile {
    std::string path;
    std::string before;
    std::string after;
    std::size_t fixes = 0;
};

struct Fixes {
    std::vector<FixedFile> files;         // by path; those that change
    std::vector<std::string> left_alone;  // files that have fixes and are not in UTF-8: a message each
    std::vector<std::string> changed;     // files whose findings are of another text, or that are gone: paths
};

// Applies the fixes of findings, those that may change what was meant only when `unsafe`. A fix changes the
// bytes that it names and no others; of two that overlap the first is applied, and the other when fixes are
// asked for again.
Fixes apply_fixes(const Files& files, std::span<const Finding> findings, bool unsafe);

}  // namespace dectprov
