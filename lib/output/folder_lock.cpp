// SPDX-License-Identifier: MIT
#include "output/folder_lock.hpp"

#include <sys/file.h>
#include <sys/stat.h>

#include <cerrno>
#include <utility>

namespace dectprov {
namespace {

// False where somebody else has it; true too where there are no locks.
bool try_lock(int folder, int operation) {
    while (::flock(folder, operation | LOCK_NB) != 0) {
        if (errno != EINTR) return errno != EWOULDBLOCK;
    }
    return true;
}

void wait_for_lock(int folder, int operation) {
    while (::flock(folder, operation) != 0 && errno == EINTR) {
    }
}

}  // namespace

FolderLock::FolderLock(Descriptor folder, const std::string& path, With with, const TellWaiting& waiting)
    : folder_(std::move(folder)) {
    if (with == With::anybody) return;
    const int number = folder_.number();
    was_free_ = ::flock(number, LOCK_EX | LOCK_NB) == 0;
    const int wanted = with == With::nobody ? LOCK_EX : LOCK_SH;
    if (was_free_ || try_lock(number, wanted)) return;
    if (waiting) waiting(path);
    wait_for_lock(number, wanted);
    was_free_ = wanted == LOCK_EX;
}

void FolderLock::share() { wait_for_lock(folder_.number(), LOCK_SH); }

bool FolderLock::is_at(const std::string& path) const {
    struct stat here {};
    struct stat there {};
    return ::fstat(folder_.number(), &here) == 0 && ::stat(path.c_str(), &there) == 0 &&
           here.st_dev == there.st_dev && here.st_ino == there.st_ino;
}

}  // namespace dectprov
