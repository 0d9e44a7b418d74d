// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace dectprov {

// How a scalar is written: what yaml-cpp's events do not tell, found by looking at the source.
enum class ScalarStyle : std::uint8_t { plain, single_quoted, double_quoted, block };

struct ScalarExtent {
    std::uint32_t begin;  // without quotes, or of the first character of a block's text
    std::uint32_t end;
    ScalarStyle style;
    bool closed = true;  // false: the closing quote is missing
};

// Of the scalar that stands at `at` and has the value `value`.
ScalarExtent scalar_extent(std::string_view source, std::uint32_t at, std::string_view value);

// Behind the tag and anchor that stand at `at`, and the white space and comments after them.
std::uint32_t skip_properties(std::string_view source, std::uint32_t at);

// "~", "null", "Null" or "NULL" where `text` starts with such a scalar; else empty.
std::string_view null_word(std::string_view text);
// Whether `text` is how nothing is mostly written: then it is not known whether the text is meant. `Null` may
// be a name.
inline bool is_null_word(std::string_view text) { return text == "~" || text == "null"; }

// The character that a text begins to write as two escapes, as JSON does ("\uD83D\uDE00"), of that many
// bytes.
std::optional<std::uint32_t> surrogate_pair(std::string_view text);
inline constexpr std::size_t surrogate_pair_length = 12;

// Whether a comment without a blank behind its '#' follows the plain scalar that ends at `end`: rather the
// rest of the text ("Ward #3").
bool is_cut_off(std::string_view source, std::uint32_t end);

// The first tab among the white space at the beginning of the line of `at`.
std::optional<std::uint32_t> tab_in_indent(std::string_view source, std::uint32_t at);

}  // namespace dectprov
