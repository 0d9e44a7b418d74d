// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <functional>
#include <string_view>
#include <vector>

#include "output/file_set.hpp"

namespace dectprov {

// So many files.
struct RenderCounts {
    std::size_t created = 0;
    std::size_t changed = 0;
    std::size_t unchanged = 0;
    std::size_t removed = 0;

    void add(FileStatus status);
    void add(const RenderCounts& more);
    // Counts the changes of a server's own files and takes them out, save those that are listed. What several
    // servers may yield stays, and is counted when all are known.
    void take(std::string_view identity, std::vector<FileChange>& changes,
              const std::function<bool(const FileChange&)>& is_listed);
    [[nodiscard]] std::size_t all() const { return created + changed + unchanged + removed; }
    // Whether the output is not what it was.
    [[nodiscard]] bool any() const { return created + changed + removed != 0; }
};

// The files that hold a part that is not known (unknown_text).
std::size_t count_unknown(const std::vector<OutputFile>& files);

}  // namespace dectprov
