// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

#include "catalog/byte_scan.hpp"

// What templates stand in for a text with, and forget to replace: `{{name}}`, `${name}`, `%BWNAME%`.
namespace dectprov {

struct PlaceholderMarks {
    std::string_view open;
    std::string_view close;
    bool files_alone;  // what a description says with it is its own
};

inline constexpr PlaceholderMarks placeholder_marks[] = {{.open = "{{", .close = "}}", .files_alone = false},
                                                         {.open = "${", .close = "}", .files_alone = true},
                                                         {.open = "%BW", .close = "%", .files_alone = false}};

static_assert(std::ranges::all_of(placeholder_marks, [](const PlaceholderMarks& marks) {
    return marks.open.find_first_of("{%") != std::string_view::npos;
}));

// The bytes of a text that are a placeholder; empty for none.
struct Placeholder {
    std::size_t begin = 0;
    std::size_t end = 0;

    [[nodiscard]] bool empty() const { return begin == end; }
};

// The first of the first kind that there is; `in_file`: of a text in a server's file, not in a description.
inline Placeholder find_placeholder(std::string_view text, bool in_file) {
    // Nearly no text has such a character, as all marks have.
    if (find_any<'{', '%'>(text, 0) == text.size()) return {};
    for (const PlaceholderMarks& marks : placeholder_marks) {
        if (marks.files_alone && !in_file) continue;
        const std::size_t begin = text.find(marks.open);
        if (begin == std::string_view::npos) continue;
        const std::size_t end = text.find(marks.close, begin + marks.open.size());
        // With nothing between them they are no name.
        if (end == std::string_view::npos || end == begin + marks.open.size()) continue;
        return {.begin = begin, .end = end + marks.close.size()};
    }
    return {};
}

}  // namespace dectprov
