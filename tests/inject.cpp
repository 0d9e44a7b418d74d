// SPDX-License-Identifier: MIT
// Loaded into the program before the C library (LD_PRELOAD): lets one call that writes fail, or the process
// end or stop before it.
//
//     DECTPROV_INJECT="CALL N HOW"
//         CALL: open, write, close, rename …; N: the how manieth, from 1; HOW: an errno, "kill" or "stop"
//     DECTPROV_INJECTED=FILE
//         made when that happened; of a pipe, its reader sees the end then
//
// Calls that only read, and those on what is no regular file (standard output), are not counted.
//
//     DECTPROV_GONE=FILE, DECTPROV_CUT=FILE
//         removed, or cut off behind its tenth byte, when the process has listed its folder
#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

namespace {

struct Order {
    char call[16] = {};
    int number = 0;
    char how[16] = {};
    int error = 0;
};

const Order& order() {
    static const Order parsed = [] {
        Order made;
        const char* text = std::getenv("DECTPROV_INJECT");
        if (text == nullptr || std::sscanf(text, "%15s %d %15s", made.call, &made.number, made.how) != 3)
            return Order{};
        made.error = std::atoi(made.how);
        return made;
    }();
    return parsed;
}

// Whether this call is the one that fails; errno is set. Does not return where the process is to end.
bool fails(const char* call) {
    static std::atomic<int> seen{0};
    const Order& wanted = order();
    if (std::strcmp(wanted.call, call) != 0 || seen.fetch_add(1) + 1 != wanted.number) return false;
    if (const char* mark = std::getenv("DECTPROV_INJECTED")) {
        const long made = syscall(SYS_openat, AT_FDCWD, mark, O_WRONLY | O_CREAT, 0644);
        if (made >= 0) syscall(SYS_close, made);
    }
    if (std::strcmp(wanted.how, "stop") == 0) {
        kill(getpid(), SIGSTOP);
        return false;
    }
    if (wanted.error == 0) kill(getpid(), SIGKILL);
    errno = wanted.error;
    return true;
}

bool is_file(int descriptor) {
    const int before = errno;
    struct stat status {};
    const bool file = descriptor > STDERR_FILENO && fstat(descriptor, &status) == 0 &&
                      S_ISREG(status.st_mode) && (fcntl(descriptor, F_GETFL) & O_ACCMODE) != O_RDONLY;
    errno = before;
    return file;
}

// Whether it is in this folder.
bool lies_in(DIR* folder, const char* path) {
    struct stat here {};
    struct stat there {};
    const char* name = path == nullptr ? nullptr : std::strrchr(path, '/');
    return name != nullptr && fstat(dirfd(folder), &here) == 0 &&
           stat(std::string(path, name).c_str(), &there) == 0 && here.st_dev == there.st_dev &&
           here.st_ino == there.st_ino;
}

template <class Function>
Function next(const char* name) {
    return reinterpret_cast<Function>(dlsym(RTLD_NEXT, name));
}

}  // namespace

extern "C" {

int open(const char* path, int flags, ...) {
    va_list more;
    va_start(more, flags);
    const mode_t mode = (flags & O_CREAT) != 0 ? va_arg(more, mode_t) : 0;
    va_end(more);
    if ((flags & O_ACCMODE) != O_RDONLY && fails("open")) return -1;
    return static_cast<int>(syscall(SYS_openat, AT_FDCWD, path, flags, mode));
}

int openat(int folder, const char* path, int flags, ...) {
    va_list more;
    va_start(more, flags);
    const mode_t mode = (flags & O_CREAT) != 0 ? va_arg(more, mode_t) : 0;
    va_end(more);
    if ((flags & O_ACCMODE) != O_RDONLY && fails("openat")) return -1;
    return static_cast<int>(syscall(SYS_openat, folder, path, flags, mode));
}

ssize_t write(int descriptor, const void* bytes, size_t size) {
    static const auto real = next<ssize_t (*)(int, const void*, size_t)>("write");
    if (is_file(descriptor)) {
        if (fails("write")) return -1;
        // Half of it, and then no more.
        if (std::strcmp(order().call, "half") == 0 && size > 1) {
            if (fails("half")) return -1;
            size /= 2;
        }
    }
    return real(descriptor, bytes, size);
}

int close(int descriptor) {
    static const auto real = next<int (*)(int)>("close");
    if (!is_file(descriptor)) return real(descriptor);
    const bool bad = fails("close");
    const int error = errno;
    const int result = real(descriptor);
    if (!bad) return result;
    errno = error;
    return -1;
}

#define INJECT(name, parameters, arguments)                      \
    int name parameters {                                        \
        static const auto real = next<int(*) parameters>(#name); \
        if (fails(#name)) return -1;                             \
        return real arguments;                                   \
    }

// The fence (apps/fence.hpp) would keep the process from what is done here in its name.
long syscall(long number, ...) noexcept {
    if (number == SYS_landlock_create_ruleset) {
        errno = ENOSYS;
        return -1;
    }
    static const auto real = next<long (*)(long, ...)>("syscall");
    va_list given;
    va_start(given, number);
    std::array<long, 6> arguments{};
    for (long& argument : arguments) argument = va_arg(given, long);
    va_end(given);
    return real(number, arguments[0], arguments[1], arguments[2], arguments[3], arguments[4], arguments[5]);
}

int closedir(DIR* folder) {
    static const auto real = next<int (*)(DIR*)>("closedir");
    constexpr long left = 10;
    const char* const gone = std::getenv("DECTPROV_GONE");
    const char* const cut = std::getenv("DECTPROV_CUT");
    if (lies_in(folder, gone)) syscall(SYS_unlinkat, AT_FDCWD, gone, 0);
    if (lies_in(folder, cut)) syscall(SYS_truncate, cut, left);
    return real(folder);
}

INJECT(fsync, (int descriptor), (descriptor))
INJECT(fdatasync, (int descriptor), (descriptor))
INJECT(syncfs, (int descriptor), (descriptor))
INJECT(fchmod, (int descriptor, mode_t mode), (descriptor, mode))
INJECT(chmod, (const char* path, mode_t mode), (path, mode))
INJECT(mkdir, (const char* path, mode_t mode), (path, mode))
INJECT(mkdirat, (int folder, const char* path, mode_t mode), (folder, path, mode))
INJECT(rename, (const char* from, const char* to), (from, to))
INJECT(renameat, (int from_folder, const char* from, int to_folder, const char* to),
       (from_folder, from, to_folder, to))
INJECT(link, (const char* from, const char* to), (from, to))
INJECT(unlink, (const char* path), (path))
INJECT(unlinkat, (int folder, const char* path, int flags), (folder, path, flags))
INJECT(rmdir, (const char* path), (path))
}
