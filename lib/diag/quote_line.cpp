// SPDX-License-Identifier: MIT
#include "diag/quote_line.hpp"

#include "diag/escape.hpp"

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

namespace dectprov {
namespace {

constexpr std::uint32_t most_before = 80;  // code points
constexpr std::uint32_t most_marked = 120;
constexpr std::uint32_t most_after = 60;
constexpr std::string_view ellipsis = "\u2026";

struct Piece {
    std::string text;
    unsigned width = 0;

    void add(std::string_view bytes, const CodePoint& point) {
        const std::size_t size = text.size();
        append_visible(text, bytes);
        // An escaped character is as wide as its escape.
        width += text.size() - size == bytes.size() && point.valid
                     ? display_width(point.value)
                     : static_cast<unsigned>(text.size() - size);
    }
    void add_ellipsis() {
        text += ellipsis;
        ++width;
    }
};

// Which code points of a quote are shown: from `first` up to `last`, marked from the caret's begin.
struct Extent {
    std::uint32_t first;
    std::uint32_t marked_end;
    std::uint32_t last;
};

Extent usual_extent(const Quote& quote) {
    const std::uint32_t begin = quote.caret_begin;
    const std::uint32_t marked_end = std::min(std::max(quote.caret_end, begin), begin + most_marked);
    return {.first = begin > most_before ? begin - most_before : 0,
            .marked_end = marked_end,
            .last = marked_end + most_after};
}

// The columns that each code point takes.
std::vector<unsigned> widths_of(std::string_view text) {
    std::vector<unsigned> widths;
    for (std::size_t at = 0; at < text.size();) {
        const CodePoint point = code_point(text, at);
        Piece piece;
        piece.add(text.substr(at, point.length), point);
        widths.push_back(piece.width);
        at += point.length;
    }
    return widths;
}

// What is marked, with a third of the room before it and the rest behind, where there is so much.
Extent fitting_extent(const Quote& quote, unsigned columns) {
    constexpr unsigned least = 20;
    const std::vector<unsigned> widths = widths_of(quote.text);
    const auto size = static_cast<std::uint32_t>(widths.size());
    const std::uint32_t begin = std::min(quote.caret_begin, size);
    Extent shown{.first = begin, .marked_end = begin, .last = begin};
    unsigned all = 0;
    for (const unsigned width : widths) all += width;
    unsigned room = std::max(columns, least);
    // Both ends may need an ellipsis.
    if (all > room) room -= 2;
    const auto take = [&](std::uint32_t at, unsigned keep) {
        if (widths[at] + keep > room) return false;
        room -= widths[at];
        return true;
    };
    const std::uint32_t end = std::clamp(quote.caret_end, begin, size);
    while (shown.marked_end < end && take(shown.marked_end, 0)) ++shown.marked_end;
    shown.last = shown.marked_end;
    const unsigned behind = all > room ? room - room / 3 : 0;
    while (shown.first > 0 && take(shown.first - 1, behind)) --shown.first;
    if (shown.marked_end < end) return shown;
    while (shown.last < size && take(shown.last, 0)) ++shown.last;
    while (shown.first > 0 && take(shown.first - 1, 0)) --shown.first;
    return shown;
}

}  // namespace

QuotedPart part_of(const Quote& quote, unsigned columns) {
    const Extent shown = columns == 0 ? usual_extent(quote) : fitting_extent(quote, columns);
    Piece before;
    Piece marked;
    Piece after;
    if (shown.first > 0) before.add_ellipsis();
    std::uint32_t index = 0;
    for (std::size_t at = 0; at < quote.text.size(); ++index) {
        const CodePoint point = code_point(quote.text, at);
        const std::string_view bytes = std::string_view(quote.text).substr(at, point.length);
        at += point.length;
        if (index < shown.first) continue;
        if (index >= shown.last) {
            after.add_ellipsis();
            break;
        }
        if (index < quote.caret_begin) {
            before.add(bytes, point);
        } else if (index < shown.marked_end) {
            marked.add(bytes, point);
        } else {
            after.add(bytes, point);
        }
    }
    return {.before = std::move(before.text),
            .marked = std::move(marked.text),
            .after = std::move(after.text),
            .before_width = before.width,
            .marked_width = marked.width};
}

}  // namespace dectprov
