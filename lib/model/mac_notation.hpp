// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace dectprov {

// The twelve digits of a MAC address in pairs: "00:13:d1:80:00:32".
std::string spelled_mac(std::string_view digits, char separator = ':');

}  // namespace dectprov
