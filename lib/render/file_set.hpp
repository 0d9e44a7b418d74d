// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/identity.hpp"
#include "source/files.hpp"

namespace dectprov {

// Files to be written, in memory, with what the writing must know of them.
struct OutputFile {
    std::string path;  // relative to the output folder, '/' between folders
    std::string bytes;
    bool secret = false;     // holds credentials: mode 0640
    std::uint8_t stage = 0;  // publish order within a server: 0 groups, 1 users, 2 config, 3 .ver lists
    std::string server;      // identity; firmware .ver files belong to the first server that names them
};

enum class Action : std::uint8_t { created, changed, unchanged, removed };

struct FileChange {
    std::string path;
    std::string server;
    Action action;
};

// Staged beside their targets, flushed together, then renamed in publish order; a file whose bytes would not
// change is not touched. Throws Failure; then nothing that was there before is changed.
class FileSet {
public:
    void add(OutputFile file);
    const std::vector<OutputFile>& files() const { return files_; }

    // What writing would do to `folder`, without doing it. `prune`: files of the rendered servers that are
    // not in the set are removed.
    std::vector<FileChange> plan(const Files& files, const std::string& folder, bool prune) const;
    std::vector<FileChange> write(const std::string& folder, bool prune) const;

private:
    std::vector<OutputFile> files_;
};

}  // namespace dectprov
