// SPDX-License-Identifier: MIT
#include "probe/address.hpp"

#include <algorithm>
#include <array>
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

// What stands behind user and password, up to the path.
std::string_view place_of(std::string_view url) {
    const std::string_view scheme = scheme_of(url);
    if (!scheme.empty()) url.remove_prefix(scheme.size() + 3);
    url = url.substr(0, url.find_first_of("/?#"));
    const std::size_t at = url.rfind('@');
    return at == npos ? url : url.substr(at + 1);
}

// Why a URL that parse_url() refuses is none; of what is in front of an '@' nothing is repeated.
std::string why_no_url(std::string_view url) {
    const std::string_view scheme = scheme_of(url);
    const bool known = std::ranges::any_of(
        protocols, [&](const ProtocolRow& one) { return equals_ignoring_case(one.name, scheme); });
    if (!scheme.empty() && !known)
        return fmt::format("the protocol '{}' is not http, https, ftp or tftp", scheme);
    const std::string_view place = place_of(url);
    if (place.empty()) return "it has no host";
    const auto is_of_address = [](char c) { return is_hex(c) || c == ':'; };
    if (std::ranges::count(place, ':') > 1 && std::ranges::all_of(place, is_of_address))
        return fmt::format("the host '{}' looks like an IPv6 address, which needs brackets", place);
    const std::size_t bracket = place.rfind(']');
    const std::size_t colon = place.find(':', bracket == npos ? 0 : bracket);
    if (bracket == npos && place.starts_with('[')) return "the ']' after the address is missing";
    if (colon != npos && !is_port(place.substr(colon + 1))) {
        // What is no number may be a password that a '/' has parted from its '@'.
        if (!all_digits(place.substr(colon + 1))) return "the port is not a number from 1 to 65535";
        return fmt::format("the port is '{}'; expected a number from 1 to 65535", place.substr(colon + 1));
    }
    if (url.substr(url.find(place) + place.size()).find('@') != npos)
        return "the part before the path is neither a host name nor an address";
    return fmt::format("'{}' is neither a host name nor an address", place.substr(0, colon));
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
    Address address;
    address.protocol = std::ranges::find(protocols, parts->protocol, &ProtocolRow::name)->protocol;
    address.host = parts->host;
    address.origin = fmt::format("{}://{}", parts->protocol, parts->host);
    if (!parts->port.empty()) address.origin += fmt::format(":{}", parts->port);
    address.folder = parts->path.empty() ? "/" : parts->path;
    if (!address.folder.ends_with('/')) address.folder += '/';
    address.user = parts->user;
    address.password = parts->password;
    return address;
}

std::string shown_url(std::string_view url) {
    return shown_value(Catalog::builtin(), entry("config.provisioning.server.url"), url);
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
        target.shown = scheme.empty() ? "something that is not a URL" : fmt::format("{}:", scheme);
        return target;
    }
    std::string origin = fmt::format("{}://{}", parts->protocol, parts->host);
    if (!parts->port.empty()) origin += fmt::format(":{}", parts->port);
    const std::string_view path = parts->path.substr(0, parts->path.find_first_of("?#"));
    const std::string_view query = parts->path.substr(path.size(), parts->path.find('#') - path.size());
    target.shown = shown_url(origin + settled(path));
    const std::string_view host = place_of(from.origin);
    const bool web = parts->protocol.starts_with("http");
    if (!web || parts->host !=
                    host.substr(0, host.rfind(':') == npos || host.ends_with(']') ? npos : host.rfind(':')))
        return target;
    const bool same_origin = origin == from.origin;
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
