// SPDX-License-Identifier: MIT
#include "source/files.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <memory>
#include <system_error>
#include <utility>

#include "source/failure.hpp"
#include "source/git_revision.hpp"
#include "source/partial_text.hpp"

namespace dectprov {
namespace {

// libxml2 counts in int, so what is larger need not be read first.
constexpr std::int64_t largest = std::numeric_limits<int>::max();

[[noreturn]] void refuse(const std::string& path, int error) {
    // A socket cannot be opened, and the words of the system are about a device.
    throw Failure("cannot read " + path + ": " +
                  (error == ENXIO ? "it is not a regular file" : std::generic_category().message(error)));
}

// "" is the folder we are in, as it is for join().
const char* system_path(const std::string& path) { return path.empty() ? "." : path.c_str(); }

Files::Type type_of(mode_t mode) {
    if (S_ISREG(mode)) return Files::Type::file;
    if (S_ISDIR(mode)) return Files::Type::folder;
    return Files::Type::other;
}

Files::Type type_of(GitRevision::Type type) {
    switch (type) {
        case GitRevision::Type::none:
            return Files::Type::none;
        case GitRevision::Type::file:
            return Files::Type::file;
        case GitRevision::Type::folder:
            return Files::Type::folder;
        case GitRevision::Type::link:
        case GitRevision::Type::other:
            return Files::Type::other;
    }
    return Files::Type::none;
}

// A file that is read from the disk; `path` must outlive it.
class OpenFile {
public:
    // A pipe is read like a file (`<(git show …)`). Opening one must not wait for a writer that never comes.
    explicit OpenFile(const std::string& path)
        : path_(path), number_(open(system_path(path), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)) {}
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;
    ~OpenFile() {
        if (number_ >= 0) close(number_);
    }
    [[nodiscard]] int number() const { return number_; }

    // Whether a file is there, and no folder or anything else.
    bool is_file() {
        if (number_ < 0 && (errno == ENOENT || errno == ENOTDIR)) return false;
        if (number_ < 0) refuse(path_, errno);
        return S_ISREG(status().st_mode);
    }

    const struct stat& status() {
        if (fstat(number_, &status_) != 0) refuse(path_, errno);
        return status_;
    }

    // After status(): what the system makes up, such as the environment of a process, is nobody's input, and
    // a link to it may come from a stranger.
    void refuse_made_up() const {
        // Asked once a file system.
        static thread_local dev_t sound = 0;
        struct statfs system = {};
        if (!S_ISREG(status_.st_mode) || status_.st_dev == sound || fstatfs(number_, &system) != 0) return;
        if (system.f_type == PROC_SUPER_MAGIC || system.f_type == SYSFS_MAGIC)
            throw Failure("cannot read " + path_ + ": it is not a real file, but made by the system");
        sound = status_.st_dev;
    }

    // After status().
    [[nodiscard]] std::size_t size() const { return static_cast<std::size_t>(status_.st_size); }

    // After status().
    std::string read() {
        // The size is a hint: a file may grow while it is read, and those that the kernel makes up say 0.
        if (status_.st_size > largest) refuse_size();
        std::string bytes(static_cast<std::size_t>(std::max<off_t>(status_.st_size, 0)) + 1, '\0');
        std::size_t size = 0;
        while (true) {
            if (static_cast<std::int64_t>(size) > largest) refuse_size();
            if (size == bytes.size()) bytes.resize(size + size / 2 + 4096);
            const ssize_t got = ::read(number_, bytes.data() + size, bytes.size() - size);
            if (got < 0 && errno == EINTR) continue;
            if (got < 0) refuse(path_, errno);
            if (got == 0) break;
            size += static_cast<std::size_t>(got);
            // All that it had: there was room for more.
            if (S_ISREG(status_.st_mode) && static_cast<off_t>(size) == status_.st_size) break;
        }
        bytes.resize(size);
        return bytes;
    }

private:
    [[noreturn]] void refuse_size() const {
        throw Failure("cannot read " + path_ + ": it is larger than 2 GiB");
    }

    const std::string& path_;
    int number_;
    struct stat status_ = {};
};

// What a folder's entry is; of links, what they lead to. A link that leads nowhere is none, and whoever
// names it is told why when it is read.
Files::Type entry_type(DIR* folder, const dirent& entry) {
    if (entry.d_type == DT_REG) return Files::Type::file;
    if (entry.d_type == DT_DIR) return Files::Type::folder;
    if (entry.d_type != DT_LNK && entry.d_type != DT_UNKNOWN) return Files::Type::other;
    struct stat status = {};
    if (fstatat(dirfd(folder), static_cast<const char*>(entry.d_name), &status, 0) != 0) {
        return Files::Type::none;
    }
    return type_of(status.st_mode);
}

struct CloseFolder {
    void operator()(DIR* folder) const { closedir(folder); }
};

// What all paths below `folder` begin with, so that they stand side by side in the order of their bytes.
std::string start_below(const std::string& folder) {
    if (folder == ".") return {};
    return folder.ends_with('/') ? folder : folder + '/';
}

// The name in `folder` on the way to `path`, "" when it is not below. Both are normal.
std::string_view name_below(std::string_view folder, std::string_view path) {
    if (folder == ".") return path.starts_with('/') ? std::string_view() : path;
    if (!folder.ends_with('/')) {
        if (!path.starts_with(folder) || path.size() <= folder.size() || path[folder.size()] != '/')
            return {};
        return path.substr(folder.size() + 1);
    }
    return path.starts_with(folder) ? path.substr(folder.size()) : std::string_view();
}

}  // namespace

Files Files::of(const GitRevision& revision) {
    Files files;
    files.on_disk_ = false;
    files.git_ = &revision;
    return files;
}

Files Files::memory() {
    Files files;
    files.on_disk_ = false;
    return files;
}

void Files::lay_over(std::string_view path, std::string bytes) {
    lay_over(path, std::make_shared<const std::string>(std::move(bytes)));
}

void Files::lay_over(std::string_view path, std::shared_ptr<const std::string> bytes) {
    memory_.insert_or_assign(key(path), std::move(bytes));
}

std::shared_ptr<const std::string> Files::laid_over(std::string_view path) const {
    const auto found = memory_.find(key(path));
    return found == memory_.end() ? nullptr : found->second;
}

void Files::uncover(std::string_view path) { memory_.erase(key(path)); }

namespace {

std::string current_folder() {
    const std::unique_ptr<char, decltype(&std::free)> folder(::getcwd(nullptr, 0), &std::free);
    if (folder == nullptr) {
        throw Failure("cannot find out the current folder: " + std::generic_category().message(errno));
    }
    return folder.get();
}

// Where the path from the root, or the nearest folder above it that is there, really is.
std::string followed(const std::string& whole) {
    for (std::string there = whole;; there = folder_of(there)) {
        const std::unique_ptr<char, decltype(&std::free)> found(::realpath(there.c_str(), nullptr),
                                                                &std::free);
        if (found != nullptr) return normal(found.get() + whole.substr(there.size()));
        if (there.size() <= 1) return whole;
    }
}

bool is_link_there(const std::string& path) {
    struct stat status = {};
    return lstat(path.c_str(), &status) == 0 && S_ISLNK(status.st_mode);
}

}  // namespace

std::string Files::working_folder() const {
    if (!on_disk_) return "/";
    if (places_ == nullptr) return current_folder();
    const std::lock_guard lock(places_->mutex);
    if (places_->working_folder.empty()) places_->working_folder = current_folder();
    return places_->working_folder;
}

std::string Files::real_folder(const std::string& folder) const {
    {
        const std::lock_guard lock(places_->mutex);
        const auto known = places_->real.find(folder);
        if (known != places_->real.end()) return known->second;
    }
    std::string place = followed(folder);
    const std::lock_guard lock(places_->mutex);
    return places_->real.emplace(folder, std::move(place)).first->second;
}

std::string Files::absolute(std::string_view path) const {
    if (path.starts_with('/')) return normal(path);
    return normal(working_folder() + '/' + std::string(path));
}

std::string Files::real(const std::string& path) const {
    if (git_ != nullptr) return git_->real(path).value_or(normal(path));
    std::string whole = absolute(path);
    if (!on_disk_) return whole;
    if (places_ == nullptr || whole == "/" || is_link_there(whole)) return followed(whole);
    const std::string_view folder = folder_of(whole);
    return join(real_folder(folder.empty() ? "/" : std::string(folder)), base_name(whole));
}

std::string Files::named_in(std::string_view folder, std::string_view name) const {
    std::string path = join(folder, name);
    for (std::size_t up = path.find("/.."); up != std::string::npos; up = path.find("/..", up + 1)) {
        const std::string left = path.substr(0, up);
        const bool whole = up + 3 == path.size() || path[up + 3] == '/';
        if (whole && is_link(left)) return path;
    }
    return normal(path);
}

bool Files::is_link(const std::string& path) const {
    if (git_ != nullptr) return git_->real(path) != normal(path);
    return on_disk_ && is_link_there(path);
}

std::string Files::key(std::string_view path) const { return on_disk_ ? absolute(path) : normal(path); }

Files::Type Files::type(const std::string& path) const {
    if (!memory_.empty()) {
        const std::string wanted = key(path);
        if (memory_.contains(wanted)) return Type::file;
        const std::string start = start_below(wanted);
        for (auto at = memory_.lower_bound(start); at != memory_.end() && at->first.starts_with(start);
             ++at) {
            if (!name_below(wanted, at->first).empty()) return Type::folder;
        }
    }
    if (git_ != nullptr) return type_of(git_->type(path));
    if (!on_disk_) return Type::none;
    struct stat status = {};
    if (stat(system_path(path), &status) == 0) return type_of(status.st_mode);
    if (errno == ENOENT || errno == ENOTDIR) return Type::none;
    refuse(path, errno);
}

std::vector<Files::Entry> Files::list(const std::string& folder) const {
    std::map<std::string, Type, std::less<>> in_memory;
    if (!memory_.empty()) {
        const std::string wanted = key(folder);
        const std::string start = start_below(wanted);
        for (auto at = memory_.lower_bound(start); at != memory_.end() && at->first.starts_with(start);
             ++at) {
            const std::string_view below = name_below(wanted, at->first);
            if (below.empty()) continue;
            const std::size_t slash = below.find('/');
            in_memory.emplace(below.substr(0, slash),
                              slash == std::string_view::npos ? Type::file : Type::folder);
        }
    }

    std::vector<Entry> entries;
    if (on_disk_) {
        const std::unique_ptr<DIR, CloseFolder> open(opendir(system_path(folder)));
        if (!open && in_memory.empty()) refuse(folder, errno);
        while (open) {
            errno = 0;
            const dirent* entry = readdir(open.get());
            if (entry == nullptr && errno != 0) refuse(folder, errno);
            if (entry == nullptr) break;
            std::string name = static_cast<const char*>(entry->d_name);
            if (name == "." || name == ".." || in_memory.contains(name)) continue;
            // What the file system does not tell may be one.
            const bool link = entry->d_type == DT_LNK || entry->d_type == DT_UNKNOWN;
            entries.push_back(
                {.name = std::move(name), .type = entry_type(open.get(), *entry), .link = link});
        }
    } else if (git_ != nullptr && git_->type(folder) == GitRevision::Type::folder) {
        for (const auto& [name, type] : git_->list(folder)) {
            if (!in_memory.contains(name)) entries.push_back({.name = name, .type = type_of(type)});
        }
    } else if (in_memory.empty()) {
        refuse(folder, type(folder) == Type::none ? ENOENT : ENOTDIR);
    }
    for (auto& [name, type] : in_memory) entries.push_back({.name = name, .type = type});
    std::ranges::sort(entries, {}, &Entry::name);
    return entries;
}

std::string Files::read(const std::string& path) const {
    return read_or_open(path, std::numeric_limits<std::size_t>::max()).bytes;
}

Files::Contents Files::read_or_open(const std::string& path, std::size_t least) const {
    if (!memory_.empty()) {
        if (const auto bytes = laid_over(path)) return {.bytes = *bytes};
    }
    if (git_ != nullptr) return {.bytes = git_->read(path)};
    if (!on_disk_) refuse(path, type(path) == Type::folder ? EISDIR : ENOENT);
    OpenFile file(path);
    if (file.number() < 0) refuse(path, errno);
    const struct stat& status = file.status();
    if (S_ISDIR(status.st_mode)) refuse(path, EISDIR);
    if (!S_ISREG(status.st_mode) && !S_ISFIFO(status.st_mode)) refuse(path, ENXIO);
    file.refuse_made_up();
    if (S_ISFIFO(status.st_mode) && fcntl(file.number(), F_SETFL, 0) != 0) refuse(path, errno);
    const bool is_large = S_ISREG(status.st_mode) && status.st_size <= largest &&
                          static_cast<std::uint64_t>(status.st_size) >= least;
    const int own = is_large ? ::fcntl(file.number(), F_DUPFD_CLOEXEC, 0) : -1;
    if (own >= 0) return {.bytes = {}, .large = std::make_shared<const LargeFile>(path, own, status)};
    return {.bytes = file.read()};
}

std::optional<std::string> Files::read_if_there(const std::string& path) const {
    if (!on_disk_ || !memory_.empty()) {
        return type(path) == Type::file ? std::optional(read(path)) : std::nullopt;
    }
    OpenFile file(path);
    if (!file.is_file()) return std::nullopt;
    file.refuse_made_up();
    return file.read();
}

std::optional<bool> Files::holds(const std::string& path, std::string_view bytes) const {
    if (!on_disk_ || !memory_.empty()) {
        const std::optional<std::string> there = read_if_there(path);
        return there ? std::optional(*there == bytes) : std::nullopt;
    }
    OpenFile file(path);
    if (!file.is_file()) return std::nullopt;
    return file.size() == bytes.size() && holds_bytes(file.number(), bytes, path);
}

std::optional<Files::Stamp> Files::stamp(const std::string& path) const {
    struct stat status {};
    if (!on_disk_ || git_ != nullptr || memory_.contains(key(path)) ||
        ::stat(system_path(path), &status) != 0 || !S_ISREG(status.st_mode))
        return std::nullopt;
    return Stamp{.size = static_cast<std::uint64_t>(status.st_size), .changed = status.st_mtime};
}

bool holds_bytes(int descriptor, std::string_view bytes, const std::string& path) {
    std::string buffer(std::min<std::size_t>(bytes.size() + 1, 1U << 16U), '\0');
    while (true) {
        const ssize_t got = ::read(descriptor, buffer.data(), buffer.size());
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) refuse(path, errno);
        if (got == 0) return bytes.empty();
        const auto length = static_cast<std::size_t>(got);
        if (!bytes.starts_with(std::string_view(buffer).substr(0, length))) return false;
        bytes.remove_prefix(length);
    }
}

}  // namespace dectprov
