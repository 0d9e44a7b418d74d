// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string_view>

#include "catalog/characters.hpp"

// The forms that values of one kind have, as plain predicates over any bytes. check() asks them; IPEI and
// URL, whose parts others want too, are declared in value_type.hpp.
namespace dectprov {

// Code points of UTF-8 text; bytes that are none count for one each.
std::size_t characters(std::string_view text);
// One past the code point that begins at `begin`.
std::size_t character_end(std::string_view text, std::size_t begin);

bool is_ipv4(std::string_view text);
bool is_host(std::string_view text);    // host name or IPv4 address
bool is_port(std::string_view text);    // 1 to 65535
bool is_domain(std::string_view text);  // host or bracketed IPv6 address, with a port or without
bool is_time(std::string_view text);    // hh:mm
bool is_lid(std::string_view text);
bool is_cucm_device(std::string_view text);
bool is_licence_keys(std::string_view text);

// Calls `visit` with each key of a list, without the blanks around it; an empty text where two commas meet.
template <class Visit>
void for_each_licence_key(std::string_view text, Visit&& visit) {
    while (true) {
        const std::size_t comma = text.find(',');
        visit(trimmed(text.substr(0, comma)));
        if (comma == std::string_view::npos) return;
        text.remove_prefix(comma + 1);
    }
}

}  // namespace dectprov
