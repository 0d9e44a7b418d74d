// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "diag/escape.hpp"
#include "diag/quote_line.hpp"

using dectprov::part_of;
using dectprov::Quote;
using dectprov::QuotedPart;

namespace {

unsigned width_of(const std::string& text) {
    unsigned width = 0;
    for (std::size_t at = 0; at < text.size();) {
        const dectprov::CodePoint point = dectprov::code_point(text, at);
        width += dectprov::display_width(point.value);
        at += point.length;
    }
    return width;
}

}  // namespace

TEST_CASE("a quoted line fits the columns of a terminal, with the caret under its character") {
    std::string wide;
    for (int i = 0; i < 60; ++i) wide += i % 3 == 0 ? "\u96fb" : "x";
    for (const std::string& text : {std::string(150, 'x'), wide}) {
        const std::size_t size = text.size() == 150 ? 150 : 60;
        for (std::uint32_t begin = 0; begin < size; begin += 7) {
            const Quote quote{.text = text, .caret_begin = begin, .caret_end = begin + 3};
            for (const unsigned columns : {20U, 33U, 76U, 200U}) {
                const QuotedPart part = part_of(quote, columns);
                CAPTURE(begin);
                CAPTURE(columns);
                CHECK(width_of(part.before + part.marked + part.after) <= columns);
                CHECK(width_of(part.before) == part.before_width);
                CHECK(width_of(part.marked) == part.marked_width);
                CHECK(part.marked_width >= 3);
            }
        }
    }
}

TEST_CASE("a line that fits is shown whole") {
    const Quote quote{.text = "<username>\u00d8st</username>", .caret_begin = 10, .caret_end = 13};
    const QuotedPart part = part_of(quote, 40);
    CHECK(part.before + "|" + part.marked + "|" + part.after == "<username>|\u00d8st|</username>");
}

TEST_CASE("what is marked and wider than the terminal is cut off") {
    const Quote quote{.text = std::string(100, 'x'), .caret_begin = 2, .caret_end = 98};
    const QuotedPart part = part_of(quote, 30);
    CHECK(part.before == "\u2026");
    CHECK(part.marked == std::string(28, 'x'));
    CHECK(part.after == "\u2026");
}
