// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace dectprov {

// The grammar of a value. One enumerator is one grammar, whose row stands in value_kinds.cpp.
enum class Kind : std::uint8_t {
    section,       // has elements, no text
    text,          // anything
    boolean,       // true | false, exactly
    integer,       // decimal digits, an optional minus; limits in `lowest`, `highest`
    integers,      // integers separated by commas
    choice,        // one of `choices`
    token,         // one of a set that no source lists: any text
    ipv4,          // dotted decimal
    host,          // host name or IPv4 address
    domain,        // host name, IPv4 address or bracketed IPv6 address
    url,           // [<protocol>://[<user>[:<password>]@]]<host>[:<port>][/<path>], ftp tftp http https
    time_of_day,   // hh:mm, or empty
    start_time,    // immediately | hh:mm
    file_name,     // anything
    sip_name,      // RFC 3261 user part; at most `longest` characters
    digits,        // 0-9 alone; at most `longest`
    ipei,          // 5 digits, a blank or none, 7 digits; then a check character or none
    lid,           // xxyyzzzz: shelf 01-08, card 01-08, line 0000-0015
    cucm_device,   // SEP and more; how much and of what is not stated
    licence_keys,  // keys separated by commas; a key is any text without blanks inside
};
inline constexpr std::size_t kind_count = static_cast<std::size_t>(Kind::licence_keys) + 1;

// As the kinds are written in a `parameters:` file and in documentation: "time_of_day".
std::string_view token(Kind kind);
std::optional<Kind> find_kind(std::string_view token);

// The limits of an integer that has none.
inline constexpr auto no_lowest = std::numeric_limits<std::int64_t>::min();
inline constexpr auto no_highest = std::numeric_limits<std::int64_t>::max();

struct ValueType {
    Kind kind;
    std::int64_t lowest = no_lowest;    // of integers, inclusive
    std::int64_t highest = no_highest;  // of integers, inclusive
    std::uint32_t longest = 0;          // characters (code points); 0: no limit known
    std::span<const std::string_view> choices = {};
};

// What is wrong with a value. The names are those of the rules `value/<name>` (with '-' for '_').
enum class Fault : std::uint8_t { type, range, length, charset, charset_doubtful, format, choice };

struct ValueFault {
    Fault fault;
    std::size_t begin;  // bytes in the value: the smallest wrong part, else all of it
    std::size_t end;
    std::string expected;  // "true or false", "a number from 1 to 9999"; never holds the value itself
    std::string help =
        {};  // the nearest choice and the like; empty where nothing is certain; never the value
};

// Judges a value that is trimmed and not empty; an empty value fits every type (it is as good as absent).
// The first fault alone. No allocation where the value fits.
std::optional<ValueFault> check(const ValueType& type, std::string_view value);

// "a number from 1 to 9999", "true or false": what the type takes, for help and documentation.
std::string describe(const ValueType& type);

// The ETSI check character of an IPEI's first twelve digits (EN 300 175-6): the sum of digit times place
// modulo 11, '*' for 10. `twelve` is exactly twelve digits.
char ipei_check_character(std::string_view twelve);

// The twelve digits of a well-formed IPEI, packed as EMC * 10'000'000 + PSN, and its check character, 0
// where it has none. Nothing for what check() refuses.
struct Ipei {
    std::uint64_t number;
    char check;
};
std::optional<Ipei> parse_ipei(std::string_view value);

// The parts of a URL, as views into it, but for the protocol, which is in lower case here; empty where
// absent. Nothing for what check() refuses.
struct UrlParts {
    std::string_view protocol;
    std::string_view user;
    std::string_view password;
    std::string_view host;
    std::string_view port;
    std::string_view path;
};
std::optional<UrlParts> parse_url(std::string_view value);

// The port of a URL that names none; empty without a protocol, which is in lower case.
std::string_view default_port(std::string_view protocol);

}  // namespace dectprov
