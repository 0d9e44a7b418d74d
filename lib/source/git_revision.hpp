// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "source/child_process.hpp"

namespace dectprov {

// The tree of a commit, by way of the `git` command and no shell: no work tree is touched, nothing is
// fetched, no filter of the repository's configuration runs. May be used by many threads at once.
class GitRevision {
public:
    // `revision` is what git takes ("HEAD~1", "origin/main"), in the repository of `folder`; "" is the folder
    // we are in. Throws Failure where there is no git, no repository or no such commit.
    explicit GitRevision(const std::string& revision, const std::string& folder = {});

    enum class Type : unsigned char { none, file, folder, link, other };

    // Paths are from the top of the repository; "." is that. Links are followed as far as they stay
    // in the commit: one that leaves it leads nowhere, and so does a ring of them. No type is a link, then.
    [[nodiscard]] Type type(const std::string& path) const;
    // In the order of git.
    [[nodiscard]] std::vector<std::pair<std::string, Type>> list(const std::string& folder) const;
    [[nodiscard]] std::string read(const std::string& path) const;
    // Where a path is when its links are followed; nothing where they lead nowhere. What it leads to need not
    // be there.
    [[nodiscard]] std::optional<std::string> real(const std::string& path) const;

    // The folder of the constructor, from the top of the repository: "" for the top itself, else "a/b/".
    [[nodiscard]] const std::string& prefix() const { return prefix_; }

private:
    struct Object {
        Type type;
        std::string id;
    };

    // The bytes of an object. `path` is what it is called in a Failure.
    [[nodiscard]] std::string read_object(const std::string& id, const std::string& path) const;
    [[nodiscard]] const std::string& target_of(const std::string& link, const std::string& id) const;

    std::string revision_;
    std::string folder_;
    std::string prefix_;
    std::map<std::string, Object, std::less<>> objects_;  // files, and folders without an id
    std::map<std::string, std::vector<std::pair<std::string, Type>>, std::less<>> folders_;
    bool has_links_ = false;
    mutable std::mutex mutex_;
    mutable std::map<std::string, std::string, std::less<>> targets_;  // of links, as far as they were asked
    mutable ChildProcess reader_;  // `git cat-file --batch`, started when first needed
};

// One row of what `git ls-tree -z` lists.
struct GitTreeRow {
    std::string_view path;
    GitRevision::Type type;
    std::string_view id;  // of a file or a link
};
// Rows that are not of git's form are left out.
std::vector<GitTreeRow> read_git_tree(std::string_view listing);

// What `git:REV[:PATH]` names; a colon within braces belongs to the revision, as in `HEAD@{12:00}`.
struct GitAddress {
    std::string revision;
    std::string path;  // "" where none is given
};
// `text` is behind "git:".
GitAddress parse_git_address(std::string_view text);

}  // namespace dectprov
