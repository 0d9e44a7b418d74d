// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "output/folder_lock.hpp"
#include "output/staging.hpp"

namespace dectprov {

// A file to be written, with what the writing must know of it.
struct OutputFile {
    std::string path;  // relative to the output folder, '/' between folders
    std::string bytes;
    bool secret = false;  // holds credentials: mode 0640
    // Elements whose values a diff does not show, besides those that are secrets by their names.
    std::vector<std::string> secret_names = {};
    bool all_secret = false;  // or nothing of it at all
    bool unchanged = false;   // these bytes were read from the output folder just now
};

enum class FileStatus : std::uint8_t { created, changed, unchanged, removed };
std::string_view to_text(FileStatus status);

struct FileChange {
    std::string path;  // relative to the output folder
    FileStatus status;
};

// Whether a path stays within the folder that it is relative to, as far as its text tells.
bool stays_within(std::string_view path);
// Whether no file and no folder can have such a name.
bool is_too_long(std::string_view name);

// The output folder of a run. Files come in units, as many as fit one piece of work, and are staged beside
// their targets at once, so that memory does not grow with the fleet. publish() flushes them together and
// renames them in the order in which they were given; without it, everything is as it was. A file whose
// bytes would not change is not touched, unless others may read the secrets in it, and nothing is written
// outside the folder: a path that leaves it, by ".." or a link, is refused. Every refusal of the system is a
// Failure.
class FileSet {
public:
    enum class Mode : std::uint8_t { plan, write };  // plan: nothing is written, removed or made

    // Throws where `folder` is something else than a folder; one that is not there is made when needed. Who
    // writes waits until nobody else does, and removes what a killed run left staged. With `parts`, others
    // may write other files of the folder at the same time.
    FileSet(std::string folder, Mode mode, FolderLock::With with = FolderLock::With::nobody,
            TellWaiting waiting = {});
    // Removes what is staged and not published.
    ~FileSet();
    FileSet(const FileSet&) = delete;
    FileSet& operator=(const FileSet&) = delete;

    // Files that are staged, but belong to no unit yet; unstaged when it goes.
    struct Batch {
        std::vector<StagedFile> staged = {};
        std::vector<std::string> removals = {};  // relative
        std::vector<FileChange> changes = {};    // in the order of the files, then of the removals
    };

    // Compares, and stages what is to be written. `removals` are unlinked after the unit's files are
    // published. For several threads at once.
    Batch prepare(const std::vector<OutputFile>& files, std::vector<std::string> removals = {});
    // Adds to the unit, behind what it has. For several threads at once.
    std::vector<FileChange> add(std::size_t unit, Batch batch);
    // Takes a unit back.
    void discard(std::size_t unit);
    // In the order of the units. After a Failure what was not renamed yet is as it was.
    void publish();

    // Whether the folder was not there, or empty, when the run began: there is nothing to compare with.
    [[nodiscard]] bool fresh() const { return fresh_; }

    // What lies in `subfolder` ("" for the folder itself), as it was when first asked, in byte order: the
    // names of the files that a server of this identity asks for; the names of other `.ver` files. Files
    // alone, no links, none that is hidden. For several threads at once.
    std::vector<std::string> files_of(const std::string& identity, const std::string& subfolder);
    // The identities that have such files, of those that are wanted. Nothing of the others is kept.
    std::vector<std::string> identities(const std::string& subfolder,
                                        const std::function<bool(const std::string&)>& wanted);
    std::vector<std::string> firmware_versions(const std::string& subfolder);
    // The names of the folders directly below, in byte order: no links, none that is hidden.
    [[nodiscard]] std::vector<std::string> subfolders() const;
    // Whether a path below the folder is a file now, and no link leads there. For several threads at once.
    [[nodiscard]] bool has(const std::string& relative) const;

private:
    struct Unit {
        explicit Unit(std::string_view folder) : staged(folder) {}

        StagedFiles staged;
        std::vector<std::string> removals = {};  // whole paths
    };

    struct Listing {
        std::multimap<std::string, std::string> servers;  // names by identity
        std::vector<std::string> versions;
    };

    const Listing& listing(const std::string& subfolder);
    [[nodiscard]] std::optional<std::string> folder_to_list(const std::string& subfolder) const;
    bool open_folder(bool make);
    int own_folder(bool make);
    int open_parent(std::string_view relative, bool make);
    FileStatus compare(const OutputFile& file);
    [[nodiscard]] std::string whole(std::string_view relative) const;

    std::string folder_;
    Mode mode_;
    FolderLock::With with_;
    TellWaiting waiting_;
    bool fresh_ = false;
    bool alone_ = false;  // nobody else writes below the folder, and none did when the run began
    bool plain_ = false;  // the folder held no links when the run began
    FolderLock own_folder_;
    std::mutex mutex_;
    std::map<std::size_t, Unit> units_;
    std::vector<std::string> made_;  // folders that were not there
    std::map<std::string, Listing> listings_;
    std::set<std::string, std::less<>>
        cleaned_;  // folders in folders, freed of what a killed run left staged
};

// A folder where single files are about to be written: as long as the object lives, no other run writes
// there. What a killed run left staged is removed.
class StagingFolder {
public:
    // None.
    StagingFolder() = default;
    // "" is the folder we are in. One that cannot be opened is left alone: writing to it says why.
    explicit StagingFolder(const std::string& folder, const TellWaiting& waiting = {});

    [[nodiscard]] bool is_at(std::string_view folder) const;

private:
    FolderLock lock_;
};

}  // namespace dectprov
