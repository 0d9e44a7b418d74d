// SPDX-License-Identifier: MIT
#include "doc/yaml_scalar.hpp"

#include <algorithm>
#include <array>

#include "catalog/characters.hpp"
#include "doc/yaml.hpp"

namespace dectprov {
namespace {

// So many bytes of the source are so many bytes of the value.
struct Unit {
    std::size_t source;
    std::size_t value;
};

std::size_t utf8_length(std::uint32_t code) {
    if (code < 0x80) return 1;
    if (code < 0x800) return 2;
    return code < 0x10000 ? 3 : 4;
}

std::uint32_t hex_value(std::string_view digits) {
    std::uint32_t value = 0;
    for (const char c : digits) {
        const std::size_t digit = std::string_view("0123456789abcdef").find(static_cast<char>(c | 0x20));
        value = value * 16 + static_cast<std::uint32_t>(digit == std::string_view::npos ? 0 : digit);
    }
    return value;
}

// `source` starts with a backslash in double quotes.
Unit escape(std::string_view source) {
    if (source.size() < 2) return {.source = source.size(), .value = 0};
    const char letter = source[1];
    if (is_one_of(line_breaks, letter)) {
        const std::size_t end = std::min(source.find_first_not_of(white_space, 1), source.size());
        return {.source = end, .value = 0};
    }
    if (const std::optional<std::uint32_t> pair = surrogate_pair(source))
        return {.source = surrogate_pair_length, .value = utf8_length(*pair)};
    constexpr std::string_view hex = "xuU";
    constexpr std::array<std::size_t, 3> digits{2, 4, 8};
    if (const std::size_t kind = hex.find(letter); kind != std::string_view::npos) {
        const std::string_view code = source.substr(2, digits[kind]);
        return {.source = 2 + code.size(), .value = utf8_length(hex_value(code))};
    }
    if (is_one_of("N_", letter)) return {.source = 2, .value = 2};
    if (is_one_of("LP", letter)) return {.source = 2, .value = 3};
    return {.source = 2, .value = 1};
}

// What comes next of both; nothing where they do not go together. White space folds: it is matched as far as
// it is equal, a line break is a blank of the value, and what is left of it in the source is skipped.
std::optional<Unit> step(std::string_view source, std::string_view value, ScalarStyle style) {
    if (source.empty()) return {};
    if (style == ScalarStyle::double_quoted && source.front() == '\\') return escape(source);
    if (style == ScalarStyle::single_quoted && source.starts_with("''")) return Unit{.source = 2, .value = 1};
    if (!value.empty() && source.front() == value.front()) return Unit{.source = 1, .value = 1};
    if (!is_one_of(white_space, source.front())) return {};
    const bool folded = !value.empty() && value.front() == ' ' && is_one_of(line_breaks, source.front());
    return Unit{.source = 1, .value = folded ? 1U : 0U};
}

// The offset in `source` behind the part that yields all of `value`.
std::size_t walk(std::string_view source, std::string_view value, ScalarStyle style) {
    std::size_t s = 0;
    std::size_t v = 0;
    while (v < value.size()) {
        const std::optional<Unit> unit = step(source.substr(s), value.substr(v), style);
        if (!unit) break;
        s += unit->source;
        v += unit->value;
    }
    return s;
}

std::size_t closing_quote(std::string_view source, std::size_t from, char quote) {
    for (std::size_t i = from; i < source.size(); ++i) {
        if (quote == '"' && source[i] == '\\') {
            ++i;
            continue;
        }
        if (source[i] != quote) continue;
        if (quote == '"' || i + 1 == source.size() || source[i + 1] != quote) return i;
        ++i;
    }
    return std::string_view::npos;
}

ScalarExtent extent(std::size_t begin, std::size_t end, ScalarStyle style, bool closed = true) {
    return {.begin = static_cast<std::uint32_t>(begin),
            .end = static_cast<std::uint32_t>(end),
            .style = style,
            .closed = closed};
}

ScalarExtent block_extent(std::string_view source, std::uint32_t at, std::string_view value) {
    const std::size_t first = value.find_first_not_of(white_space);
    const std::size_t line_end = std::min(source.find_first_of(line_breaks, at), source.size());
    const std::size_t begin = source.find_first_not_of(white_space, line_end);
    if (first == std::string_view::npos || begin == std::string_view::npos)
        return extent(at, at + 1, ScalarStyle::block);
    const std::string_view text = value.substr(first, value.find_last_not_of(white_space) + 1 - first);
    return extent(begin, begin + walk(source.substr(begin), text, ScalarStyle::block), ScalarStyle::block);
}

}  // namespace

ScalarExtent scalar_extent(std::string_view source, std::uint32_t at, std::string_view value) {
    if (at >= source.size()) return extent(source.size(), source.size(), ScalarStyle::plain);
    const char first = source[at];
    if (first == '"' || first == '\'') {
        const ScalarStyle style = first == '"' ? ScalarStyle::double_quoted : ScalarStyle::single_quoted;
        const std::size_t end = closing_quote(source, at + 1, first);
        if (end == std::string_view::npos) return extent(at + 1, source.size(), style, false);
        return extent(at + 1, end, style);
    }
    if (first == '|' || first == '>') return block_extent(source, at, value);
    if (source.substr(at).starts_with(value)) return extent(at, at + value.size(), ScalarStyle::plain);
    return extent(at, at + walk(source.substr(at), value, ScalarStyle::plain), ScalarStyle::plain);
}

std::uint32_t skip_properties(std::string_view source, std::uint32_t at) {
    std::size_t i = at;
    bool any = false;
    while (i < source.size()) {
        if (source[i] == '&' || source[i] == '!') {
            any = true;
            if (source.substr(i).starts_with("!<")) i = std::min(source.find('>', i), source.size() - 1) + 1;
            i = std::min(source.find_first_of(" \t\r\n,[]{}", i), source.size());
        } else if (any && is_one_of(white_space, source[i])) {
            i = std::min(source.find_first_not_of(white_space, i), source.size());
        } else if (any && source[i] == '#') {
            i = std::min(source.find_first_of(line_breaks, i), source.size());
        } else {
            break;
        }
    }
    return static_cast<std::uint32_t>(i);
}

std::string_view null_word(std::string_view text) {
    for (const std::string_view word : {"~", "null", "Null", "NULL"}) {
        if (!text.starts_with(word)) continue;
        // A plain scalar of this text ends here: at white space, a ':' or an indicator of a flow.
        if (text.size() == word.size() || is_one_of(" \t\r\n,[]{}:", text[word.size()]))
            return text.substr(0, word.size());
    }
    return {};
}

std::optional<std::uint32_t> surrogate_pair(std::string_view text) {
    constexpr std::size_t half = surrogate_pair_length / 2;
    constexpr std::size_t digits = 4;
    std::array<std::uint32_t, 2> units{};
    for (std::size_t i = 0; i != units.size(); ++i) {
        const std::string_view unit = text.substr(std::min(i * half, text.size()), half);
        if (unit.size() != half || !unit.starts_with("\\u")) return {};
        const std::string_view hex = unit.substr(half - digits);
        if (hex.find_first_not_of("0123456789abcdefABCDEF") != std::string_view::npos) return {};
        units[i] = hex_value(hex);
    }
    if (units[0] < 0xD800 || units[0] > 0xDBFF || units[1] < 0xDC00 || units[1] > 0xDFFF) return {};
    return 0x10000 + ((units[0] - 0xD800) << 10U) + (units[1] - 0xDC00);
}

bool is_cut_off(std::string_view source, std::uint32_t end) {
    const std::size_t mark = std::min(source.find_first_not_of(line_blanks, end), source.size());
    if (mark == end || mark + 1 >= source.size() || source[mark] != '#') return false;
    const std::string_view comment = source.substr(mark + 1);
    // A row of '#', and what is said to this program.
    return !is_one_of(" \t\r\n#", comment.front()) && !comment.starts_with("dectprov-");
}

std::optional<std::uint32_t> tab_in_indent(std::string_view source, std::uint32_t at) {
    const std::size_t before = source.substr(0, at).find_last_of(line_breaks);
    const std::size_t line = before == std::string_view::npos ? 0 : before + 1;
    const std::size_t text = std::min(source.find_first_not_of(line_blanks, line), source.size());
    const std::size_t tab = source.substr(0, text).find('\t', line);
    if (tab == std::string_view::npos) return {};
    return static_cast<std::uint32_t>(tab);
}

Span scalar_span(const SourceSet& sources, const Yaml::Node& scalar, std::size_t offset, std::size_t length) {
    const Span whole = scalar.span;
    if (scalar.aliased) return whole;
    const std::string_view source = sources.text(whole.file);
    const std::string_view written = sources.text(whole);
    const std::string_view value = scalar.text;
    if (written == value) {
        const auto begin = static_cast<std::uint32_t>(std::min(offset, value.size()));
        const auto end = static_cast<std::uint32_t>(std::min(offset + length, value.size()));
        return {.file = whole.file, .begin = whole.begin + begin, .end = whole.begin + end};
    }
    ScalarStyle style = ScalarStyle::plain;
    if (whole.begin > 0 && source[whole.begin - 1] == '"') style = ScalarStyle::double_quoted;
    if (whole.begin > 0 && source[whole.begin - 1] == '\'') style = ScalarStyle::single_quoted;

    std::size_t v = 0;
    // The span of a block starts at its first character that is no white space.
    while (style == ScalarStyle::plain && v < value.size() && is_one_of(white_space, value[v])) ++v;
    std::size_t s = 0;
    std::optional<std::size_t> begin;
    while (true) {
        // A piece that yields nothing (a fold's rest, an escaped line break) belongs to what is before it.
        if (v >= offset && !begin) begin = s;
        if (begin && v >= offset + length) break;
        const std::optional<Unit> unit =
            step(written.substr(s), value.substr(std::min(v, value.size())), style);
        if (!unit) return whole;
        if (v + unit->value > offset && !begin) begin = s;
        if (begin && v == offset && unit->value == 0 && length > 0) begin = s + unit->source;
        s += unit->source;
        v += unit->value;
    }
    return {.file = whole.file,
            .begin = whole.begin + static_cast<std::uint32_t>(*begin),
            .end = whole.begin + static_cast<std::uint32_t>(s)};
}

}  // namespace dectprov
