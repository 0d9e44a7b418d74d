// SPDX-License-Identifier: MIT
#include "output/file_set.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <cstring>
#include <functional>
#include <memory>
#include <set>
#include <utility>

#include "doc/unknown_text.hpp"
#include "model/identity.hpp"
#include "output/descriptor.hpp"
#include "source/failure.hpp"
#include "source/files.hpp"

namespace dectprov {
namespace {

bool is_real_folder(const std::string& path) {
    struct stat status {};
    return ::lstat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

struct CloseFolder {
    void operator()(DIR* folder) const { ::closedir(folder); }
};

// What is in a folder, as far as the run wants to know it.
struct Contents {
    bool empty = true;
    bool plain = true;                      // files and folders alone, no links
    std::vector<std::string> staged = {};   // names
    std::vector<std::string> folders = {};  // names
};

// Not every file system tells the type with the name.
bool is_file(const std::string& folder, const dirent& entry) {
    if (entry.d_type != DT_UNKNOWN) return entry.d_type == DT_REG;
    const auto* const name = static_cast<const char*>(entry.d_name);
    struct stat status {};
    return ::lstat(join(folder, name).c_str(), &status) == 0 && S_ISREG(status.st_mode);
}

// Whether others may read or change a file that holds credentials, which is written with mode 0640.
bool is_too_open(const OutputFile& file, const struct stat& status) {
    constexpr mode_t wanted = 0640;
    return file.secret && (status.st_mode & 0777U & ~wanted) != 0;
}

void each_entry(const std::string& folder,
                const std::function<void(const dirent&, std::string_view)>& visit) {
    const std::unique_ptr<DIR, CloseFolder> stream(::opendir(folder.c_str()));
    if (!stream) fail("read", folder, errno);
    while (const dirent* entry = ::readdir(stream.get())) {
        const std::string_view name = static_cast<const char*>(entry->d_name);
        if (name != "." && name != "..") visit(*entry, name);
    }
}

// `visit` is called with the names of files alone: no links, none that is hidden.
void each_file(const std::string& folder, const std::function<void(std::string_view)>& visit) {
    each_entry(folder, [&](const dirent& entry, std::string_view name) {
        if (!name.starts_with('.') && is_file(folder, entry)) visit(name);
    });
}

Contents look_through(const std::string& folder) {
    Contents contents;
    each_entry(folder, [&](const dirent& entry, std::string_view name) {
        contents.empty = false;
        contents.plain = contents.plain && (entry.d_type == DT_REG || entry.d_type == DT_DIR);
        if (is_staged_name(name)) contents.staged.emplace_back(name);
        if (entry.d_type == DT_DIR || entry.d_type == DT_UNKNOWN) contents.folders.emplace_back(name);
    });
    return contents;
}

bool is_of_server(const FileName& name) {
    return name.state == FileName::State::exact && name.role != Role::none && name.role != Role::site;
}

void remove_staged_in(const std::string& folder, const Contents& contents) {
    for (const std::string& name : contents.staged) ::unlink(join(folder, name).c_str());
}

// In the folder and in those right below it, as --layout site has them.
void remove_leftovers(const std::string& folder, const Contents& contents) {
    remove_staged_in(folder, contents);
    for (const std::string& name : contents.folders) {
        const std::string below = join(folder, name);
        if (is_real_folder(below)) remove_staged_in(below, look_through(below));
    }
}

// Calls `make` for every folder above `path` and `path` itself, the outermost first.
template <class Make>
void for_each_folder(const std::string& path, Make&& make) {
    for (std::size_t end = path.find('/', 1); end != std::string::npos; end = path.find('/', end + 1)) {
        make(path.substr(0, end));
    }
    make(path);
}

}  // namespace

std::string_view to_text(FileStatus status) {
    switch (status) {
        case FileStatus::created:
            return "created";
        case FileStatus::changed:
            return "changed";
        case FileStatus::unchanged:
            return "unchanged";
        case FileStatus::removed:
            return "removed";
    }
    return {};
}

bool stays_within(std::string_view path) {
    while (true) {
        const std::size_t slash = path.find('/');
        const std::string_view part = path.substr(0, slash);
        if (part.empty() || part == "." || part == ".." || part.find('\0') != std::string_view::npos)
            return false;
        if (slash == std::string_view::npos) return true;
        path.remove_prefix(slash + 1);
    }
}

bool is_too_long(std::string_view name) { return name.size() > NAME_MAX; }

FileSet::FileSet(std::string folder, Mode mode, FolderLock::With with, TellWaiting waiting)
    : folder_(folder.empty() ? "." : std::move(folder)),
      mode_(mode),
      with_(mode == Mode::plan ? FolderLock::With::anybody : with),
      waiting_(std::move(waiting)) {
    while (folder_.size() > 1 && folder_.back() == '/') folder_.pop_back();
    fresh_ = !open_folder(false);
    if (fresh_) return;
    Contents contents = look_through(folder_);
    if (own_folder_.was_free()) {
        alone_ = with_ == FolderLock::With::nobody;
        remove_leftovers(folder_, contents);
        if (!contents.staged.empty()) contents = look_through(folder_);
    }
    if (with_ == FolderLock::With::parts) own_folder_.share();
    fresh_ = contents.empty;
    plain_ = contents.plain;
}

FileSet::~FileSet() {
    units_.clear();
    // Those that hold published files refuse to go.
    std::for_each(made_.rbegin(), made_.rend(), [](const std::string& folder) { ::rmdir(folder.c_str()); });
}

std::string FileSet::whole(std::string_view relative) const { return join(folder_, relative); }

// False where the folder is not there and shall not be made. Called with the mutex held, or alone.
bool FileSet::open_folder(bool make) {
    while (!own_folder_.good()) {
        int refusal = ENOENT;
        if (make) {
            for_each_folder(folder_, [this, &refusal](const std::string& path) {
                if (::mkdir(path.c_str(), 0755) == 0) {
                    made_.push_back(path);
                } else if (errno != EEXIST) {
                    refusal = errno;
                }
            });
        }
        Descriptor folder(::open(folder_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
        if (!folder.good() && errno == ENOENT && !make) return false;
        if (!folder.good() && errno == ENOTDIR) refuse(folder_, "it is not a folder");
        if (!folder.good() && errno == ENOENT) fail("make", folder_, refusal);
        if (!folder.good()) fail("open", folder_, errno);
        FolderLock locked(std::move(folder), folder_, with_, waiting_);
        // Another run may have taken it away again while this one waited for it.
        if (with_ != FolderLock::With::anybody && !locked.is_at(folder_)) continue;
        if (make && with_ == FolderLock::With::nobody && !look_through(folder_).empty)
            refuse(folder_, "another run has made it in the meantime; run this one again");
        if (make && with_ == FolderLock::With::parts) locked.share();
        own_folder_ = std::move(locked);
    }
    return true;
}

// -1 where it is not there.
int FileSet::own_folder(bool make) {
    const std::lock_guard lock(mutex_);
    return open_folder(make) ? own_folder_.number() : -1;
}

// The folder of a file in a folder of the set, opened part by part without following a link; -1 where it is
// not there. The caller closes it.
int FileSet::open_parent(std::string_view relative, bool make) {
    const std::lock_guard lock(mutex_);
    if (!open_folder(make)) return -1;
    Descriptor folder(::fcntl(own_folder_.number(), F_DUPFD_CLOEXEC, 0));
    if (!folder.good()) fail("open", folder_, errno);
    std::string path = folder_;
    const std::string_view all = relative;
    for (std::size_t slash = relative.find('/'); slash != std::string_view::npos;
         slash = relative.find('/')) {
        const std::string name(relative.substr(0, slash));
        relative.remove_prefix(slash + 1);
        path = join(path, name);
        if (make && ::mkdirat(folder.number(), name.c_str(), 0755) == 0) made_.push_back(path);
        folder = Descriptor(
            ::openat(folder.number(), name.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
        if (!folder.good() && errno == ENOENT && !make) return -1;
        if (!folder.good() && (errno == ENOTDIR || errno == ELOOP))
            refuse(path, "it is a link or not a folder");
        if (!folder.good()) fail("open", path, errno);
    }
    // Right below the folder nothing is left since the run began.
    const std::string_view parent = all.substr(0, all.size() - relative.size());
    const bool deep = std::ranges::count(parent, '/') > 1;
    if (deep && alone_ && cleaned_.emplace(parent).second) remove_staged_in(path, look_through(path));
    return folder.release();
}

FileStatus FileSet::compare(const OutputFile& file) {
    const std::string path = whole(file.path);
    if (!stays_within(file.path)) refuse(file.path, "its path leads out of the output folder");
    const bool make = mode_ == Mode::write;
    const bool below = file.path.find('/') != std::string::npos;
    const Descriptor opened(below ? open_parent(file.path, make) : -1);
    const int parent = below ? opened.number() : own_folder(make);
    if (parent < 0 || fresh_) return FileStatus::created;
    // Read just now, and no link.
    if (file.unchanged && plain_ && !below && !file.secret) return FileStatus::unchanged;
    const std::string name(base_name(file.path));
    struct stat status {};
    if (::fstatat(parent, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) {
        if (errno == ENOENT) return FileStatus::created;
        fail("read", path, errno);
    }
    if (S_ISLNK(status.st_mode)) refuse(path, "it is a symbolic link");
    if (!S_ISREG(status.st_mode)) refuse(path, "it is not a regular file");
    // A checkout knows no such modes; what would be written there is the same.
    if (mode_ == Mode::write && is_too_open(file, status)) return FileStatus::changed;
    if (file.unchanged) return FileStatus::unchanged;
    if (holds_unknown(file.bytes))
        return matches(file.bytes, Files().read(path)) ? FileStatus::unchanged : FileStatus::changed;
    if (static_cast<std::size_t>(status.st_size) != file.bytes.size()) return FileStatus::changed;
    const Descriptor there(::openat(parent, name.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC));
    if (!there.good()) fail("read", path, errno);
    return holds_bytes(there.number(), file.bytes, path) ? FileStatus::unchanged : FileStatus::changed;
}

FileSet::Batch FileSet::prepare(const std::vector<OutputFile>& files, std::vector<std::string> removals) {
    Batch batch;
    batch.changes.reserve(files.size() + removals.size());
    for (const OutputFile& file : files) {
        const FileStatus status = compare(file);
        batch.changes.push_back({.path = file.path, .status = status});
        if (mode_ == Mode::write && status != FileStatus::unchanged) {
            batch.staged.emplace_back(whole(file.path), file.bytes, file.secret);
        }
    }
    for (const std::string& path : removals) {
        batch.changes.push_back({.path = path, .status = FileStatus::removed});
    }
    batch.removals = std::move(removals);
    return batch;
}

std::vector<FileChange> FileSet::add(std::size_t unit, Batch batch) {
    if (mode_ == Mode::plan) return std::move(batch.changes);
    const std::lock_guard lock(mutex_);
    Unit& all = units_.try_emplace(unit, folder_).first->second;
    for (StagedFile& file : batch.staged) all.staged.add(std::move(file));
    for (const std::string& path : batch.removals) all.removals.push_back(whole(path));
    return std::move(batch.changes);
}

void FileSet::discard(std::size_t unit) { units_.erase(unit); }

void FileSet::publish() {
    const bool any = std::any_of(units_.begin(), units_.end(),
                                 [](const auto& unit) { return !unit.second.staged.empty(); });
    // A rename is seen before the bytes are on the disk, so a crash could leave empty files behind it.
    if (any && ::syncfs(own_folder_.number()) != 0) fail("write", folder_, errno);
    for (const auto& [number, unit] : units_) unit.staged.check_targets();
    for (auto& [number, unit] : units_) {
        unit.staged.publish();
        for (const std::string& path : unit.removals) {
            if (::unlink(path.c_str()) != 0 && errno != ENOENT) fail("remove", path, errno);
        }
    }
    units_.clear();
}

// Called with the mutex held.
const FileSet::Listing& FileSet::listing(const std::string& subfolder) {
    auto [place, fresh] = listings_.try_emplace(subfolder);
    Listing& listing = place->second;
    const auto folder = fresh ? folder_to_list(subfolder) : std::nullopt;
    if (!folder) return listing;
    std::vector<std::string> files;
    each_file(*folder, [&](std::string_view name) { files.emplace_back(name); });
    std::ranges::sort(files);
    for (std::string& file : files) {
        FileName name = read_name(file);
        if (is_of_server(name)) {
            listing.servers.emplace(std::move(name.identity.text), std::move(file));
        } else if (name.state == FileName::State::other && file.ends_with(".ver")) {
            listing.versions.push_back(std::move(file));
        }
    }
    return listing;
}

// What a link leads to is not ours to look at, save where the output folder itself is one.
std::optional<std::string> FileSet::folder_to_list(const std::string& subfolder) const {
    std::string folder = subfolder.empty() ? folder_ : whole(subfolder);
    const bool is_there =
        subfolder.empty() ? Files().type(folder) == Files::Type::folder : is_real_folder(folder);
    return is_there ? std::optional(std::move(folder)) : std::nullopt;
}

std::vector<std::string> FileSet::files_of(const std::string& identity, const std::string& subfolder) {
    const std::lock_guard lock(mutex_);
    std::vector<std::string> names;
    const auto [first, last] = listing(subfolder).servers.equal_range(identity);
    for (auto entry = first; entry != last; ++entry) names.push_back(entry->second);
    return names;
}

std::vector<std::string> FileSet::identities(const std::string& subfolder,
                                             const std::function<bool(const std::string&)>& wanted) {
    const auto folder = folder_to_list(subfolder);
    if (!folder) return {};
    std::set<std::string> identities;
    each_file(*folder, [&](std::string_view file) {
        const FileName name = read_name(file);
        if (is_of_server(name) && wanted(name.identity.text)) identities.insert(name.identity.text);
    });
    return {identities.begin(), identities.end()};
}

std::vector<std::string> FileSet::subfolders() const {
    std::vector<std::string> names;
    if (!folder_to_list({})) return names;
    each_entry(folder_, [&](const dirent& entry, std::string_view name) {
        const bool may_be = entry.d_type == DT_DIR || entry.d_type == DT_UNKNOWN;
        if (may_be && !name.starts_with('.') && is_real_folder(whole(name))) names.emplace_back(name);
    });
    std::ranges::sort(names);
    return names;
}

bool FileSet::has(const std::string& relative) const {
    if (!stays_within(relative)) return false;
    for (std::size_t slash = relative.find('/'); slash != std::string::npos;
         slash = relative.find('/', slash + 1)) {
        if (!is_real_folder(whole(relative.substr(0, slash)))) return false;
    }
    struct stat status {};
    return ::lstat(whole(relative).c_str(), &status) == 0 && S_ISREG(status.st_mode);
}

std::vector<std::string> FileSet::firmware_versions(const std::string& subfolder) {
    const std::lock_guard lock(mutex_);
    return listing(subfolder).versions;
}

StagingFolder::StagingFolder(const std::string& folder, const TellWaiting& waiting) {
    const std::string path = folder.empty() ? "." : folder;
    Descriptor opened(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!opened.good()) return;
    lock_ = FolderLock(std::move(opened), path, FolderLock::With::nobody, waiting);
    if (lock_.was_free()) remove_staged_in(path, look_through(path));
}

bool StagingFolder::is_at(std::string_view folder) const {
    return lock_.good() && lock_.is_at(folder.empty() ? "." : std::string(folder));
}

}  // namespace dectprov
