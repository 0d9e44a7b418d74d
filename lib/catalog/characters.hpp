// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <string_view>

// Kinds of ASCII characters, whatever the locale, and what trims a text by them.
namespace dectprov {

inline constexpr std::string_view line_breaks = "\r\n";
inline constexpr std::string_view line_blanks = " \t";      // within a line
inline constexpr std::string_view white_space = " \t\r\n";  // that of XML, and of YAML between its parts

constexpr bool is_one_of(std::string_view set, char c) { return set.find(c) != std::string_view::npos; }
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_letter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }
constexpr bool is_alphanumeric(char c) { return is_letter(c) || is_digit(c); }
constexpr bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
constexpr bool is_blank(char c) { return c == ' ' || c == '\t'; }
constexpr bool is_white(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

// And at least one.
constexpr bool all_digits(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, is_digit);
}

// Without the characters of `set` at one end or both: a part of the same text, empty where nothing else is in
// it.
constexpr std::string_view trimmed_start(std::string_view text, std::string_view set = white_space) {
    return text.substr(std::min(text.find_first_not_of(set), text.size()));
}

constexpr std::string_view trimmed_end(std::string_view text, std::string_view set = white_space) {
    return text.substr(0, text.find_last_not_of(set) + 1);
}

constexpr std::string_view trimmed(std::string_view text, std::string_view set = white_space) {
    return trimmed_end(trimmed_start(text, set), set);
}

}  // namespace dectprov
