// SPDX-License-Identifier: MIT
// What readers of YAML 1.1 (and of the core schema of 1.2) make of plain scalars: https://yaml.org/type/.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdlib>
#include <limits>

#include "doc/yaml.hpp"

#include "catalog/characters.hpp"

namespace dectprov {
namespace {

bool only(std::string_view text, std::string_view set) {
    return !text.empty() && text.find_first_not_of(set) == std::string_view::npos;
}

std::string without(std::string_view text, char dropped) {
    std::string kept(text);
    std::erase(kept, dropped);
    return kept;
}

std::string lower(std::string_view text) {
    std::string out(text);
    std::ranges::transform(out, out.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
    return out;
}

// "no", "No" or "NO", but not "nO".
bool is_usual_case(std::string_view text, std::string_view folded) {
    if (text == folded) return true;
    const bool rest_lower = text.substr(1) == folded.substr(1);
    const auto is_upper = [](char c) { return c >= 'A' && c <= 'Z'; };
    return rest_lower || std::ranges::all_of(text, is_upper);
}

std::optional<std::string> as_word(std::string_view text) {
    struct Word {
        std::string_view text;
        std::string_view meaning;
    };
    constexpr std::array<Word, 9> words{{{"y", "the boolean true"},
                                         {"yes", "the boolean true"},
                                         {"on", "the boolean true"},
                                         {"true", "the boolean true"},
                                         {"n", "the boolean false"},
                                         {"no", "the boolean false"},
                                         {"off", "the boolean false"},
                                         {"false", "the boolean false"},
                                         {"null", "nothing"}}};
    if (text == "~") return "nothing";
    if (text == "true" || text == "false") return {};
    constexpr std::size_t longest = 5;
    if (text.size() > longest) return {};
    const std::string folded = lower(text);
    const auto* const found = std::ranges::find(words, std::string_view(folded), &Word::text);
    if (found == words.end() || !is_usual_case(text, folded)) return {};
    return std::string(found->meaning);
}

// Digits of `base` as a number; nothing where it is too large to print.
std::optional<std::uint64_t> number(std::string_view digits, unsigned base) {
    std::uint64_t value = 0;
    for (const char c : digits) {
        if (c == '_') continue;
        const auto digit = static_cast<unsigned>(is_digit(c) ? c - '0' : (c | 0x20) - 'a' + 10);
        if (value > (std::numeric_limits<std::uint64_t>::max() - digit) / base) return {};
        value = value * base + digit;
    }
    return value;
}

std::string said(std::string_view sign, std::optional<std::uint64_t> value) {
    if (!value) return "a number";
    return fmt::format("the number {}{}", sign == "-" && *value != 0 ? "-" : "", *value);
}

std::optional<std::string> as_sexagesimal(std::string_view sign, std::string_view text) {
    std::uint64_t value = 0;
    std::size_t parts = 0;
    for (std::size_t at = 0; at <= text.size(); ++parts) {
        const std::size_t end = std::min(text.find(':', at), text.size());
        const std::string_view part = text.substr(at, end - at);
        const bool fits =
            at == 0 ? only(part, "0123456789_") && is_digit(part[0]) && part.size() < 10
                    : only(part, "0123456789") && (part.size() == 1 || (part.size() == 2 && part[0] < '6'));
        if (!fits || parts > 4) return {};
        value = value * 60 + number(part, 10).value_or(0);
        at = end + 1;
    }
    if (parts < 2) return {};
    return said(sign, value);
}

std::optional<std::string> as_float(std::string_view text, std::string_view sign, std::string_view rest) {
    const std::string folded = lower(rest);
    if (folded == ".inf") return "an infinite number";
    if (folded == ".nan" && sign.empty()) return "not a number (NaN)";
    const std::size_t e = rest.find_first_of("eE");
    std::string_view mantissa = rest.substr(0, e);
    const std::size_t point = mantissa.find('.');
    if (e == std::string_view::npos && point == std::string_view::npos) return {};
    const std::string_view whole = mantissa.substr(0, point);
    const std::string_view fraction = point == std::string_view::npos ? "" : mantissa.substr(point + 1);
    if (!whole.empty() && (!only(whole, "0123456789_") || !is_digit(whole[0]))) return {};
    if (!fraction.empty() && !only(fraction, "0123456789_")) return {};
    if (whole.empty() && fraction.empty()) return {};
    if (e != std::string_view::npos) {
        std::string_view exponent = rest.substr(e + 1);
        if (!exponent.empty() && (exponent[0] == '+' || exponent[0] == '-')) exponent.remove_prefix(1);
        if (!only(exponent, "0123456789")) return {};
    }
    const std::string plain = without(text, '_');
    const std::string printed = fmt::format("{}", std::strtod(plain.c_str(), nullptr));
    if (printed == text || printed + ".0" == text) return {};
    return "the number " + printed;
}

std::optional<std::string> as_number(std::string_view text) {
    std::string_view rest = text;
    std::string_view sign;
    if (text[0] == '+' || text[0] == '-') {
        sign = text.substr(0, 1);
        rest.remove_prefix(1);
    }
    if (rest.empty()) return {};
    if (rest.starts_with("0b") && only(rest.substr(2), "01_")) return said(sign, number(rest.substr(2), 2));
    if (rest.starts_with("0o") && only(rest.substr(2), "01234567"))
        return said(sign, number(rest.substr(2), 8));
    if (rest.starts_with("0x") && only(rest.substr(2), "0123456789abcdefABCDEF_"))
        return said(sign, number(rest.substr(2), 16));
    if (!is_digit(rest[0]) && rest[0] != '.') return {};
    if (only(rest, "0123456789_")) {
        if (rest.size() > 1 && rest[0] == '0')
            return said(sign, number(rest, only(rest, "01234567_") ? 8 : 10));
        std::string printed = without(text, '_');
        if (sign == "+" || text == "-0") printed.erase(0, 1);
        if (printed == text) return {};
        return "the number " + printed;
    }
    if (rest.find(':') != std::string_view::npos) return as_sexagesimal(sign, rest);
    return as_float(text, sign, rest);
}

// "2024-01-01", and with a time behind it.
std::optional<std::string> as_date(std::string_view text) {
    const auto digits = [&](std::size_t from, std::size_t least, std::size_t most) {
        std::size_t count = 0;
        while (count < most && from + count < text.size() && is_digit(text[from + count])) ++count;
        return count < least ? std::size_t{0} : count;
    };
    if (digits(0, 4, 4) == 0 || text.size() < 8 || text[4] != '-') return {};
    const std::size_t month = digits(5, 1, 2);
    if (month == 0 || 5 + month >= text.size() || text[5 + month] != '-') return {};
    const std::size_t day = digits(6 + month, 1, 2);
    if (day == 0) return {};
    const std::size_t end = 6 + month + day;
    if (end == text.size()) {
        if (month != 2 || day != 2) return {};
        return "the date " + std::string(text);
    }
    const std::size_t hour = end + text.substr(end).find_first_not_of("Tt \t");
    if (hour <= end || digits(hour, 1, 2) == 0 || text.find(':', hour) == std::string_view::npos) return {};
    return "a date with a time";
}

}  // namespace

std::optional<std::string> yaml_1_1_reading(std::string_view scalar) {
    if (scalar.empty()) return "nothing";
    if (std::optional<std::string> word = as_word(scalar)) return word;
    if (std::optional<std::string> found = as_number(scalar)) return found;
    return as_date(scalar);
}

std::string_view first_key(std::string_view text) {
    constexpr std::string_view mark = "\xEF\xBB\xBF";
    if (text.starts_with(mark)) text.remove_prefix(mark.size());
    bool flow = false;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find_first_of("\r\n"), text.size());
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        const std::size_t begin = line.find_first_not_of(line_blanks);
        if (begin == std::string_view::npos || line[begin] == '#' || line[0] == '%') continue;
        std::string_view rest = line.substr(begin);
        // What the document begins with may stand behind its mark.
        if (line.starts_with("---") && (line.size() == 3 || line[3] == ' ' || line[3] == '\t')) {
            rest = line.substr(3);
            rest = trimmed_start(rest, line_blanks);
            if (rest.empty() || rest.front() == '#') continue;
        }
        // The first key of flow style may stand on a line of its own.
        if (rest.starts_with('{') && !flow) {
            flow = true;
            rest.remove_prefix(1);
            rest = trimmed_start(rest, line_blanks);
            if (rest.empty() || rest.front() == '#') continue;
        }
        const char quote = rest[0];
        const bool quoted = quote == '"' || quote == '\'';
        const std::size_t key_end = quoted ? rest.find(quote, 1) : rest.find(':');
        if (key_end == std::string_view::npos) return {};
        const std::string_view behind = rest.substr(quoted ? key_end + 1 : key_end);
        const std::size_t colon = behind.find_first_not_of(line_blanks);
        if (colon == std::string_view::npos || behind[colon] != ':') return {};
        if (!quoted && colon + 1 < behind.size() && behind[colon + 1] != ' ' && behind[colon + 1] != '\t')
            return {};
        std::string_view key = rest.substr(quoted ? 1 : 0, key_end - (quoted ? 1 : 0));
        if (!quoted) key = trimmed_end(key, line_blanks);
        return key;
    }
    return {};
}

}  // namespace dectprov
