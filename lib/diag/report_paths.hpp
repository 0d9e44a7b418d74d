// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "diag/finding.hpp"
#include "source/files.hpp"

namespace dectprov {

// What hosts of code call a file: its path from the root of the repository, from whichever folder the program
// runs. The repository of the working folder comes first, so that a submodule's files are the outer
// repository's there; then that of the file itself. Where there is none, paths are from the working folder,
// and what lies outside of that keeps its path from the root of the file system.
class RepositoryPaths {
public:
    // `files` must outlive this.
    explicit RepositoryPaths(const Files& files) : files_(files) {}

    [[nodiscard]] std::string of(std::string_view file);

private:
    const std::string& root_of(const std::string& folder);

    const Files& files_;
    std::optional<std::string> here_;                        // the working folder
    std::map<std::string, std::string, std::less<>> roots_;  // by folder; "" where there is no repository
};

// Names all files of findings by these paths.
void rename_files(Results& results, RepositoryPaths& paths);

}  // namespace dectprov
