// SPDX-License-Identifier: MIT
#include "probe/address.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <utility>

#include <fmt/format.h>

#include "catalog/characters.hpp"
#include "catalog/entries.hpp"
#include "catalog/letter_case.hpp"
#include "catalog/value_forms.hpp"
#include "catalog/value_type.hpp"
#include "doc/secret.hpp"
#include "model/identity.hpp"
#include "model/mac_notation.hpp"

namespace dectprov {
namespace {

constexpr auto npos = std::string_view::npos;

struct ProtocolRow {
    std::string_view name;
    Protocol protocol;
};
constexpr ProtocolRow protocols[] = {
    {.name = "ftp", .protocol = Protocol::ftp},
    {.name = "tftp", .protocol = Protocol::tftp},
    {.name = "http", .protocol = Protocol::http},
    {.name = "https", .protocol = Protocol::https},
};

// What is written in front of "://", where that is a protocol's place; empty where none is.
std::string_view scheme_of(std::string_view url) {
    const std::size_t mark = url.find("://");
    return mark == npos || mark > url.find_first_of("/?#@") ? std::string_view() : url.substr(0, mark);
}

// What stands behind the protocol.
std::string_view behind_scheme(std::string_view url) {
    const std::string_view scheme = scheme_of(url);
    return scheme.empty() ? url : url.substr(scheme.size() + 3);
}

// What stands behind user and password, up to the path. A password may hold a '?' or '#', but no '/'.
std::string_view place_of(std::string_view url) {
    url = behind_scheme(url);
    const std::size_t at = url.substr(0, url.find('/')).rfind('@');
    if (at != npos) url.remove_prefix(at + 1);
    return url.substr(0, url.find_first_of("/?#"));
}

// Why the host and port of a URL without an '@' behind them are none.
std::string why_no_place(std::string_view place) {
    constexpr std::size_t longest_port = 5;
    const auto is_of_address = [](char c) { return is_hex(c) || c == ':'; };
    if (std::ranges::count(place, ':') > 1 && std::ranges::all_of(place, is_of_address))
        return fmt::format("the host '{}' looks like an IPv6 address, which needs brackets", place);
    const std::size_t bracket = place.rfind(']');
    const std::size_t colon = place.find(':', bracket == npos ? 0 : bracket);
    if (bracket == npos && place.starts_with('[')) return "the ']' after the address is missing";
    if (colon != npos && !is_port(place.substr(colon + 1))) {
        const std::string_view port = place.substr(colon + 1);
        // What is no number, or too long for a port, may be a password that has lost its '@'.
        if (!all_digits(port) || port.size() > longest_port)
            return "the port is not a number from 1 to 65535";
        return fmt::format("the port is '{}'; expected a number from 1 to 65535", port);
    }
    return fmt::format("'{}' is neither a host name nor an address", place.substr(0, colon));
}

// Why a URL that parse_url() refuses is none; of what an '@' follows nothing is repeated.
std::string why_no_url(std::string_view url) {
    const std::string_view scheme = scheme_of(url);
    const bool known = std::ranges::any_of(
        protocols, [&](const ProtocolRow& one) { return equals_ignoring_case(one.name, scheme); });
    if (!scheme.empty() && !known) {
        // A ':' may stand between a user and a password.
        return scheme.find(':') == npos
                   ? fmt::format("the protocol '{}' is not http, https, ftp or tftp", scheme)
                   : "the protocol is not http, https, ftp or tftp";
    }
    const std::string_view rest = behind_scheme(url);
    if (scheme.empty() && rest.find('@') != npos)
        return "it has no protocol, and no source says which one a server uses then";
    const std::string_view login = rest.substr(0, rest.find('/'));
    if (login.find('@') != npos && (login.starts_with(':') || login.starts_with('@')))
        return "it has no user name before the '@'";
    const std::string_view place = place_of(url);
    const std::string_view behind = rest.substr(static_cast<std::size_t>(place.data() - rest.data()));
    if (behind.find('@') != npos)
        return "the part before the path is not a host with a port; in a user name or password write %2F for "
               "'/'";
    if (place.empty()) return "it has no host";
    if (behind.starts_with('?') || behind.starts_with('#')) return "only a path may follow the host";
    return why_no_place(place);
}

// A text without its percent-encoding; what is no byte of it stays.
std::string percent_decoded(std::string_view text) {
    constexpr std::size_t length = 3;
    std::string plain;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const std::string_view code = text.substr(at, length);
        if (code.size() < length || code[0] != '%' || !is_hex(code[1]) || !is_hex(code[2])) {
            plain += text[at];
            continue;
        }
        unsigned byte = 0;
        std::from_chars(code.data() + 1, code.data() + length, byte, 16);
        plain += static_cast<char>(byte);
        at += length - 1;
    }
    return plain;
}

// A text of a path as it may be shown, which is judged as a part of a URL.
std::string shown_in_url(std::string_view text) {
    constexpr std::string_view before = "http://h/";
    const std::string shown = shown_value(Catalog::builtin(), entry("config.provisioning.server.url"),
                                          std::string(before).append(text));
    return shown.starts_with(before) ? shown.substr(before.size()) : std::string(secret_stars);
}

// A step of a path as it may be shown. A secret that is percent-encoded, also more than once, is one.
std::string shown_step(std::string_view step) {
    constexpr int most_encoded = 8;
    std::string plain(step);
    for (int i = 0;; ++i) {
        std::string shown = shown_in_url(plain);
        if (shown != plain) return shown;
        std::string decoded = percent_decoded(plain);
        if (decoded == plain) return std::string(step);
        if (i == most_encoded) return std::string(secret_stars);
        plain = std::move(decoded);
    }
}

std::string_view port_of(std::string_view place) {
    const std::size_t bracket = place.rfind(']');
    const std::size_t colon = place.find(':', bracket == npos ? 0 : bracket);
    return colon == npos ? std::string_view() : place.substr(colon + 1);
}

// Whether two origins are one: a host has many spellings, and a port may be the protocol's own.
bool is_same_origin(std::string_view a, std::string_view b) {
    const auto port = [](std::string_view origin) {
        const std::string_view given = port_of(place_of(origin));
        if (!given.empty()) return given;
        return default_port(scheme_of(origin));
    };
    return scheme_of(a) == scheme_of(b) && host_of_origin(a) == host_of_origin(b) && port(a) == port(b);
}

// The path without "." and ".." and whatever would lead above the root.
std::string settled(std::string_view path) {
    std::vector<std::string_view> steps;
    for (std::size_t at = 0; at < path.size();) {
        const std::size_t end = std::min(path.find('/', at), path.size());
        const std::string_view step = path.substr(at, end - at);
        if (step == "..") {
            if (!steps.empty()) steps.pop_back();
        } else if (!step.empty() && step != ".") {
            steps.push_back(step);
        }
        at = end + 1;
    }
    std::string whole;
    for (const std::string_view step : steps) whole.append("/").append(step);
    if (whole.empty() || path.ends_with('/')) whole += '/';
    return whole;
}

}  // namespace

std::optional<Address> parse_address(std::string_view url, std::string& why) {
    if (std::ranges::any_of(url,
                            [](char c) { return static_cast<unsigned char>(c) <= ' ' || c == '\x7f'; })) {
        why = "it contains a space or a control character";
        return std::nullopt;
    }
    const auto parts = parse_url(url);
    if (!parts) {
        why = why_no_url(url);
        return std::nullopt;
    }
    if (parts->protocol.empty()) {
        why = "it has no protocol, and no source says which one a server uses then";
        return std::nullopt;
    }
    const std::size_t mark = parts->path.find_first_of("?#");
    if (mark != npos) {
        why = fmt::format("it has a '{}' after the path, where a server adds the name of a file",
                          parts->path[mark]);
        return std::nullopt;
    }
    // It would be sent to another host, and shown, where it is of a password.
    if (parts->path.find('@') != npos) {
        why = "its path contains an '@'; in a user name or password write %2F for '/', in a path %40 for '@'";
        return std::nullopt;
    }
    // What stands encoded in a URL is sent as it is meant. A line break in it would be a command of its own.
    const std::string user = percent_decoded(parts->user);
    const std::string password = percent_decoded(parts->password);
    const auto is_control = [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7f'; };
    if (std::ranges::any_of(user, is_control) || std::ranges::any_of(password, is_control)) {
        why = "its user name or password contains a control character";
        return std::nullopt;
    }
    Address address;
    address.protocol = std::ranges::find(protocols, parts->protocol, &ProtocolRow::name)->protocol;
    address.host = parts->host;
    address.origin = fmt::format("{}://{}", parts->protocol, parts->host);
    if (!parts->port.empty()) address.origin += fmt::format(":{}", parts->port);
    address.folder = parts->path.empty() ? "/" : parts->path;
    if (!address.folder.ends_with('/')) address.folder += '/';
    address.user = user;
    address.password = password;
    return address;
}

std::string shown_path(std::string_view path) {
    std::string shown;
    for (std::size_t at = 0;;) {
        const std::size_t end = std::min(path.find('/', at), path.size());
        shown += shown_step(path.substr(at, end - at));
        if (end == path.size()) return shown;
        shown += '/';
        at = end + 1;
    }
}

std::string shown_url(std::string_view url) {
    const std::size_t host = url.size() - behind_scheme(url).size();
    const std::size_t path = std::min(url.find('/', host), url.size());
    const std::size_t query = std::min(url.find_first_of("?#"), url.size());
    // Of what is not in form nobody knows where its path begins.
    if (scheme_of(url).empty() || query < path || url.substr(0, path).find('@') != npos)
        return shown_value(Catalog::builtin(), entry("config.provisioning.server.url"), url);
    return std::string(url.substr(0, path)) + shown_path(url.substr(path, query - path)) +
           shown_in_url(url.substr(query));
}

std::string host_of_origin(std::string_view origin) {
    const std::string_view place = place_of(origin);
    const std::string_view port = port_of(place);
    std::string host = to_lower(place.substr(0, place.size() - (port.empty() ? 0 : port.size() + 1)));
    if (!host.starts_with('[') || !host.ends_with(']')) return host;
    std::array<char, INET6_ADDRSTRLEN> text{};
    in6_addr address{};
    const std::string spelled = host.substr(1, host.size() - 2);
    if (inet_pton(AF_INET6, spelled.c_str(), &address) != 1 ||
        inet_ntop(AF_INET6, &address, text.data(), text.size()) == nullptr)
        return host;
    return fmt::format("[{}]", text.data());
}

std::string percent_encoded(std::string_view name) {
    constexpr std::string_view plain = "-._~!$&'()*+,;=:@/";
    std::string text;
    for (const char c : name) {
        if (is_digit(c) || is_letter(c) || plain.find(c) != npos) {
            text += c;
        } else {
            text += fmt::format("%{:02X}", static_cast<unsigned char>(c));
        }
    }
    return text;
}

Request Address::request(std::string_view name, Request::Want want) const {
    return {.protocol = protocol,
            .origin = origin,
            .url = origin + folder + percent_encoded(name),
            .user = user,
            .password = password,
            .want = want};
}

Address Address::in(std::string other) const {
    Address address = *this;
    address.folder = std::move(other);
    return address;
}

std::vector<OtherPlace> other_places(const Address& address, std::string_view identity,
                                     std::string_view name) {
    std::vector<OtherPlace> places;
    const auto add_name = [&](const std::string& other) {
        if (other == name) return;
        places.push_back({.request = address.request(other, Request::Want::size),
                          .what = fmt::format("exists under the name {}", other)});
    };
    if (!identity.empty() && name.starts_with(identity)) {
        const std::string_view rest = name.substr(identity.size());
        add_name(to_upper(identity) + std::string(rest));
        if (identity.find('-') == npos) {
            for (const char separator : {'-', ':'}) {
                add_name(spelled_mac(identity, separator) + std::string(rest));
                add_name(to_upper(spelled_mac(identity, separator)) + std::string(rest));
            }
        }
    }
    std::string folder = address.folder;
    while (folder.size() > 1) {
        folder.erase(folder.rfind('/', folder.size() - 2) + 1);
        const Address above = address.in(folder);
        places.push_back({.request = above.request(name, Request::Want::size),
                          .what = fmt::format("exists in the folder {}", shown_url(above.place()))});
    }
    return places;
}

Target target_of(const Request& from, std::string_view location) {
    Target target;
    const std::size_t host_begin = from.origin.find("://") + 3;
    std::string whole(location);
    if (location.starts_with("//")) {
        whole = from.origin.substr(0, host_begin - 2) + whole;
    } else if (location.starts_with('/')) {
        whole = from.origin + whole;
    } else if (scheme_of(location).empty()) {
        const std::size_t colon = location.find(':');
        // "file:/etc/passwd", "data:…": another scheme without two slashes.
        if (colon != npos && colon < location.find_first_of("/?#")) {
            target.shown = std::string(location.substr(0, colon + 1));
            return target;
        }
        whole = from.url.substr(0, from.url.rfind('/') + 1) + whole;
    }
    const std::string_view scheme = scheme_of(whole);
    const auto parts = parse_url(whole);
    if (!parts || parts->protocol.empty()) {
        // Behind a ':' of it there may be a password.
        const bool is_protocol = !scheme.empty() && scheme.find(':') == npos;
        target.shown = is_protocol ? fmt::format("{}:", scheme) : "something that is not a URL";
        return target;
    }
    std::string origin = fmt::format("{}://{}", parts->protocol, parts->host);
    if (!parts->port.empty()) origin += fmt::format(":{}", parts->port);
    const std::string_view path = parts->path.substr(0, parts->path.find_first_of("?#"));
    const std::string_view query = parts->path.substr(path.size(), parts->path.find('#') - path.size());
    target.shown = shown_url(origin + settled(path));
    const bool web = parts->protocol.starts_with("http");
    if (!web || host_of_origin(origin) != host_of_origin(from.origin)) return target;
    const bool same_origin = is_same_origin(origin, from.origin);
    if (same_origin) origin = from.origin;
    target.request = Request{.protocol = parts->protocol == "https" ? Protocol::https : Protocol::http,
                             .origin = origin,
                             .url = origin + settled(path) + std::string(query),
                             .user = same_origin ? from.user : std::string(),
                             .password = same_origin ? from.password : std::string(),
                             .want = from.want,
                             .id = from.id};
    return target;
}

}  // namespace dectprov
