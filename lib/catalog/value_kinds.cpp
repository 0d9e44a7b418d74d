// SPDX-License-Identifier: MIT
#include "catalog/value_kinds.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>

#include "catalog/export.hpp"
#include "catalog/value_checks.hpp"
#include "catalog/value_forms.hpp"
#include "catalog/word_list.hpp"

namespace dectprov {
namespace {

std::string describe_integer(const ValueType& type) {
    const bool from = type.lowest != no_lowest;
    const bool to = type.highest != no_highest;
    if (from && to) return fmt::format("a number from {} to {}", type.lowest, type.highest);
    if (from) return fmt::format("a number of at least {}", type.lowest);
    if (to) return fmt::format("a number of at most {}", type.highest);
    return "a whole number";
}

std::string describe_choice(const ValueType& type) { return word_list(type.choices, " or "); }

std::string with_length(std::string_view what, const ValueType& type, std::string_view unit) {
    if (type.longest == 0) return std::string(what);
    return fmt::format("{} of at most {} {}", what, type.longest, unit);
}

// A character that has a meaning in a regular expression, made plain.
std::string literal(std::string_view text) {
    constexpr std::string_view special = "\\.+*?()[]{}|^$";
    std::string safe;
    for (const char c : text) {
        if (special.find(c) != std::string_view::npos) safe += '\\';
        safe += c;
    }
    return safe;
}

std::string any_of(const ValueType& type) {
    std::string all;
    for (const std::string_view choice : type.choices)
        all += fmt::format("{}{}", all.empty() ? "" : "|", literal(choice));
    return all;
}

std::string up_to(std::string_view character, std::uint32_t longest) {
    return longest == 0 ? fmt::format("{}*", character) : fmt::format("{}{{0,{}}}", character, longest);
}

// What a row says in every case.
template <std::size_t size>
struct Constant {
    constexpr Constant(const char (&text)[size]) { std::ranges::copy(text, characters); }
    char characters[size] = {};
};
template <Constant text>
std::string always(const ValueType& /*type*/) {
    return text.characters;
}
template <bool (*has_form)(std::string_view)>
std::optional<ValueFault> has(const ValueType& type, std::string_view value) {
    return check_form(has_form, type, value);
}

std::optional<ValueFault> fits(const ValueType& /*type*/, std::string_view /*value*/) { return {}; }

std::string describe_text(const ValueType& type) { return with_length("a text", type, "characters"); }
std::string describe_token(const ValueType& type) { return with_length("a word", type, "characters"); }
std::string describe_file_name(const ValueType& type) {
    return with_length("a file name", type, "characters");
}
std::string describe_sip_name(const ValueType& type) {
    return with_length("a SIP name", type, "characters") + ": letters, digits and -_.!~*()&=+$,;?/";
}
std::string describe_digits(const ValueType& type) {
    return type.longest == 0 ? "digits" : fmt::format("at most {} digits", type.longest);
}

std::string text_pattern(const ValueType& type) {
    return type.longest == 0 ? std::string() : up_to("[\\s\\S]", type.longest);
}
std::string integer_pattern(const ValueType& type) {
    const bool limited = type.lowest != no_lowest || type.highest != no_highest;
    return limited && type.lowest >= 0 ? "[0-9]+" : "-?[0-9]+";
}
// With the apostrophe, which is a warning and no error.
std::string sip_name_pattern(const ValueType& type) {
    return up_to("[A-Za-z0-9\\-_.!~*()&=+$,;?/']", type.longest);
}
std::string digits_pattern(const ValueType& type) { return up_to("[0-9]", type.longest); }

constexpr auto kinds = std::to_array<KindRow>({
    {.kind = Kind::section,
     .token = "section",
     .check = fits,
     .describe = always<"elements">,
     .pattern = always<"">,
     .is_text = false},
    {.kind = Kind::text,
     .token = "text",
     .check = check_length,
     .describe = describe_text,
     .pattern = text_pattern,
     .is_open = true},
    {.kind = Kind::boolean,
     .token = "boolean",
     .check = check_boolean,
     .describe = always<"true or false">,
     .pattern = always<"true|false">,
     .is_text = false},
    {.kind = Kind::integer,
     .token = "integer",
     .check = check_integer,
     .describe = describe_integer,
     .pattern = integer_pattern,
     .is_text = false},
    {.kind = Kind::integers,
     .token = "integers",
     .check = check_integers,
     .describe = always<"whole numbers separated by commas">,
     .pattern = always<"-?[0-9]+(\\s*,\\s*-?[0-9]+)*">,
     .is_text = false,
     .is_list = true},
    {.kind = Kind::choice,
     .token = "choice",
     .check = check_choice,
     .describe = describe_choice,
     .pattern = any_of},
    {.kind = Kind::token,
     .token = "token",
     .check = check_length,
     .describe = describe_token,
     .pattern = always<"">,
     .is_open = true},
    {.kind = Kind::ipv4,
     .token = "ipv4",
     .check = has<is_ipv4>,
     .describe = always<"an IPv4 address">,
     .pattern = always<"">},
    {.kind = Kind::host,
     .token = "host",
     .check = has<is_host>,
     .describe = always<"a host name or an IPv4 address">,
     .pattern = always<"">},
    {.kind = Kind::domain,
     .token = "domain",
     .check = has<is_domain>,
     .describe = always<"a domain: a host name or an address, without a port">,
     .pattern = always<"">},
    {.kind = Kind::url,
     .token = "url",
     .check = check_url,
     .describe = always<"a URL: ftp://, tftp://, http:// or https:// or nothing, then a host, then "
                        "optionally a port from 1 to 65535 and a path">,
     .pattern = always<"">,
     .is_open = true},
    {.kind = Kind::time_of_day,
     .token = "time_of_day",
     .check = has<is_time>,
     .describe = always<"a time hh:mm from 00:00 to 23:59, or nothing">,
     .pattern = always<"([01][0-9]|2[0-3]):[0-5][0-9]">},
    {.kind = Kind::start_time,
     .token = "start_time",
     .check = check_start_time,
     .describe = always<"immediately, or a time hh:mm from 00:00 to 23:59">,
     .pattern = always<"immediately|([01][0-9]|2[0-3]):[0-5][0-9]">},
    {.kind = Kind::file_name,
     .token = "file_name",
     .check = check_length,
     .describe = describe_file_name,
     .pattern = always<"">,
     .is_open = true},
    {.kind = Kind::sip_name,
     .token = "sip_name",
     .check = check_sip_name,
     .describe = describe_sip_name,
     .pattern = sip_name_pattern},
    {.kind = Kind::digits,
     .token = "digits",
     .check = check_digits,
     .describe = describe_digits,
     .pattern = digits_pattern},
    {.kind = Kind::ipei,
     .token = "ipei",
     .check = check_ipei,
     .describe = always<"an IPEI: 5 digits up to 65535, optionally a space, 7 digits up to 1048575, "
                        "optionally a check character (0 to 9 or *); or nothing">,
     .pattern = always<"[0-9]{5} ?[0-9]{7}( ?[0-9*])?">},
    {.kind = Kind::lid,
     .token = "lid",
     .check = has<is_lid>,
     .describe = always<"a line as xxyyzzzz: shelf 01 to 08, card 01 to 08, line 0000 to 0015">,
     .pattern = always<"0[1-8]0[1-8]00(0[0-9]|1[0-5])">},
    {.kind = Kind::cucm_device,
     .token = "cucm_device",
     .check = has<is_cucm_device>,
     .describe = always<"a device name that starts with SEP">,
     .pattern = always<"SEP\\S+">,
     .is_open = true},
    {.kind = Kind::licence_keys,
     .token = "licence_keys",
     .check = has<is_licence_keys>,
     .describe = always<"licence keys without spaces, separated by commas">,
     .pattern = always<"">,
     .is_list = true,
     .is_open = true},
});

// One row a kind, in the order of the enumerators, so that a kind is its row's place.
constexpr bool is_complete() {
    for (std::size_t i = 0; i != kinds.size(); ++i) {
        if (kinds[i].kind != static_cast<Kind>(i)) return false;
    }
    return kinds.size() == kind_count;
}
static_assert(is_complete(), "every Kind has its row, in the order of the enumerators");

}  // namespace

const KindRow& row(Kind kind) { return kinds[static_cast<std::size_t>(kind)]; }

std::string_view token(Kind kind) { return row(kind).token; }

std::optional<Kind> find_kind(std::string_view token) {
    const auto found = std::ranges::find(kinds, token, &KindRow::token);
    if (found == kinds.end()) return {};
    return found->kind;
}

std::vector<std::string_view> kind_tokens() {
    std::vector<std::string_view> tokens(kinds.size());
    std::ranges::transform(kinds, tokens.begin(), &KindRow::token);
    return tokens;
}

std::optional<ValueFault> check(const ValueType& type, std::string_view value) {
    if (value.empty()) return {};
    return row(type.kind).check(type, value);
}

std::string describe(const ValueType& type) { return row(type.kind).describe(type); }

std::string pattern(const ValueType& type) { return row(type.kind).pattern(type); }

}  // namespace dectprov
