// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <ostream>
#include <string_view>

#include "analysis/session.hpp"

namespace dectprov {

// A line on a terminal's stderr for work that lasts over a second; gone when the work is done.
class ProgressLine {
public:
    using Clock = std::chrono::steady_clock;

    // `units`: what is counted, "servers". `now`: the time, of which a test has its own.
    ProgressLine(std::ostream& err, bool wanted, std::string_view units,
                 Clock::time_point (*now)() = &Clock::now)
        : err_(err), wanted_(wanted), units_(units), now_(now) {}
    ~ProgressLine();
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;
    ProgressLine(ProgressLine&&) = delete;
    ProgressLine& operator=(ProgressLine&&) = delete;

    void show(const Progress& progress);

private:
    std::ostream& err_;
    bool wanted_;
    std::string_view units_;
    Clock::time_point (*now_)();
    bool shown_ = false;
    Clock::time_point start_ = now_();
    Clock::time_point last_ = start_;
};

}  // namespace dectprov
