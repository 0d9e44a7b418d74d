// SPDX-License-Identifier: MIT
#include "output/staging.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <pthread.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <mutex>
#include <string>
#include <utility>

#include "output/descriptor.hpp"
#include "source/failure.hpp"
#include "source/files.hpp"

namespace dectprov {
namespace {

constexpr std::string_view prefix = ".dectprov-staged-";
constexpr mode_t secret_mode = 0640;
constexpr mode_t owner_mode = 0600;
constexpr mode_t open_mode = 0644;

// What the handler of a signal must reach has to be global. The list changes within sections alone, and the
// handler reads it when the last of them has ended.
struct Registry {
    std::mutex mutex;
    std::list<std::string> paths;
};
Registry registry;
std::atomic<int> sections{0};
std::atomic<bool> ending{false};
static_assert(std::atomic<int>::is_always_lock_free && std::atomic<bool>::is_always_lock_free);

// While one lives, remove_staged() waits for its end. The thread's own signals are held back meanwhile, or
// the handler could wait for the thread that it runs in. A few system calls long.
class Section {
public:
    Section() {
        sigset_t all;
        sigfillset(&all);
        pthread_sigmask(SIG_SETMASK, &all, &before_);
        // The count goes up before the question: the handler sees this section, or the section the handler.
        sections.fetch_add(1);
        if (!ending.load()) return;
        sections.fetch_sub(1);
        pthread_sigmask(SIG_SETMASK, &before_, nullptr);
        while (true) pause();
    }
    ~Section() {
        sections.fetch_sub(1);
        pthread_sigmask(SIG_SETMASK, &before_, nullptr);
    }
    Section(const Section&) = delete;
    Section& operator=(const Section&) = delete;

private:
    sigset_t before_{};
};

std::string new_path(std::string_view target) {
    // The names of a run count on from a number that chance gives. Where it gives none, they still hold the
    // process, and O_EXCL finds one that is taken.
    static std::atomic<std::uint64_t> next{[] {
        std::uint64_t chance = 0;
        return getrandom(&chance, sizeof chance, 0) == sizeof chance ? chance : 0;
    }()};
    return join(folder_of(target), fmt::format("{}{}-{:016x}", prefix, getpid(), next.fetch_add(1)));
}

}  // namespace

void remove_staged() noexcept {
    ending.store(true);
    while (sections.load() != 0) usleep(1000);
    for (const std::string& path : registry.paths) unlink(path.c_str());
}

StagedFile::StagedFile(std::string target, std::string_view bytes, bool secret)
    : StagedFile(std::move(target), bytes, secret ? std::optional<mode_t>(secret_mode) : std::nullopt) {}

StagedFile StagedFile::of_owner(std::string target, std::string_view bytes) {
    return {std::move(target), bytes, std::optional<mode_t>(owner_mode)};
}

StagedFile::StagedFile(std::string target, std::string_view bytes, std::optional<mode_t> mode)
    : target_(std::move(target)) {
    std::string path = new_path(target_);
    int descriptor = -1;
    int error = 0;
    {
        const Section section;
        list(std::move(path));
        descriptor = ::open(path_->c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
                            mode.value_or(open_mode));
        error = errno;
    }
    try {
        if (descriptor < 0) fail("write", target_, error);
        write(descriptor, bytes, mode);
    } catch (const Failure&) {
        if (descriptor >= 0) ::close(descriptor);
        remove();
        throw;
    }
    // A network file system may say only now that there is no room.
    if (::close(descriptor) != 0) {
        error = errno;
        remove();
        fail("write", target_, error);
    }
}

StagedFile::~StagedFile() {
    if (listed_) remove();
}

// Within a section.
void StagedFile::list(std::string path) {
    const std::lock_guard lock(registry.mutex);
    path_ = registry.paths.insert(registry.paths.end(), std::move(path));
}

void StagedFile::unlist() {
    const std::lock_guard lock(registry.mutex);
    registry.paths.erase(path_);
    listed_ = false;
}

StagedFile::StagedFile(StagedFile&& other) noexcept
    : target_(std::move(other.target_)), path_(other.path_), listed_(std::exchange(other.listed_, false)) {}

void StagedFile::write(int descriptor, std::string_view bytes, std::optional<mode_t> mode) const {
    // A provisioning service reads by its group, so a file with credentials has this mode whatever the umask.
    if (mode && ::fchmod(descriptor, *mode) != 0) fail("write", target_, errno);
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
        if (written >= 0) {
            bytes.remove_prefix(static_cast<std::size_t>(written));
        } else if (errno != EINTR) {
            fail("write", target_, errno);
        }
    }
}

void StagedFile::set_mode(mode_t mode) {
    constexpr mode_t permissions = 07777;
    if (::chmod(path_->c_str(), mode & permissions) != 0) fail("write", target_, errno);
}

void StagedFile::publish() {
    const Section section;
    if (::rename(path_->c_str(), target_.c_str()) != 0) fail("write", target_, errno);
    unlist();
}

void StagedFile::publish_new() {
    {
        const Section section;
        // Unlike rename(), link() does not put itself in the place of what is there.
        if (::link(path_->c_str(), target_.c_str()) != 0) fail("write", target_, errno);
    }
    remove();
}

void StagedFile::remove() {
    const Section section;
    ::unlink(path_->c_str());
    unlist();
}

bool is_staged_name(std::string_view name) { return name.starts_with(prefix); }

}  // namespace dectprov
