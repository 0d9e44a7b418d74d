// SPDX-License-Identifier: MIT
#include "progress_line.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <sstream>

namespace {

using dectprov::Progress;
using dectprov::ProgressLine;
using namespace std::chrono_literals;

// The time of the tests: it stands still unless one of them moves it.
ProgressLine::Clock::time_point current_time;
ProgressLine::Clock::time_point now() { return current_time; }

}  // namespace

TEST_CASE("work that lasts less than a second shows no progress") {
    std::ostringstream err;
    {
        ProgressLine line(err, true, "servers", now);
        current_time += 999ms;
        line.show({.done = 1, .all = 2, .files = 3});
    }
    CHECK(err.str().empty());
}

TEST_CASE("after a second it says how far the work is, how fast, and how long it will take") {
    std::ostringstream err;
    {
        ProgressLine line(err, true, "servers", now);
        current_time += 2s;
        line.show({.done = 10, .all = 40, .files = 50});
        CHECK(err.str() == "\r\x1b[K10 of 40 servers, 25 files a second, 6 s left");
        err.str("");
        // At most ten times a second: a terminal is slower than the work.
        current_time += 50ms;
        line.show({.done = 11, .all = 40, .files = 55});
        CHECK(err.str().empty());
        current_time += 50ms;
        line.show({.done = 21, .all = 40, .files = 105});
        CHECK(err.str() == "\r\x1b[K21 of 40 servers, 50 files a second, 2 s left");
        err.str("");
    }
    // The line goes with the work, so that what is printed next stands alone.
    CHECK(err.str() == "\r\x1b[K");
}

TEST_CASE("where no terminal shows it there is none") {
    std::ostringstream err;
    {
        ProgressLine line(err, false, "servers", now);
        current_time += 5s;
        line.show({.done = 1, .all = 2, .files = 1});
    }
    CHECK(err.str().empty());
}
