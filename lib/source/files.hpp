// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace dectprov {

class GitRevision;
class LargeFile;

// The only way to input: a folder tree on disk or of a commit, with files in memory laid over it (standard
// input, unsaved text) or instead of it (tests). Paths use '/' and are taken as they are given. Throws
// Failure where the system refuses; nothing else throws.
class Files {
public:
    enum class Type : unsigned char { none, file, folder, other };
    struct Entry {
        std::string name;
        Type type;
        bool link = false;  // on the disk; `type` is what it leads to
    };

    // The disk. A const Files may be used by many threads at once.
    Files() = default;
    // Memory alone: nothing is read from disk.
    static Files memory();
    // What a commit holds, which must outlive this; paths are from the top of the repository.
    static Files of(const GitRevision& revision);

    // Puts `bytes` in place of what stands at `path`.
    void lay_over(std::string_view path, std::string bytes);
    // The same of what others share.
    void lay_over(std::string_view path, std::shared_ptr<const std::string> bytes);
    // What is laid over a path; null where nothing is.
    [[nodiscard]] std::shared_ptr<const std::string> laid_over(std::string_view path) const;
    // Takes that away again, if there is any.
    void uncover(std::string_view path);
    // Whoever ran the program gave what is laid over, and so it may be named from anywhere (bounds.hpp). That
    // is not so of the text of an editor: it counts as the file in whose place it stands.
    void count_laid_over_as_files() { laid_over_is_given_ = false; }
    [[nodiscard]] bool is_given(std::string_view path) const {
        return laid_over_is_given_ && memory_.contains(key(path));
    }

    [[nodiscard]] Type type(const std::string& path) const;
    // What is in a folder, in byte order of the names; '.' and '..' are left out. Links are followed.
    [[nodiscard]] std::vector<Entry> list(const std::string& folder) const;
    [[nodiscard]] std::string read(const std::string& path) const;
    // Nothing where no file is there.
    [[nodiscard]] std::optional<std::string> read_if_there(const std::string& path) const;
    // The same; of a regular file of at least `least` bytes on the disk the file itself, to be read in parts.
    struct Contents {
        std::string bytes;
        std::shared_ptr<const LargeFile> large = {};  // null where `bytes` are all
    };
    [[nodiscard]] Contents read_or_open(const std::string& path, std::size_t least) const;
    // Whether the file there holds these bytes, which does not take the memory for it; nothing where no file
    // is there.
    [[nodiscard]] std::optional<bool> holds(const std::string& path, std::string_view bytes) const;

    // Of a file on the disk: how large it is, and when it was last changed, in seconds since 1970.
    struct Stamp {
        std::uint64_t size;
        std::int64_t changed;
    };
    [[nodiscard]] std::optional<Stamp> stamp(const std::string& path) const;

    // Folders that what inputs name may lead to besides those that are theirs (bounds.hpp).
    void allow_outside(std::vector<std::string> folders) { allowed_outside_ = std::move(folders); }
    [[nodiscard]] const std::vector<std::string>& allowed_outside() const { return allowed_outside_; }

    // Keeps where folders really are, and which one relative paths start from: for a run, which asks it of
    // every file, and in which neither changes.
    void keep_places() { places_ = std::make_shared<Places>(); }
    void forget_places() { places_ = nullptr; }

    // The folder that relative paths start from, from the root; of a commit and of memory that is "/". Throws
    // Failure where it was removed.
    [[nodiscard]] std::string working_folder() const;
    // From the root and normal: "/a/b/c". Links stay as they are.
    [[nodiscard]] std::string absolute(std::string_view path) const;
    // Where a path really is: absolute(), with all links followed. What is not there, or beyond a link that
    // leads nowhere, has the place that it would have. In a commit it is from the top of the repository.
    [[nodiscard]] std::string real(const std::string& path) const;

    // The path of what a file in `folder` calls `name`: normal, unless that would be another place, since a
    // ".." in it steps back over a link.
    [[nodiscard]] std::string named_in(std::string_view folder, std::string_view name) const;

private:
    [[nodiscard]] bool is_link(const std::string& path) const;
    // What stands in `memory_` for a path.
    [[nodiscard]] std::string key(std::string_view path) const;

    // Of a folder from the root.
    [[nodiscard]] std::string real_folder(const std::string& folder) const;

    struct Places {
        std::mutex mutex;
        std::string working_folder;  // empty: not asked yet
        std::unordered_map<std::string, std::string> real;
    };

    std::shared_ptr<Places> places_;
    bool on_disk_ = true;
    const GitRevision* git_ = nullptr;
    std::map<std::string, std::shared_ptr<const std::string>, std::less<>> memory_;
    bool laid_over_is_given_ = true;
    std::vector<std::string> allowed_outside_;
};

// Whether what is left to read of a file is these bytes. `path` is what a Failure calls it.
bool holds_bytes(int descriptor, std::string_view bytes, const std::string& path);

// "a/b" and "c" make "a/b/c"; "" and "c" make "c"; "." and "c" make "c".
std::string join(std::string_view folder, std::string_view name);
// "a/b/c" gives "a/b", "c" gives "".
std::string_view folder_of(std::string_view path);
std::string_view base_name(std::string_view path);
// Without "./", "//" and resolvable "..": "./a//b/../c" gives "a/c"; the empty path gives ".".
std::string normal(std::string_view path);
// How to come from `folder` to `path`: "../b/c"; "." for the folder itself. Both are normal, and both from
// the root or neither.
std::string path_from(std::string_view folder, std::string_view path);

}  // namespace dectprov
