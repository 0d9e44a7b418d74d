// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

// How a terminal sets text: ECMA-48, "select graphic rendition". Each holds until `plain`.
namespace dectprov::style {

inline constexpr std::string_view plain = "\x1b[0m";
inline constexpr std::string_view bold = "\x1b[1m";
inline constexpr std::string_view dim = "\x1b[2m";
inline constexpr std::string_view red = "\x1b[31m";
inline constexpr std::string_view green = "\x1b[32m";
inline constexpr std::string_view bold_red = "\x1b[1;31m";
inline constexpr std::string_view bold_green = "\x1b[1;32m";
inline constexpr std::string_view bold_yellow = "\x1b[1;33m";
inline constexpr std::string_view bold_magenta = "\x1b[1;35m";
inline constexpr std::string_view bold_cyan = "\x1b[1;36m";

}  // namespace dectprov::style
