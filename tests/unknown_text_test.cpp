// SPDX-License-Identifier: MIT
#include "doc/unknown_text.hpp"

#include <doctest/doctest.h>

#include <string>

using dectprov::matches;
using dectprov::unknown_text;
using dectprov::without_unknown;

namespace {

// '?' stands for an unknown part.
std::string with_unknown(std::string text) {
    for (std::size_t at = text.find('?'); at != std::string::npos; at = text.find('?', at))
        text.replace(at, 1, unknown_text);
    return text;
}

bool fits(const std::string& text, const std::string& bytes) { return matches(with_unknown(text), bytes); }

}  // namespace

TEST_CASE("an unknown part is any text within its element") {
    CHECK(fits("<a>?</a>", "<a>x</a>"));
    CHECK(fits("<a>?</a>", "<a></a>"));
    CHECK(fits("<a>?a</a>\n", "<a>aaa</a>\n"));
    CHECK(fits("<a>?-?</a><b>?</b>", "<a>1-2-3</a><b></b>"));
    CHECK(
        fits("<a>?"
             "?</a>",
             "<a>12</a>"));
    CHECK(fits("<u>https://?@h/?</u>", "<u>https://p:q@h/1</u>"));
    CHECK_FALSE(fits("<a>?</a>", "<a>x</a><a>y</a>"));
    CHECK_FALSE(fits("<a>?</a>", "<a><b>x</b></a>"));
    CHECK_FALSE(fits("<a>?a</a>", "<a>b</a>"));
    CHECK_FALSE(fits("<a>?-?</a>", "<a>12</a>"));
    CHECK_FALSE(fits("<a>?</a>", "<b>x</b>"));
    CHECK_FALSE(fits("<a>?</a>", "<a>x</a>\n"));
    CHECK_FALSE(fits("<a>aa?</a>", "<a>a</a>"));
}

TEST_CASE("without markup an unknown part may be the rest of the file") {
    CHECK(fits("?\n", "PCS20Ba 90198\n"));
    CHECK(fits("PCS20Ba ?\n", "PCS20Ba 90198\n"));
    CHECK_FALSE(fits("PCS20Bb ?\n", "PCS20Ba 90198\n"));
    CHECK_FALSE(fits("PCS20Ba ?\n", "PCS20Ba 90198"));
}

TEST_CASE("a text without an unknown part is the same bytes") {
    CHECK(fits("<a>x</a>", "<a>x</a>"));
    CHECK_FALSE(fits("<a>x</a>", "<a>y</a>"));
}

TEST_CASE("what is left to be seen is what differs for sure") {
    const auto blanked = without_unknown(with_unknown("<a>\n  <b>?</b>\n  <c>1?</c>\n</a>\n"),
                                         "<a>\n  <b>x</b>\n  <c>2x</c>\n</a>\n");
    CHECK(blanked.text == "<a>\n  <b>***</b>\n  <c>1***</c>\n</a>\n");
    CHECK(blanked.bytes == "<a>\n  <b>***</b>\n  <c>2x</c>\n</a>\n");
}
