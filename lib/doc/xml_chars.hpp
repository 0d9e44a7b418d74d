// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>

namespace dectprov {

struct XmlRange {
    char32_t first;
    char32_t last;
};

// XML 1.0, fifth edition, productions 2, 4 and 4a.
inline constexpr std::array<XmlRange, 5> xml_characters{
    {{0x9, 0xa}, {0xd, 0xd}, {0x20, 0xd7ff}, {0xe000, 0xfffd}, {0x10000, 0x10ffff}}};
inline constexpr std::array<XmlRange, 16> xml_name_starts{{{':', ':'},
                                                           {'A', 'Z'},
                                                           {'_', '_'},
                                                           {'a', 'z'},
                                                           {0xc0, 0xd6},
                                                           {0xd8, 0xf6},
                                                           {0xf8, 0x2ff},
                                                           {0x370, 0x37d},
                                                           {0x37f, 0x1fff},
                                                           {0x200c, 0x200d},
                                                           {0x2070, 0x218f},
                                                           {0x2c00, 0x2fef},
                                                           {0x3001, 0xd7ff},
                                                           {0xf900, 0xfdcf},
                                                           {0xfdf0, 0xfffd},
                                                           {0x10000, 0xeffff}}};
inline constexpr std::array<XmlRange, 6> xml_name_others{
    {{'-', '-'}, {'.', '.'}, {'0', '9'}, {0xb7, 0xb7}, {0x300, 0x36f}, {0x203f, 0x2040}}};

template <std::size_t size>
constexpr bool is_in(const std::array<XmlRange, size>& ranges, char32_t code) {
    return std::ranges::any_of(
        ranges, [code](const XmlRange& range) { return code >= range.first && code <= range.last; });
}

constexpr bool is_xml_character(char32_t code) { return is_in(xml_characters, code); }
constexpr bool is_name_start(char32_t code) { return is_in(xml_name_starts, code); }
constexpr bool is_name_character(char32_t code) {
    return is_name_start(code) || is_in(xml_name_others, code);
}

}  // namespace dectprov
