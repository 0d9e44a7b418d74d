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
    // `units`: what is counted, "servers".
    ProgressLine(std::ostream& err, bool wanted, std::string_view units)
        : err_(err), wanted_(wanted), units_(units) {}
    ~ProgressLine();
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;
    ProgressLine(ProgressLine&&) = delete;
    ProgressLine& operator=(ProgressLine&&) = delete;

    void show(const Progress& progress);

private:
    using Clock = std::chrono::steady_clock;

    std::ostream& err_;
    bool wanted_;
    std::string_view units_;
    bool shown_ = false;
    Clock::time_point start_ = Clock::now();
    Clock::time_point last_ = start_;
};

}  // namespace dectprov
