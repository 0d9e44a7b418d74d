// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <random>
#include <string>

#include "catalog/byte_scan.hpp"

using namespace dectprov;

namespace {

template <typename IsWanted>
std::size_t plainly(const std::string& text, std::size_t from, IsWanted is_wanted) {
    const auto at = std::find_if(text.begin() + static_cast<std::ptrdiff_t>(from), text.end(), is_wanted);
    return static_cast<std::size_t>(at - text.begin());
}

}  // namespace

TEST_CASE("characters are found at the place where a look at each byte finds them") {
    // Those that are near to the wanted ones, so that a mark too many would show.
    constexpr std::array bytes{'<',
                               '=',
                               ';',
                               '&',
                               '\'',
                               '%',
                               '\r',
                               '\0',
                               '\1',
                               '\t',
                               '\x1f',
                               ' ',
                               '!',
                               '~',
                               '\x7f',
                               'a',
                               '\n',
                               static_cast<char>(0x80),
                               '{',
                               '*',
                               static_cast<char>(0xff),
                               static_cast<char>(0xa0)};
    std::mt19937 random(20261130);
    const auto control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
    const auto unusual = [](char c) {
        return static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) >= 0x80;
    };
    for (int round = 0; round < 20'000; ++round) {
        std::string text(random() % 40, 'a');
        // Few of them, or many.
        const std::size_t rarity = 1 + random() % 20;
        for (char& c : text) {
            if (random() % rarity == 0) c = bytes[random() % bytes.size()];
        }
        for (std::size_t from = 0; from <= text.size(); ++from) {
            CAPTURE(text);
            CAPTURE(from);
            REQUIRE(find_any<'<', '&', '\r'>(text, from) ==
                    plainly(text, from, [](char c) { return c == '<' || c == '&' || c == '\r'; }));
            REQUIRE(find_any<'\0'>(text, from) == plainly(text, from, [](char c) { return c == '\0'; }));
            REQUIRE(find_control(text, from) == plainly(text, from, control));
            REQUIRE(find_unusual(text, from) == plainly(text, from, unusual));
        }
    }
}
