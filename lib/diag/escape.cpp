// SPDX-License-Identifier: MIT
#include "diag/escape.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <iterator>

#include "catalog/byte_scan.hpp"
#include "catalog/characters.hpp"
#include "diag/url_name.hpp"

namespace dectprov {
namespace {

struct Range {
    char32_t first;
    char32_t last;
};

// What cannot be seen, looks like a blank, or turns the direction of what follows (text that reads otherwise
// than it is): control and format characters, all blanks but the one of ASCII, the line separators that are
// none of ours, letters that are drawn as nothing, and what is no character at all. Rising.
constexpr auto unseen_ranges = std::to_array<Range>(
    {{0x0000, 0x001f},   {0x007f, 0x00a0},   {0x00ad, 0x00ad},   {0x034f, 0x034f},   {0x0600, 0x0605},
     {0x061c, 0x061c},   {0x06dd, 0x06dd},   {0x070f, 0x070f},   {0x0890, 0x0891},   {0x08e2, 0x08e2},
     {0x115f, 0x1160},   {0x1680, 0x1680},   {0x17b4, 0x17b5},   {0x180e, 0x180e},   {0x2000, 0x200f},
     {0x2028, 0x202f},   {0x205f, 0x206f},   {0x2800, 0x2800},   {0x3000, 0x3000},   {0x3164, 0x3164},
     {0xfeff, 0xfeff},   {0xffa0, 0xffa0},   {0xfff9, 0xfffb},   {0xfffe, 0xffff},   {0x110bd, 0x110bd},
     {0x110cd, 0x110cd}, {0x13430, 0x1343f}, {0x1bca0, 0x1bca3}, {0x1d173, 0x1d17a}, {0xe0000, 0xe007f}});

constexpr auto zero_width_ranges = std::to_array<Range>({{0x0300, 0x036f},
                                                         {0x0483, 0x0489},
                                                         {0x0591, 0x05bd},
                                                         {0x064b, 0x065f},
                                                         {0x0e34, 0x0e3a},
                                                         {0x0e47, 0x0e4e},
                                                         {0x1ab0, 0x1aff},
                                                         {0x1dc0, 0x1dff},
                                                         {0x200b, 0x200d},
                                                         {0x20d0, 0x20ff},
                                                         {0xfe00, 0xfe0f},
                                                         {0xfe20, 0xfe2f}});

// East Asian wide and full width characters, and the pictures.
constexpr auto wide_ranges = std::to_array<Range>({{0x1100, 0x115f},
                                                   {0x2e80, 0x303e},
                                                   {0x3041, 0xa4cf},
                                                   {0xa960, 0xa97c},
                                                   {0xac00, 0xd7a3},
                                                   {0xf900, 0xfaff},
                                                   {0xfe30, 0xfe6f},
                                                   {0xff00, 0xff60},
                                                   {0xffe0, 0xffe6},
                                                   {0x1f300, 0x1f64f},
                                                   {0x1f680, 0x1f6ff},
                                                   {0x1f900, 0x1f9ff},
                                                   {0x20000, 0x3fffd}});

template <std::size_t N>
bool holds(const std::array<Range, N>& ranges, char32_t value) {
    return std::ranges::any_of(
        ranges, [&](const Range& range) { return value >= range.first && value <= range.last; });
}

bool is_unseen(char32_t value) {
    if (value >= 0x20 && value < 0x7f) return false;
    const auto range = std::ranges::lower_bound(unseen_ranges, value, {}, &Range::last);
    return range != unseen_ranges.end() && value >= range->first;
}

unsigned char byte_at(std::string_view text, std::size_t at) { return static_cast<unsigned char>(text[at]); }

// Of the shape that a first byte promises: its length, the bits it gives, the least value of that length.
struct Lead {
    unsigned char length;
    char32_t bits;
    char32_t least;
};

Lead lead_of(unsigned char byte) {
    if (byte < 0x80) return {.length = 1, .bits = byte, .least = 0};
    if (byte >= 0xc2 && byte <= 0xdf) return {.length = 2, .bits = byte & 0x1fU, .least = 0x80};
    if (byte >= 0xe0 && byte <= 0xef) return {.length = 3, .bits = byte & 0x0fU, .least = 0x800};
    if (byte >= 0xf0 && byte <= 0xf4) return {.length = 4, .bits = byte & 0x07U, .least = 0x10000};
    return {.length = 0, .bits = 0, .least = 0};
}

// "##[error]" of GitHub, "##vso[task.setvariable …]" of Azure Pipelines, "##teamcity[…]".
bool begins_command_anywhere(std::string_view text, std::size_t at) {
    constexpr std::string_view mark = "##";
    if (text[at] != mark.front()) return false;
    const std::string_view rest = text.substr(at);
    if (!rest.starts_with(mark)) return false;
    const auto behind = std::find_if_not(rest.begin() + mark.size(), rest.end(), is_letter);
    return behind != rest.end() && *behind == '[';
}

// Of GitHub and of those who took it over: "::error::…".
constexpr std::string_view line_command = "::";
constexpr std::string_view blanks = " \t";

// What is put in place of an ASCII character; nothing for most.
using Replacements = std::array<std::string_view, 128>;

struct Replacement {
    char character;
    std::string_view text;
};

template <std::size_t N>
constexpr Replacements table_of(const Replacement (&list)[N]) {
    Replacements table = {};
    for (const Replacement& each : list) table.at(static_cast<unsigned char>(each.character)) = each.text;
    return table;
}

constexpr Replacements no_replacements = {};
constexpr Replacements markup_replacements =
    table_of({{'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}, {'"', "&quot;"}, {'\'', "&#39;"}});
// Of '@' the hosts make a mention.
constexpr Replacements markdown_replacements = table_of({{'&', "&amp;"},
                                                         {'<', "&lt;"},
                                                         {'>', "&gt;"},
                                                         {'\\', "\\\\"},
                                                         {'|', "\\|"},
                                                         {'`', "\\`"},
                                                         {'*', "\\*"},
                                                         {'_', "\\_"},
                                                         {'~', "\\~"},
                                                         {'[', "\\["},
                                                         {']', "\\]"},
                                                         {'#', "\\#"},
                                                         {'$', "\\$"},
                                                         {'!', "\\!"},
                                                         {'@', "&#64;"}});

// Visible text, with its replacements. Most of a text is plain, and is copied in runs.
void append_replaced(std::string& out, std::string_view text, const Replacements& replacements) {
    const auto is_plain = [&](std::size_t at) {
        const unsigned char byte = byte_at(text, at);
        return byte >= 0x20 && byte < 0x7f && replacements[byte].empty() &&
               !begins_command_anywhere(text, at);
    };
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = at;
        while (end < text.size() && is_plain(end)) ++end;
        out += text.substr(at, end - at);
        at = end;
        if (at == text.size()) return;
        const CodePoint point = code_point(text, at);
        if (!point.valid || is_unseen(point.value)) {
            append_escape(out, point);
        } else if (point.length == 1) {
            const std::string_view replacement = replacements[byte_at(text, at)];
            out += replacement;
            if (replacement.empty()) append_escape(out, point);
        } else {
            out += text.substr(at, point.length);
        }
        at += point.length;
    }
}

std::string_view json_escape(unsigned char byte) {
    switch (byte) {
        case '"':
            return "\\\"";
        case '\\':
            return "\\\\";
        case '\n':
            return "\\n";
        case '\r':
            return "\\r";
        case '\t':
            return "\\t";
        default:
            return {};
    }
}

// Beyond the first plane in two halves.
void append_json_escape(std::string& out, char32_t value) {
    constexpr char32_t planes = 0x10000;
    const auto append = [&](char32_t unit) {
        fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<unsigned>(unit));
    };
    if (value < planes) {
        append(value);
        return;
    }
    append(0xd800U + ((value - planes) >> 10U));
    append(0xdc00U + ((value - planes) & 0x3ffU));
}

// The place from `at` on that may not stand in a text of JSON as it is, the size where there is none.
std::size_t find_special_json(std::string_view text, std::size_t at) {
    constexpr char mark = '#';
    const auto find = [&] {
        return byte_scan::find(
            text, at,
            [](byte_scan::Word word) {
                return byte_scan::less_than(word, byte_scan::first_graphic) | (word & byte_scan::highs) |
                       byte_scan::equal_to(word, '"') | byte_scan::equal_to(word, '\\') |
                       byte_scan::equal_to(word, '\x7f') | byte_scan::equal_to(word, mark);
            },
            [](char c) {
                const auto byte = static_cast<unsigned char>(c);
                return byte < byte_scan::first_graphic || byte >= 0x7f || c == '"' || c == '\\' || c == mark;
            });
    };
    at = find();
    while (at < text.size() && text[at] == mark && !begins_command_anywhere(text, at)) {
        ++at;
        at = find();
    }
    return at;
}

}  // namespace

void append_escape(std::string& out, const CodePoint& point) {
    if (!point.valid || point.value < 0x80) {
        fmt::format_to(std::back_inserter(out), "\\x{:02x}", static_cast<unsigned>(point.value));
        return;
    }
    fmt::format_to(std::back_inserter(out), "\\u{{{:x}}}", static_cast<unsigned>(point.value));
}

CodePoint code_point(std::string_view text, std::size_t at) {
    const unsigned char first = byte_at(text, at);
    const CodePoint bad = {.value = first, .length = 1, .valid = false};
    const Lead lead = lead_of(first);
    if (lead.length == 0 || at + lead.length > text.size()) return bad;
    char32_t value = lead.bits;
    for (std::size_t i = 1; i < lead.length; ++i) {
        const unsigned char next = byte_at(text, at + i);
        if ((next & 0xc0U) != 0x80U) return bad;
        value = (value << 6U) | (next & 0x3fU);
    }
    const bool is_surrogate = value >= 0xd800 && value <= 0xdfff;
    if (value < lead.least || is_surrogate || value > 0x10ffff) return bad;
    return {.value = value, .length = lead.length, .valid = true};
}

unsigned display_width(char32_t value) {
    if (value < 0x0300) return 1;
    if (holds(zero_width_ranges, value)) return 0;
    return holds(wide_ranges, value) ? 2 : 1;
}

void append_visible(std::string& out, std::string_view text) { append_replaced(out, text, no_replacements); }

std::string visible(std::string_view text) {
    std::string out;
    append_visible(out, text);
    return out;
}

void append_visible_line(std::string& out, std::string_view line) {
    const std::size_t first = std::min(line.find_first_not_of(blanks), line.size());
    if (line.substr(first).starts_with(line_command)) {
        append_visible(out, line.substr(0, first));
        append_escape(out, code_point(line, first));
        line.remove_prefix(first + 1);
    }
    append_visible(out, line);
}

std::string visible_line(std::string_view line) {
    std::string out;
    append_visible_line(out, line);
    return out;
}

bool begins_command(std::string_view text, std::size_t at, std::size_t line) {
    if (!text.substr(at).starts_with(line_command)) return begins_command_anywhere(text, at);
    return text.substr(line, at - line).find_first_not_of(blanks) == std::string_view::npos;
}

void append_json(std::string& out, std::string_view text) {
    out += '"';
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = find_special_json(text, at);
        out += text.substr(at, end - at);
        at = end;
        if (at == text.size()) break;
        const CodePoint point = code_point(text, at);
        const std::string_view escape = json_escape(byte_at(text, at));
        if (!point.valid) {
            out += "\xef\xbf\xbd";
        } else if (!escape.empty()) {
            out += escape;
        } else if (is_unseen(point.value) || point.length == 1) {
            append_json_escape(out, point.value);
        } else {
            out += text.substr(at, point.length);
        }
        at += point.length;
    }
    out += '"';
}

void append_markup(std::string& out, std::string_view text) {
    append_replaced(out, text, markup_replacements);
}

void append_markdown(std::string& out, std::string_view text) {
    append_replaced(out, text, markdown_replacements);
}

void append_uri(std::string& out, std::string_view path) {
    // What is a URL has its own percent signs, and colons behind scheme and host.
    const std::string_view also_plain = is_url(path) ? "-._~/!$&'()*+,;=@:%[]" : "-._~/!$&'()*+,;=@";
    if (path.starts_with("/")) out += "file://";
    for (const char character : path) {
        const auto byte = static_cast<unsigned char>(character);
        const bool is_plain = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
                              (byte >= '0' && byte <= '9') ||
                              also_plain.find(character) != std::string_view::npos;
        if (is_plain) {
            out += character;
        } else {
            fmt::format_to(std::back_inserter(out), "%{:02X}", static_cast<unsigned>(byte));
        }
    }
}

void append_number(std::string& out, std::uint64_t number) {
    std::array<char, 20> digits = {};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    out.append(digits.data(), end);
}

}  // namespace dectprov
