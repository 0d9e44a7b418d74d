// SPDX-License-Identifier: MIT
#include "fence.hpp"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <spawn.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <string>
#include <thread>

#include "workbench.hpp"

// What a fence takes away stays away, so each is raised in a process of its own.

using dectprov::Fence;

namespace {

constexpr int left_out = 100;  // as an error: the build or the kernel has no fence

// The error with which `work` fails behind the fence; 0: it does not.
template <class Work>
int error_behind(const Fence& allowed, Work&& work) {
    const pid_t child = fork();
    if (child == 0) {
        dectprov::raise_fence(allowed);
        const bool filtered = prctl(PR_GET_SECCOMP, 0, 0, 0, 0) == 2;
        _exit(filtered ? work() : left_out);
    }
    int status = 0;
    REQUIRE(waitpid(child, &status, 0) == child);
    REQUIRE(WIFEXITED(status));
    return WEXITSTATUS(status);
}

int error_of(long result) { return result < 0 ? errno : 0; }

int connects() { return error_of(socket(AF_INET, SOCK_STREAM, 0)); }

int starts_a_program() {
    pid_t child = 0;
    std::array<char*, 2> arguments{const_cast<char*>("true"), nullptr};
    return posix_spawnp(&child, "true", nullptr, nullptr, arguments.data(), environ);
}

int writes(const std::string& path) { return error_of(open(path.c_str(), O_WRONLY | O_CREAT, 0600)); }

bool has_landlock() {
    return syscall(__NR_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION) >= 1;
}

}  // namespace

TEST_CASE("behind the fence nothing is connected or started, and no file is written") {
    const workbench::TemporaryFolder folder;
    const std::string old = folder / "old";
    workbench::write(old, "text");
    if (error_behind({}, [] { return 0; }) == left_out) {
        MESSAGE("left out: this build or kernel has no fence");
        return;
    }
    CHECK(error_behind({}, connects) == EPERM);
    CHECK(error_behind({.starts_programs = true, .writes_files = true}, connects) == EPERM);
    CHECK(error_behind({}, starts_a_program) == EPERM);
    CHECK(error_behind({.writes_files = true}, starts_a_program) == EPERM);
    CHECK(error_behind({.writes_files = true}, [&] { return writes(folder / "new"); }) == 0);
    if (has_landlock()) {
        CHECK(error_behind({}, [&] { return writes(folder / "other"); }) == EACCES);
        CHECK(error_behind({}, [&] { return writes(old); }) == EACCES);
        CHECK(error_behind({.starts_programs = true}, [&] { return error_of(unlink(old.c_str())); }) ==
              EACCES);
        CHECK(error_behind({.starts_programs = true}, [&] { return error_of(truncate(old.c_str(), 0)); }) ==
              EACCES);
    }
    CHECK(workbench::read(old) == "text");
}

TEST_CASE("behind the fence files are read, threads run, and git can be started where it is needed") {
    const workbench::TemporaryFolder folder;
    workbench::write(folder / "old", "text");
    const auto needed = [](int error) { return error == 0 || error == left_out; };
    CHECK(needed(error_behind({}, [&] { return workbench::read(folder / "old") == "text" ? 0 : EIO; })));
    CHECK(needed(error_behind({}, [] {
        int done = EIO;
        std::thread([&] { done = 0; }).join();
        return done;
    })));
    CHECK(needed(error_behind({.starts_programs = true}, starts_a_program)));
    CHECK(needed(error_behind({}, [] { return writes("/dev/null"); })));
}
