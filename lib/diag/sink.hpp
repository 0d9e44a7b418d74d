// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <ostream>
#include <string>

namespace dectprov {

// Where a printer puts its text: one string that is handed on in large pieces, so that a report of any
// length neither stands in memory twice nor costs a stream operation a word.
class Sink {
public:
    explicit Sink(std::ostream& out) : out_(out) { text.reserve(limit + limit / 4); }
    Sink(const Sink&) = delete;
    Sink& operator=(const Sink&) = delete;
    Sink(Sink&&) = delete;
    Sink& operator=(Sink&&) = delete;
    ~Sink() = default;

    // Call it between two findings, and at the end as flush().
    void pass_on() {
        if (text.size() >= limit) flush();
    }
    void flush() {
        out_.write(text.data(), static_cast<std::streamsize>(text.size()));
        text.clear();
    }

    std::string text;

private:
    static constexpr std::size_t limit = std::size_t{1} << 16U;
    std::ostream& out_;
};

}  // namespace dectprov
