// SPDX-License-Identifier: MIT
#include "diag/quote_line.hpp"

#include "diag/escape.hpp"

#include <algorithm>
#include <cstddef>
#include <string_view>

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

}  // namespace

QuotedPart part_of(const Quote& quote) {
    const std::uint32_t begin = quote.caret_begin;
    const std::uint32_t end = std::max(quote.caret_end, begin);
    const std::uint32_t first = begin > most_before ? begin - most_before : 0;
    const std::uint32_t marked_end = std::min(end, begin + most_marked);
    const std::uint32_t last = marked_end + most_after;

    Piece before;
    Piece marked;
    Piece after;
    if (first > 0) before.add_ellipsis();
    std::uint32_t index = 0;
    for (std::size_t at = 0; at < quote.text.size(); ++index) {
        const CodePoint point = code_point(quote.text, at);
        const std::string_view bytes = std::string_view(quote.text).substr(at, point.length);
        at += point.length;
        if (index < first) continue;
        if (index >= last) {
            after.add_ellipsis();
            break;
        }
        if (index < begin) {
            before.add(bytes, point);
        } else if (index < marked_end) {
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
