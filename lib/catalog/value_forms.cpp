// SPDX-License-Identifier: MIT
#include "catalog/value_forms.hpp"

#include <algorithm>
#include <array>

#include "catalog/characters.hpp"
#include "catalog/letter_case.hpp"
#include "catalog/value_type.hpp"

namespace dectprov {

namespace {

constexpr auto npos = std::string_view::npos;

// The number of a few digits; no caller passes more than fit.
std::uint32_t small_number(std::string_view digits) {
    std::uint32_t number = 0;
    for (const char c : digits) number = number * 10 + static_cast<std::uint32_t>(c - '0');
    return number;
}

// A label of a host name. The underscore is no letter of host names, but names with one are in use.
bool is_label(std::string_view label) {
    if (label.empty() || label.size() > 63) return false;
    if (label.front() == '-' || label.back() == '-') return false;
    return std::ranges::all_of(label,
                               [](char c) { return is_digit(c) || is_letter(c) || c == '-' || c == '_'; });
}

// Hexadecimal groups with at most one "::"; the last two groups may be an IPv4 address.
bool is_ipv6(std::string_view text) {
    std::size_t groups = 0;
    bool gap = false;
    if (text.starts_with("::")) {
        gap = true;
        text.remove_prefix(2);
        if (text.empty()) return true;
    }
    while (true) {
        const auto colon = text.find(':');
        const std::string_view group = text.substr(0, colon);
        if (colon == npos && group.find('.') != npos) {
            groups += 2;
            if (!is_ipv4(group)) return false;
        } else {
            ++groups;
            if (group.empty() || group.size() > 4 || !std::ranges::all_of(group, is_hex)) return false;
        }
        if (groups > 8) return false;
        if (colon == npos) break;
        text.remove_prefix(colon + 1);
        if (!text.starts_with(':')) continue;
        if (gap) return false;
        gap = true;
        text.remove_prefix(1);
        if (text.empty()) break;
    }
    return gap ? groups < 8 : groups == 8;
}

bool is_bracketed_ipv6(std::string_view text) {
    return text.size() > 2 && text.front() == '[' && text.back() == ']' &&
           is_ipv6(text.substr(1, text.size() - 2));
}

// Where the host of "<host>[:<port>]" ends: behind the bracket of an IPv6 address, else at the colon.
std::size_t host_end(std::string_view text) {
    if (text.starts_with('[')) {
        const auto bracket = text.find(']');
        return bracket == npos ? text.size() : bracket + 1;
    }
    return std::min(text.find(':'), text.size());
}

}  // namespace

std::size_t character_end(std::string_view text, std::size_t begin) {
    const auto is_tail = [&](std::size_t at) {
        return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xc0U) == 0x80U;
    };
    std::size_t end = begin + 1;
    while (end < begin + 4 && is_tail(end)) ++end;
    return end;
}

std::size_t characters(std::string_view text) {
    std::size_t count = 0;
    for (std::size_t at = 0; at < text.size(); at = character_end(text, at)) ++count;
    return count;
}

bool is_ipv4(std::string_view text) {
    for (int part = 0; part < 4; ++part) {
        const auto dot = part == 3 ? npos : text.find('.');
        if (part < 3 && dot == npos) return false;
        const std::string_view number = text.substr(0, dot);
        if (number.size() > 3 || !all_digits(number) || small_number(number) > 255) return false;
        if (part < 3) text.remove_prefix(dot + 1);
    }
    return true;
}

bool is_host(std::string_view text) {
    if (text.ends_with('.')) text.remove_suffix(1);
    if (text.empty() || text.size() > 253) return false;
    std::size_t labels = 0;
    std::size_t numbers = 0;
    for (std::string_view rest = text; true;) {
        const auto dot = rest.find('.');
        const std::string_view label = rest.substr(0, dot);
        if (!is_label(label)) return false;
        ++labels;
        if (all_digits(label)) ++numbers;
        if (dot == npos) break;
        rest.remove_prefix(dot + 1);
    }
    // Four numbers are meant as an address, and no host has such a name.
    return labels != 4 || numbers != 4 || is_ipv4(text);
}

bool is_port(std::string_view text) {
    if (!all_digits(text) || text.size() > 5) return false;
    const std::uint32_t port = small_number(text);
    return port >= 1 && port <= 65535;
}

bool is_domain(std::string_view text) { return is_host(text) || is_bracketed_ipv6(text); }

bool is_time(std::string_view text) {
    if (text.size() != 5 || text[2] != ':') return false;
    const std::string_view hour = text.substr(0, 2);
    const std::string_view minute = text.substr(3);
    return all_digits(hour) && all_digits(minute) && small_number(hour) < 24 && small_number(minute) < 60;
}

bool is_lid(std::string_view text) {
    if (text.size() != 8 || !all_digits(text)) return false;
    const std::uint32_t shelf = small_number(text.substr(0, 2));
    const std::uint32_t card = small_number(text.substr(2, 2));
    return shelf >= 1 && shelf <= 8 && card >= 1 && card <= 8 && small_number(text.substr(4)) <= 15;
}

bool is_cucm_device(std::string_view text) {
    constexpr std::string_view prefix = "SEP";
    return text.size() > prefix.size() && text.starts_with(prefix) && std::ranges::none_of(text, is_white);
}

bool is_licence_keys(std::string_view text) {
    bool good = true;
    for_each_licence_key(text, [&good](std::string_view key) {
        good = good && !key.empty() && std::ranges::none_of(key, is_white);
    });
    return good;
}

char ipei_check_character(std::string_view twelve) {
    std::uint32_t sum = 0;
    for (std::size_t at = 0; at < 12 && at < twelve.size(); ++at) {
        sum += static_cast<std::uint32_t>(at + 1) * static_cast<std::uint32_t>(twelve[at] - '0');
    }
    const std::uint32_t rest = sum % 11;
    return rest == 10 ? '*' : static_cast<char>('0' + rest);
}

std::optional<Ipei> parse_ipei(std::string_view value) {
    const std::string_view emc = value.substr(0, 5);
    if (emc.size() != 5 || !all_digits(emc)) return {};
    value.remove_prefix(5);
    if (value.starts_with(' ')) value.remove_prefix(1);
    const std::string_view psn = value.substr(0, 7);
    if (psn.size() != 7 || !all_digits(psn)) return {};
    value.remove_prefix(7);
    if (small_number(emc) > 65535 || small_number(psn) > 1048575) return {};

    Ipei ipei{.number = std::uint64_t{small_number(emc)} * 10'000'000 + small_number(psn), .check = 0};
    if (value.empty()) return ipei;
    if (value.starts_with(' ')) value.remove_prefix(1);
    if (value.size() != 1 || (!is_digit(value[0]) && value[0] != '*')) return {};
    ipei.check = value[0];
    return ipei;
}

namespace {

struct Protocol {
    std::string_view name;
    std::string_view port;
};
constexpr std::array<Protocol, 4> protocols{
    {{"ftp", "21"}, {"tftp", "69"}, {"http", "80"}, {"https", "443"}}};

const Protocol* find_protocol(std::string_view written) {
    const auto* const found = std::ranges::find_if(
        protocols, [&](const Protocol& one) { return equals_ignoring_case(written, one.name); });
    return found == protocols.end() ? nullptr : found;
}

}  // namespace

std::string_view default_port(std::string_view protocol) {
    const Protocol* known = find_protocol(protocol);
    return known == nullptr ? std::string_view() : known->port;
}

std::optional<UrlParts> parse_url(std::string_view value) {
    if (std::ranges::any_of(value,
                            [](char c) { return static_cast<unsigned char>(c) <= ' ' || c == '\x7f'; })) {
        return {};
    }
    UrlParts parts;
    // A colon and two slashes behind the first '/' or '?' belong to the path.
    const auto mark = value.find("://");
    if (mark != npos && mark < value.find_first_of("/?#@")) {
        const Protocol* known = find_protocol(value.substr(0, mark));
        if (known == nullptr) return {};
        parts.protocol = known->name;
        value.remove_prefix(mark + 3);
        // The last '@' in front of the path: a password may hold others.
        const auto at = value.substr(0, value.find('/')).rfind('@');
        if (at != npos) {
            const std::string_view who = value.substr(0, at);
            const auto colon = who.find(':');
            parts.user = who.substr(0, colon);
            if (colon != npos) parts.password = who.substr(colon + 1);
            if (parts.user.empty()) return {};
            value.remove_prefix(at + 1);
        }
    }
    const std::size_t end = std::min(value.find_first_of("/?#"), value.size());
    parts.path = value.substr(end);
    // Nothing but a path follows the host.
    if (!parts.path.empty() && parts.path.front() != '/') return {};
    const std::string_view place = value.substr(0, end);
    const std::size_t host = host_end(place);
    parts.host = place.substr(0, host);
    if (!is_host(parts.host) && !is_bracketed_ipv6(parts.host)) return {};
    // A protocol that has lost its colon is no host.
    if (parts.protocol.empty() && parts.path.starts_with("//") && find_protocol(parts.host) != nullptr)
        return {};
    if (host == place.size()) return parts;
    parts.port = place.substr(host + 1);
    if (place[host] != ':' || !is_port(parts.port)) return {};
    return parts;
}

}  // namespace dectprov
