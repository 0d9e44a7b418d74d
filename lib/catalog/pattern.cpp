// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

#include "catalog/export.hpp"
#include "catalog/value_type.hpp"

namespace dectprov {
namespace {

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

bool has_limits(const ValueType& type) {
    return type.lowest != std::numeric_limits<std::int64_t>::min() ||
           type.highest != std::numeric_limits<std::int64_t>::max();
}

}  // namespace

std::string pattern(const ValueType& type) {
    switch (type.kind) {
        case Kind::section:
        case Kind::token:
        case Kind::host:
        case Kind::domain:
        case Kind::url:
        case Kind::file_name:
        case Kind::licence_keys:
        case Kind::ipv4:
            return {};
        case Kind::text:
            return type.longest == 0 ? std::string() : up_to("[\\s\\S]", type.longest);
        case Kind::boolean:
            return "true|false";
        case Kind::integer:
            return has_limits(type) && type.lowest >= 0 ? "[0-9]+" : "-?[0-9]+";
        case Kind::integers:
            return "-?[0-9]+(\\s*,\\s*-?[0-9]+)*";
        case Kind::choice:
            return any_of(type);
        case Kind::time_of_day:
            return "([01][0-9]|2[0-3]):[0-5][0-9]";
        case Kind::start_time:
            return "immediately|([01][0-9]|2[0-3]):[0-5][0-9]";
        // With the apostrophe, which is a warning and no error.
        case Kind::sip_name:
            return up_to("[A-Za-z0-9\\-_.!~*()&=+$,;?/']", type.longest);
        case Kind::digits:
            return up_to("[0-9]", type.longest);
        case Kind::ipei:
            return "[0-9]{5} ?[0-9]{7}( ?[0-9*])?";
        case Kind::lid:
            return "0[1-8]0[1-8]00(0[0-9]|1[0-5])";
        case Kind::cucm_device:
            return "SEP\\S+";
    }
    return {};
}

}  // namespace dectprov
