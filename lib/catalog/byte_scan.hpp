// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

// Looks for characters in a text eight bytes at a time, for what is asked of every text of a fleet.
namespace dectprov {

namespace byte_scan {

using Word = std::uint64_t;
inline constexpr Word ones = 0x0101'0101'0101'0101;
inline constexpr Word highs = 0x8080'8080'8080'8080;
inline constexpr unsigned char first_graphic = 0x20;  // of ASCII; what is less is a control character

// A mark at each byte of `word` that is less than `limit`, which is at most 0x80. Of the marks the lowest is
// exact; those above it may be wrong.
constexpr Word less_than(Word word, unsigned char limit) { return (word - ones * limit) & ~word & highs; }
constexpr Word equal_to(Word word, char c) {
    return less_than(word ^ ones * static_cast<unsigned char>(c), 1);
}

inline Word word_at(std::string_view text, std::size_t i) {
    Word word = 0;
    std::memcpy(&word, text.data() + i, sizeof word);
    return word;
}

// The place of the first byte from `i` on that `is_wanted` holds for, the size where there is none.
// `marks_of` gives the marks of the wanted bytes of a word. Once a value: without being told, compilers call
// it.
template <typename Marks, typename IsWanted>
[[gnu::always_inline]] inline std::size_t find(std::string_view text, std::size_t i, Marks marks_of,
                                               IsWanted is_wanted) {
    const std::size_t size = text.size();
    if (size >= sizeof(Word) && std::endian::native == std::endian::little) {
        const auto place = [&](Word found) {
            return i + static_cast<std::size_t>(std::countr_zero(found)) / 8;
        };
        for (; i + sizeof(Word) <= size; i += sizeof(Word)) {
            const Word found = marks_of(word_at(text, i));
            if (found != 0) return place(found);
        }
        if (i >= size) return size;
        // The rest is in the last eight bytes. The zeros behind it may be wanted, and are beyond the end.
        const std::size_t last = size - sizeof(Word);
        const Word found = marks_of(word_at(text, last) >> 8 * (i - last));
        return found == 0 ? size : std::min(place(found), size);
    }
    while (i < size && !is_wanted(text[i])) ++i;
    return i;
}

}  // namespace byte_scan

// The place of the first of some characters from `i` on, the size of the text where there is none.
template <char... characters>
[[gnu::always_inline]] inline std::size_t find_any(std::string_view text, std::size_t i) {
    return byte_scan::find(
        text, i, [](byte_scan::Word word) { return (byte_scan::equal_to(word, characters) | ...); },
        [](char c) { return ((c == characters) || ...); });
}

// The same of a control character of ASCII.
inline std::size_t find_control(std::string_view text, std::size_t i) {
    constexpr char delete_character = 0x7f;
    return byte_scan::find(
        text, i,
        [](byte_scan::Word word) {
            return byte_scan::less_than(word, byte_scan::first_graphic) |
                   byte_scan::equal_to(word, delete_character);
        },
        [](char c) {
            return static_cast<unsigned char>(c) < byte_scan::first_graphic || c == delete_character;
        });
}

// The same of a control character or a byte of a character that has several.
inline std::size_t find_unusual(std::string_view text, std::size_t i) {
    return byte_scan::find(
        text, i,
        [](byte_scan::Word word) {
            return byte_scan::less_than(word, byte_scan::first_graphic) | (word & byte_scan::highs);
        },
        [](char c) {
            return static_cast<unsigned char>(c) < byte_scan::first_graphic ||
                   static_cast<unsigned char>(c) >= 0x80;
        });
}

}  // namespace dectprov
