// SPDX-License-Identifier: MIT
#include "output/write_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <optional>
#include <system_error>

#include "output/descriptor.hpp"
#include "output/file_set.hpp"
#include "output/staging.hpp"
#include "source/bounds.hpp"
#include "source/failure.hpp"
#include "source/files.hpp"

namespace dectprov {
namespace {

// A link that a stranger's change brings along leads to no file of somebody else.
void refuse_link_out(const std::string& path) {
    if (leaves_repository(Files(), path))
        refuse(path, "it is a link that leads out of the repository; name the file itself");
}

// The number of standard output or standard error where that is what goes to this file, to which they write
// on: replaced, it would lose what they wrote.
std::optional<int> standard_stream(const struct stat& file) {
    for (const int number : {STDOUT_FILENO, STDERR_FILENO}) {
        struct stat open {};
        if (::fstat(number, &open) == 0 && open.st_dev == file.st_dev && open.st_ino == file.st_ino)
            return number;
    }
    return std::nullopt;
}

void write_all(int descriptor, const std::string& path, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
        if (written < 0 && errno != EINTR) fail("write", path, errno);
        if (written > 0) bytes.remove_prefix(static_cast<std::size_t>(written));
    }
}

void publish(StagedFile& staged, bool over) {
    if (over) {
        staged.publish();
    } else {
        staged.publish_new();
    }
}

// The folder of a target, unless it is the one that is held.
StagingFolder staging_folder(const std::string& target, const StagingFolder* held) {
    const std::string folder(folder_of(target));
    return held != nullptr && held->is_at(folder) ? StagingFolder() : StagingFolder(folder);
}

// Where the file itself stands that is written in place of what `path` leads to.
std::string target_of(const std::string& path, bool there) {
    if (!there) return path;
    const std::unique_ptr<char, decltype(&std::free)> real(::realpath(path.c_str(), nullptr), &std::free);
    return real == nullptr ? path : real.get();
}

}  // namespace

void write_whole(const std::string& path, std::string_view bytes, bool over, bool secret,
                 const StagingFolder* held) {
    struct stat status {};
    const bool there = ::stat(path.c_str(), &status) == 0;
    if (const auto stream = there ? standard_stream(status) : std::nullopt)
        return write_all(*stream, path, bytes);
    if (there && !over) refuse(path, "the file exists");
    refuse_link_out(path);
    if (there && !S_ISREG(status.st_mode)) {
        const Descriptor file(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
        if (!file.good()) fail("write", path, errno);
        return write_all(file.number(), path, bytes);
    }
    const std::string target = target_of(path, there);
    const StagingFolder folder = staging_folder(target, held);
    // Nobody gets to read while it is written who could not before.
    StagedFile staged =
        there && !secret ? StagedFile::of_owner(target, bytes) : StagedFile(target, bytes, secret);
    if (there && !secret) staged.set_mode(status.st_mode);
    publish(staged, over);
}

void write_over(const std::string& path, std::string_view before, std::string_view bytes,
                const StagingFolder* held) {
    refuse_link_out(path);
    const std::string target = target_of(path, true);
    const StagingFolder folder = staging_folder(target, held);
    StagedFile staged = StagedFile::of_owner(target, bytes);
    // Asked last, so that whoever saves the file has no time to do so in between but that of two calls.
    struct stat status {};
    if (::lstat(target.c_str(), &status) != 0 || !Files().holds(target, before).value_or(false))
        refuse(path, "it changed since it was read");
    staged.set_mode(status.st_mode);
    staged.publish();
}

void make_folder(const std::string& path) {
    std::error_code error;
    std::filesystem::create_directories(path, error);
    if (error) throw Failure(fmt::format("cannot make {}: {}", path, error.message()));
}

void check_writable(const std::string& path) {
    struct stat status {};
    const bool there = ::stat(path.c_str(), &status) == 0;
    if (there && S_ISDIR(status.st_mode)) fail("write", path, EISDIR);
    if (there && standard_stream(status)) return;
    refuse_link_out(path);
    if (there && !S_ISREG(status.st_mode)) return;
    // Staged where the real one will be, and gone with this object.
    const StagedFile probe(path, {}, true);
}

void write_private(const std::string& path, std::string_view bytes, bool over, const StagingFolder* held) {
    struct stat status {};
    const bool there = ::stat(path.c_str(), &status) == 0;
    if (there && !over) refuse(path, "the file exists");
    if (there && !S_ISREG(status.st_mode)) refuse(path, "there is something there that is not a file");
    const StagingFolder folder = staging_folder(path, held);
    StagedFile staged = StagedFile::of_owner(path, bytes);
    publish(staged, over);
}

}  // namespace dectprov
