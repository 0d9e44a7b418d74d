// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

namespace dectprov {

// Names one source of a SourceSet; meaningless without it.
enum class FileId : std::uint32_t {};

// A half-open range of bytes in the UTF-8 text of one source. Sources are at most 4 GiB long. The empty
// span at 0 is what a finding about a whole file has.
struct Span {
    FileId file{};
    std::uint32_t begin = 0;
    std::uint32_t end = 0;

    friend bool operator==(const Span&, const Span&) = default;
};

// The empty span where another begins.
constexpr Span start_of(Span span) { return {.file = span.file, .begin = span.begin, .end = span.begin}; }

// Line and column as people count them: both from 1, the column in Unicode code points.
struct Position {
    std::uint32_t line = 1;
    std::uint32_t column = 1;

    // clang-tidy 14 takes the comparison with 0 that the compiler makes for a null pointer.
    // NOLINTNEXTLINE(modernize-use-nullptr)
    friend auto operator<=>(const Position&, const Position&) = default;
};

}  // namespace dectprov
