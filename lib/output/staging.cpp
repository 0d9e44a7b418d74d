// SPDX-License-Identifier: MIT
#include "output/staging.hpp"

#include <fcntl.h>
#include <fmt/compile.h>
#include <fmt/format.h>
#include <pthread.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <climits>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <mutex>
#include <string>
#include <utility>

#include "model/identity_set.hpp"
#include "output/descriptor.hpp"
#include "source/failure.hpp"
#include "source/files.hpp"

namespace dectprov {
namespace {

constexpr std::string_view prefix = ".dectprov-staged-";
constexpr std::size_t longest_name = 64;
constexpr unsigned char no_ending = 0xff;
constexpr mode_t secret_mode = 0640;
constexpr mode_t owner_mode = 0600;
constexpr mode_t open_mode = 0644;

// What the handler of a signal must reach has to be global. The list changes within sections alone, and the
// handler reads it when the last of them has ended.
struct Registry {
    std::mutex mutex;
    std::list<std::string> paths;
    std::list<const StagedFiles*> many;
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

// The names of a run count on from a number that chance gives. Where it gives none, they still hold the
// process, and O_EXCL finds one that is taken.
std::uint64_t new_number() {
    static std::atomic<std::uint64_t> next{[] {
        std::uint64_t chance = 0;
        return getrandom(&chance, sizeof chance, 0) == sizeof chance ? chance : 0;
    }()};
    return next.fetch_add(1);
}

// Writes the name of a staged file, and where it ends. Neither takes memory nor waits.
char* write_name(char* to, std::uint64_t number) noexcept {
    return fmt::format_to(to, FMT_COMPILE("{}{}-{:016x}"), prefix, getpid(), number);
}

std::string new_path(std::string_view target, std::uint64_t number) {
    std::array<char, longest_name> name;
    const char* const end = write_name(name.data(), number);
    return join(folder_of(target), {name.data(), static_cast<std::size_t>(end - name.data())});
}

}  // namespace

void remove_staged() noexcept {
    ending.store(true);
    while (sections.load() != 0) usleep(1000);
    for (const std::string& path : registry.paths) unlink(path.c_str());
    for (const StagedFiles* files : registry.many) files->unlink_all();
}

StagedFile::StagedFile(std::string target, std::string_view bytes, bool secret)
    : StagedFile(std::move(target), bytes, secret ? std::optional<mode_t>(secret_mode) : std::nullopt) {}

StagedFile StagedFile::of_owner(std::string target, std::string_view bytes) {
    return {std::move(target), bytes, std::optional<mode_t>(owner_mode)};
}

StagedFile::StagedFile(std::string target, std::string_view bytes, std::optional<mode_t> mode)
    : target_(std::move(target)), number_(new_number()) {
    std::string path = new_path(target_, number_);
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
    : target_(std::move(other.target_)),
      number_(other.number_),
      path_(other.path_),
      listed_(std::exchange(other.listed_, false)) {}

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

struct StagedFiles::Paths {
    std::array<char, PATH_MAX + longest_name> target;
    std::array<char, PATH_MAX + longest_name> staged;
};

StagedFiles::StagedFiles(std::string_view folder) : start_(join(folder, "")) {
    const Section section;
    const std::lock_guard lock(registry.mutex);
    place_ = registry.many.insert(registry.many.end(), this);
}

StagedFiles::~StagedFiles() {
    unlink_all();
    const Section section;
    const std::lock_guard lock(registry.mutex);
    registry.many.erase(place_);
}

// `no_ending` where the name has none.
unsigned char StagedFiles::ending_of(std::string_view name) {
    if (!PackedMac::of(name.substr(0, PackedMac::digits))) return no_ending;
    const std::string_view behind = name.substr(PackedMac::digits);
    const auto found = std::ranges::find(endings_, behind);
    const auto number = static_cast<std::size_t>(found - endings_.begin());
    if (number == no_ending) return no_ending;
    if (found == endings_.end()) endings_.emplace_back(behind);
    return static_cast<unsigned char>(number);
}

void StagedFiles::add(StagedFile file) {
    if (file.target_.size() >= PATH_MAX) fail("write", file.target_, ENAMETOOLONG);
    const std::string_view name = std::string_view(file.target_).substr(start_.size());
    const Section section;
    const auto pack = [this](const auto& value) {
        const auto* const begin = reinterpret_cast<const char*>(&value);
        packed_.insert(packed_.end(), begin, begin + sizeof value);
    };
    const unsigned char form = ending_of(name);
    pack(file.number_);
    pack(form);
    if (form == no_ending) {
        pack(static_cast<std::uint16_t>(name.size()));
        packed_.insert(packed_.end(), name.begin(), name.end());
    } else {
        pack(*PackedMac::of(name.substr(0, PackedMac::digits)));
    }
    file.unlist();
}

// The one at `at`, which goes behind it; false where there is none. Async-signal-safe.
bool StagedFiles::unpack(std::size_t& at, Paths& paths) const noexcept {
    if (at == packed_.size()) return false;
    const auto take = [&](void* to, std::size_t size) {
        std::copy_n(packed_.begin() + static_cast<std::ptrdiff_t>(at), size, static_cast<char*>(to));
        at += size;
    };
    std::uint64_t number = 0;
    unsigned char form = 0;
    take(&number, sizeof number);
    take(&form, sizeof form);
    char* end = std::ranges::copy(start_, paths.target.data()).out;
    if (form == no_ending) {
        std::uint16_t size = 0;
        take(&size, sizeof size);
        take(end, size);
        end += size;
    } else {
        PackedMac mac{};
        take(&mac, sizeof mac);
        end = std::ranges::copy(endings_[form], mac.write(end)).out;
    }
    *end = '\0';
    const std::string_view target(paths.target.data(), static_cast<std::size_t>(end - paths.target.data()));
    const std::size_t slash = target.rfind('/');
    const std::string_view folder = slash == std::string_view::npos ? "" : target.substr(0, slash + 1);
    *write_name(std::ranges::copy(folder, paths.staged.data()).out, number) = '\0';
    return true;
}

void StagedFiles::unlink_all() const noexcept {
    Paths paths;
    for (std::size_t at = 0; unpack(at, paths);) ::unlink(paths.staged.data());
}

void StagedFiles::check_targets() const {
    Paths paths;
    for (std::size_t at = 0; unpack(at, paths);) {
        struct stat status {};
        const bool there = ::lstat(paths.target.data(), &status) == 0;
        if (there && S_ISDIR(status.st_mode)) fail("write", paths.target.data(), EISDIR);
        if (!there && errno != ENOENT) fail("write", paths.target.data(), errno);
    }
}

void StagedFiles::publish() {
    Paths paths;
    for (std::size_t size = 0; unpack(size, paths); size = 0) {
        const Section section;
        if (::rename(paths.staged.data(), paths.target.data()) != 0)
            fail("write", paths.target.data(), errno);
        packed_.erase(packed_.begin(), packed_.begin() + static_cast<std::ptrdiff_t>(size));
    }
}

bool is_staged_name(std::string_view name) { return name.starts_with(prefix); }

}  // namespace dectprov
