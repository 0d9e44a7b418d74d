// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <string_view>

#include "catalog/value_type.hpp"

// The value types of the rows, by name.
namespace dectprov::types {

inline constexpr ValueType section{.kind = Kind::section};
inline constexpr ValueType text{.kind = Kind::text};
inline constexpr ValueType boolean{.kind = Kind::boolean};
inline constexpr ValueType integer{.kind = Kind::integer};
inline constexpr ValueType integers{.kind = Kind::integers};
inline constexpr ValueType token{.kind = Kind::token};
inline constexpr ValueType ipv4{.kind = Kind::ipv4};
inline constexpr ValueType host{.kind = Kind::host};
inline constexpr ValueType domain{.kind = Kind::domain};
inline constexpr ValueType url{.kind = Kind::url};
inline constexpr ValueType time_of_day{.kind = Kind::time_of_day};
inline constexpr ValueType start_time{.kind = Kind::start_time};
inline constexpr ValueType file_name{.kind = Kind::file_name};
inline constexpr ValueType ipei{.kind = Kind::ipei};
inline constexpr ValueType lid{.kind = Kind::lid};
inline constexpr ValueType cucm_device{.kind = Kind::cucm_device};
inline constexpr ValueType licence_keys{.kind = Kind::licence_keys};

constexpr ValueType number(std::int64_t lowest, std::int64_t highest) {
    return {.kind = Kind::integer, .lowest = lowest, .highest = highest};
}
// The number of a handset group (guide line 1927, 527).
inline constexpr ValueType group = number(1, 9999);
constexpr ValueType at_least(std::int64_t lowest) { return {.kind = Kind::integer, .lowest = lowest}; }
// The version of a handset group: digits alone; no limits are stated (guide line 2059, 474-478, 497-500).
inline constexpr ValueType group_version = at_least(0);
constexpr ValueType text_of(std::uint32_t longest) { return {.kind = Kind::text, .longest = longest}; }
constexpr ValueType sip_name(std::uint32_t longest) { return {.kind = Kind::sip_name, .longest = longest}; }
constexpr ValueType digits(std::uint32_t longest) { return {.kind = Kind::digits, .longest = longest}; }
constexpr ValueType choice(std::span<const std::string_view> choices) {
    return {.kind = Kind::choice, .choices = choices};
}

}  // namespace dectprov::types
