// SPDX-License-Identifier: MIT
#include "fence.hpp"

#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <vector>

namespace dectprov {
namespace {

#ifdef DECTPROV_FENCE
constexpr bool has_fence = true;
#else
constexpr bool has_fence = false;
#endif

#if defined(__x86_64__)
constexpr std::uint32_t architecture = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
constexpr std::uint32_t architecture = AUDIT_ARCH_AARCH64;
#else
constexpr std::uint32_t architecture = 0;  // no filter is known for it
#endif

// A filter of system calls (seccomp(2)): a program that sees the number of a call and says what becomes of
// it.
class CallFilter {
public:
    CallFilter() {
        load(offsetof(seccomp_data, arch));
        // Calls in the form of another architecture have other numbers.
        skip_next_where(BPF_JEQ, architecture);
        refuse();
        load(offsetof(seccomp_data, nr));
#if defined(__x86_64__)
        constexpr std::uint32_t other_form = 0x40000000;  // x32
        skip_next_unless(BPF_JGE, other_form);
        refuse();
#endif
    }

    void refuse_all(std::initializer_list<long> calls) {
        for (const long call : calls) {
            skip_next_unless(BPF_JEQ, static_cast<std::uint32_t>(call));
            refuse();
        }
    }

    void install() {
        add(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
        sock_fprog program{.len = static_cast<unsigned short>(steps_.size()), .filter = steps_.data()};
        prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
    }

private:
    void add(unsigned code, std::uint32_t value, std::uint8_t if_so = 0, std::uint8_t if_not = 0) {
        steps_.push_back({.code = static_cast<std::uint16_t>(code), .jt = if_so, .jf = if_not, .k = value});
    }
    void load(std::size_t offset) { add(BPF_LD | BPF_W | BPF_ABS, static_cast<std::uint32_t>(offset)); }
    void skip_next_where(unsigned test, std::uint32_t value) { add(BPF_JMP | BPF_K | test, value, 1, 0); }
    void skip_next_unless(unsigned test, std::uint32_t value) { add(BPF_JMP | BPF_K | test, value, 0, 1); }
    void refuse() { add(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM); }

    std::vector<sock_filter> steps_;
};

void filter_calls(const Fence& allowed) {
    if (architecture == 0) return;
    CallFilter filter;
    // A ring of requests would do these calls out of the filter's sight.
    filter.refuse_all({__NR_socket, __NR_io_uring_setup});
    if (!allowed.starts_programs) filter.refuse_all({__NR_execve, __NR_execveat});
    filter.install();
}

// What Landlock calls the rights to write, as far as the kernel knows them (landlock(7)).
std::uint64_t rights_to_write(long version) {
    std::uint64_t rights = LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR |
                           LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_CHAR |
                           LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG |
                           LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO |
                           LANDLOCK_ACCESS_FS_MAKE_BLOCK | LANDLOCK_ACCESS_FS_MAKE_SYM;
    constexpr std::uint64_t refer = std::uint64_t{1} << 13U;     // since version 2
    constexpr std::uint64_t truncate = std::uint64_t{1} << 14U;  // since version 3
    if (version >= 2) rights |= refer;
    if (version >= 3) rights |= truncate;
    return rights;
}

void forbid_writing() {
    const long version = syscall(__NR_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
    if (version < 1) return;
    const landlock_ruleset_attr handled{.handled_access_fs = rights_to_write(version)};
    // Landlock knows a smaller structure by its size; newer members are those of newer headers.
    const long rules = syscall(__NR_landlock_create_ruleset, &handled, sizeof handled.handled_access_fs, 0);
    if (rules < 0) return;
    const int descriptor = static_cast<int>(rules);
    // Programs that we start have their complaints go there.
    const int nowhere = open("/dev/null", O_PATH | O_CLOEXEC);
    if (nowhere >= 0) {
        landlock_path_beneath_attr rule{.allowed_access = LANDLOCK_ACCESS_FS_WRITE_FILE,
                                        .parent_fd = nowhere};
        syscall(__NR_landlock_add_rule, descriptor, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
        close(nowhere);
    }
    syscall(__NR_landlock_restrict_self, descriptor, 0);
    close(descriptor);
}

}  // namespace

void raise_fence(const Fence& allowed) {
    // Without it neither is granted to a process that is not root's.
    if (!has_fence || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return;
    if (!allowed.writes_files) forbid_writing();
    filter_calls(allowed);
}

}  // namespace dectprov
