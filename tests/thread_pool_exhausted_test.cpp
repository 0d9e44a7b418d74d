// SPDX-License-Identifier: MIT
#include <pthread.h>
#include <cerrno>

#include <atomic>
#include <string>

#include <doctest/doctest.h>

#include "source/thread_pool.hpp"
#include "workbench.hpp"

// The system has no thread to give: the whole program is linked with this in place of the C library's.
extern "C" int pthread_create(pthread_t* /*thread*/, const pthread_attr_t* /*attributes*/,
                              void* (* /*start*/)(void*), void* /*argument*/) {
    return EAGAIN;
}

TEST_CASE("without a thread from the system, the caller does all iterations, nested ones too") {
    dectprov::ThreadPool pool(8);
    std::atomic<int> done = 0;
    pool.parallel_for(20, [&](std::size_t) { pool.parallel_for(5, [&](std::size_t) { ++done; }); });
    CHECK(done == 100);
}

TEST_CASE("lint finds the same without threads") {
    const workbench::Folder folder;
    workbench::write("0013d1800032-config.xml",
                     "<config><sip><dtmf><duration>x</duration></dtmf></sip></config>\n");
    workbench::write("0013d1800033-config.xml", "<config/>\n");
    const workbench::CommandResult one = workbench::run({"lint", "--no-config", "-j", "1", "."});
    const workbench::CommandResult eight = workbench::run({"lint", "--no-config", "-j", "8", "."});
    CHECK(one.status == 1);
    CHECK(one.out == eight.out);
    CHECK(one.err == eight.err);
    CHECK(one.status == eight.status);
}
