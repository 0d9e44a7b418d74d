// SPDX-License-Identifier: MIT
#include "catalog/value_checks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "catalog/catalog.hpp"
#include "catalog/value_forms.hpp"

namespace dectprov {
namespace {

constexpr std::array<std::string_view, 2> boolean_words{"true", "false"};
constexpr std::array<std::string_view, 4> protocol_marks{"ftp://", "tftp://", "http://", "https://"};

ValueFault whole(Fault fault, std::string_view value, std::string expected, std::string help = {}) {
    return {.fault = fault,
            .begin = 0,
            .end = value.size(),
            .expected = std::move(expected),
            .help = std::move(help)};
}

ValueFault at_character(Fault fault, std::string_view value, std::size_t begin, std::string expected,
                        std::string help = {}) {
    return {.fault = fault,
            .begin = begin,
            .end = character_end(value, begin),
            .expected = std::move(expected),
            .help = std::move(help)};
}

std::string offer(std::string_view value, std::span<const std::string_view> candidates) {
    const auto near = nearest(value, candidates);
    return near ? fmt::format("did you mean '{}'?", *near) : std::string();
}

bool is_integer(std::string_view text) {
    if (text.starts_with('-')) text.remove_prefix(1);
    return all_digits(text);
}

constexpr std::array<bool, 256> sip_name_bytes = [] {
    std::array<bool, 256> table{};
    for (std::size_t byte = 0; byte < table.size(); ++byte) {
        const char c = static_cast<char>(byte);
        table[byte] = is_digit(c) || is_letter(c) ||
                      std::string_view("-_.!~*()&=+$,;?/").find(c) != std::string_view::npos;
    }
    return table;
}();

bool is_of_sip_name(char c) { return sip_name_bytes[static_cast<unsigned char>(c)]; }

// The nearest protocol, where the one that stands there is none.
std::string url_help(std::string_view value) {
    const auto mark = value.find("://");
    // "https//h", which has lost its colon.
    const auto slashes = value.find("//");
    if (mark == std::string_view::npos && slashes != std::string_view::npos)
        return offer(fmt::format("{}://", value.substr(0, slashes)), protocol_marks);
    if (mark == std::string_view::npos || parse_url(fmt::format("{}://host", value.substr(0, mark))))
        return {};
    return offer(value.substr(0, mark + 3), protocol_marks);
}

// What a spreadsheet or a handset's menu makes of an IPEI, and which IPEI is meant.
std::string ipei_help(std::string_view value) {
    constexpr std::size_t psn_digits = 7;
    constexpr std::size_t most_digits = 12;
    constexpr std::size_t fewest_digits = 8;
    const auto ipei = [](std::uint64_t emc, std::uint64_t psn) {
        const std::string text = fmt::format("{:05} {:07}", emc, psn);
        return parse_ipei(text) ? text : std::string();
    };
    const auto number = [](std::string_view digits, int base) {
        std::uint64_t result = 0;
        std::from_chars(digits.data(), digits.data() + digits.size(), result, base);
        return result;
    };
    const bool short_form = value.find_first_of("eE") != std::string_view::npos &&
                            value.find_first_not_of("0123456789.,+eE") == std::string_view::npos &&
                            is_digit(value.front()) && value.find('+') != std::string_view::npos;
    if (short_form)
        return "a spreadsheet has shortened this number, and its last digits are lost; format the column as "
               "text and type the IPEI again";
    std::string digits(value);
    if (digits.size() > psn_digits && digits[digits.size() - psn_digits - 1] == ' ')
        digits.erase(digits.size() - psn_digits - 1, 1);
    if (all_digits(digits) && digits.front() != '0' && digits.size() >= fewest_digits &&
        digits.size() < most_digits) {
        const std::size_t emc = digits.size() - psn_digits;
        const std::string meant = ipei(number(digits.substr(0, emc), 10), number(digits.substr(emc), 10));
        return meant.empty()
                   ? meant
                   : fmt::format("leading zeros are lost, as in a spreadsheet; the IPEI is {}", meant);
    }
    // IPUI type N (EN 300 175-6, 6.2): four bits of 0, the EMC in 16 bits, the PSN in 20.
    constexpr std::size_t ipui_digits = 10;
    const bool hex = value.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
    if (!hex || value.size() != ipui_digits || value.front() != '0') return {};
    const std::string meant = ipei(number(value.substr(1, 4), 16), number(value.substr(5), 16));
    return meant.empty()
               ? meant
               : fmt::format("this is the IPUI of a handset, in hexadecimal; its IPEI is {}", meant);
}

}  // namespace

std::optional<ValueFault> check_length(const ValueType& type, std::string_view value) {
    // No text has more characters than bytes, so most values are not counted.
    if (type.longest == 0 || value.size() <= type.longest || characters(value) <= type.longest) return {};
    const std::string_view unit = type.kind == Kind::digits ? "digits" : "characters";
    return whole(Fault::length, value, fmt::format("at most {} {}", type.longest, unit));
}

std::optional<ValueFault> check_boolean(const ValueType& type, std::string_view value) {
    if (value == "true" || value == "false") return {};
    if (value == ">true" || value == ">false") {
        return whole(Fault::type, value, describe(type),
                     fmt::format("write {}: the extra > is damage from the page layout of the guide, whose "
                                 "examples print >>true< instead of >true<",
                                 value.substr(1)));
    }
    return whole(Fault::type, value, describe(type), offer(value, boolean_words));
}

std::optional<ValueFault> check_integer(const ValueType& type, std::string_view value) {
    if (!is_integer(value)) return whole(Fault::type, value, describe(type));
    std::int64_t number = 0;
    const auto read = std::from_chars(value.data(), value.data() + value.size(), number);
    if (read.ec == std::errc::result_out_of_range) {
        // Where the type has no limit on this side, the machines have.
        const bool limited = value.starts_with('-') ? type.lowest != no_lowest : type.highest != no_highest;
        return whole(Fault::range, value, limited ? describe(type) : "a number of at most 18 digits");
    }
    // Digits alone are such a number: `-0` is none.
    const bool signless = type.lowest >= 0 && value.starts_with('-');
    if (signless || number < type.lowest || number > type.highest)
        return whole(Fault::range, value, describe(type));
    return {};
}

std::optional<ValueFault> check_integers(const ValueType& type, std::string_view value) {
    for (std::string_view rest = value; true;) {
        const auto comma = rest.find(',');
        if (!is_integer(trimmed(rest.substr(0, comma)))) return whole(Fault::type, value, describe(type));
        if (comma == std::string_view::npos) return {};
        rest.remove_prefix(comma + 1);
    }
}

std::optional<ValueFault> check_choice(const ValueType& type, std::string_view value) {
    if (std::ranges::find(type.choices, value) != type.choices.end()) return {};
    return whole(Fault::choice, value, describe(type), offer(value, type.choices));
}

std::optional<ValueFault> check_url(const ValueType& type, std::string_view value) {
    if (parse_url(value)) return {};
    return whole(Fault::format, value, describe(type), url_help(value));
}

std::optional<ValueFault> check_start_time(const ValueType& type, std::string_view value) {
    constexpr std::array<std::string_view, 1> word{"immediately"};
    if (value == word.front() || is_time(value)) return {};
    return whole(Fault::format, value, describe(type), offer(value, word));
}

std::optional<ValueFault> check_sip_name(const ValueType& type, std::string_view value) {
    std::optional<std::size_t> apostrophe;
    for (std::size_t at = 0; at < value.size(); ++at) {
        if (is_of_sip_name(value[at])) continue;
        if (value[at] != '\'') {
            return at_character(Fault::charset, value, at, "letters, digits and -_.!~*()&=+$,;?/");
        }
        if (!apostrophe) apostrophe = at;
    }
    if (auto fault = check_length(type, value)) return fault;
    if (!apostrophe) return {};
    return at_character(Fault::charset_doubtful, value, *apostrophe, "letters, digits and -_.!~*()&=+$,;?/",
                        "RFC 3261 and two public manuals allow the apostrophe, the guide does not list it");
}

std::optional<ValueFault> check_digits(const ValueType& type, std::string_view value) {
    const auto other = std::ranges::find_if_not(value, is_digit);
    if (other != value.end()) {
        return at_character(Fault::charset, value, static_cast<std::size_t>(other - value.begin()), "digits");
    }
    return check_length(type, value);
}

std::optional<ValueFault> check_ipei(const ValueType& type, std::string_view value) {
    if (parse_ipei(value)) return {};
    return whole(Fault::format, value, describe(type), ipei_help(value));
}

std::optional<ValueFault> check_form(bool (*has_form)(std::string_view), const ValueType& type,
                                     std::string_view value) {
    if (has_form(value)) return {};
    return whole(Fault::format, value, describe(type));
}

}  // namespace dectprov
