// SPDX-License-Identifier: MIT
#include "progress_line.hpp"

#include <fmt/format.h>

namespace dectprov {

ProgressLine::~ProgressLine() {
    if (shown_) err_ << "\r\x1b[K" << std::flush;
}

void ProgressLine::show(const Progress& progress) {
    if (!wanted_) return;
    using std::chrono::duration;
    const auto now = now_();
    const double elapsed = duration<double>(now - start_).count();
    constexpr double patience = 1.0;
    constexpr double pause = 0.1;
    if (elapsed < patience || (shown_ && duration<double>(now - last_).count() < pause)) return;
    last_ = now;
    shown_ = true;
    const auto done = static_cast<double>(progress.done);
    const double left = elapsed / done * static_cast<double>(progress.all - progress.done);
    err_ << fmt::format("\r\x1b[K{} of {} {}, {:.0f} files a second, {:.0f} s left", progress.done,
                        progress.all, units_, static_cast<double>(progress.files) / elapsed, left)
         << std::flush;
}

}  // namespace dectprov
