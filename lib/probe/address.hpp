// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "probe/exchange.hpp"

namespace dectprov {

// Where a server's files are: the URL of a provisioning server, taken apart.
struct Address {
    Protocol protocol = Protocol::https;
    std::string origin = {};  // "https://prov.example.com:8443"
    std::string host = {};
    std::string folder = {};  // "/dect/"; "/" at least, and always with a slash behind
    std::string user = {};    // never shown
    std::string password = {};

    // Origin and folder, which tell one place from another; see shown_url().
    [[nodiscard]] std::string place() const { return origin + folder; }
    // Asks for a name in the folder.
    [[nodiscard]] Request request(std::string_view name, Request::Want want = Request::Want::file) const;
    // The same address with another folder of it.
    [[nodiscard]] Address in(std::string other) const;
};

// Nothing where a server could not be asked there; `why` says what is in the way, and shows no secret.
std::optional<Address> parse_address(std::string_view url, std::string& why);

// A URL without user and password as it may be shown: what looks like a secret in a step of its path is
// hidden, and nothing else of the path.
std::string shown_url(std::string_view url);
// The same of a path, or of the name of a file that a server chose.
std::string shown_path(std::string_view path);

// The host of an origin, spelled in one way: in small letters, an IPv6 address as it is shortest. One that
// cannot be asked is one all the same, whichever of its ports and protocols.
std::string host_of_origin(std::string_view origin);

// A name as it stands in a URL.
std::string percent_encoded(std::string_view name);

// Where a file that is not at `name` could be instead: the identity in capitals or with separators, and each
// folder above. Likelier places first.
struct OtherPlace {
    Request request;
    std::string what;  // "under the name 0013D1800032-config.xml"
};
std::vector<OtherPlace> other_places(const Address& address, std::string_view identity,
                                     std::string_view name);

// What a redirect leads to. On the same host it may be followed; at the same origin with user and password.
struct Target {
    std::string shown;  // without user and password, shortened to the origin where it is not to be asked
    std::optional<Request> request = {};
};
Target target_of(const Request& from, std::string_view location);

}  // namespace dectprov
