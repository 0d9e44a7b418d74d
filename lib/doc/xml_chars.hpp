// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace dectprov {

struct CodePoint {
    std::uint32_t code;
    std::size_t length;  // bytes
};

// The character at `i` of a text that is UTF-8.
constexpr CodePoint code_point_at(std::string_view text, std::size_t i) {
    const auto byte = [&](std::size_t k) -> std::uint32_t {
        return i + k < text.size() ? static_cast<unsigned char>(text[i + k]) : 0U;
    };
    const std::uint32_t first = byte(0);
    if (first < 0xc0) return {.code = first, .length = 1};
    if (first < 0xe0) return {.code = (first & 0x1fU) << 6U | (byte(1) & 0x3fU), .length = 2};
    if (first < 0xf0) {
        return {.code = (first & 0x0fU) << 12U | (byte(1) & 0x3fU) << 6U | (byte(2) & 0x3fU), .length = 3};
    }
    return {.code = (first & 0x07U) << 18U | (byte(1) & 0x3fU) << 12U | (byte(2) & 0x3fU) << 6U |
                    (byte(3) & 0x3fU),
            .length = 4};
}

struct CodeRange {
    std::uint32_t first;
    std::uint32_t last;
};

// XML 1.0, fifth edition, productions 2, 4 and 4a.
inline constexpr std::array<CodeRange, 5> xml_characters{
    {{0x9, 0xa}, {0xd, 0xd}, {0x20, 0xd7ff}, {0xe000, 0xfffd}, {0x10000, 0x10ffff}}};
inline constexpr std::array<CodeRange, 16> xml_name_starts{{{':', ':'},
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
inline constexpr std::array<CodeRange, 6> xml_name_others{
    {{'-', '-'}, {'.', '.'}, {'0', '9'}, {0xb7, 0xb7}, {0x300, 0x36f}, {0x203f, 0x2040}}};

template <std::size_t size>
constexpr bool is_in(const std::array<CodeRange, size>& ranges, std::uint32_t code) {
    for (const CodeRange& range : ranges) {
        if (code >= range.first && code <= range.last) return true;
    }
    return false;
}

constexpr bool is_xml_character(std::uint32_t code) { return is_in(xml_characters, code); }
constexpr bool is_name_start(std::uint32_t code) { return is_in(xml_name_starts, code); }
constexpr bool is_name_character(std::uint32_t code) {
    return is_name_start(code) || is_in(xml_name_others, code);
}

}  // namespace dectprov
