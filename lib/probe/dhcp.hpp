// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/session.hpp"
#include "model/identity.hpp"
#include "probe/described.hpp"

namespace dectprov {

// A server and what DHCP is to tell it.
struct DhcpServer {
    Identity identity;
    std::string url;  // of its provisioning server; may hold a password
    bool secret;      // holds one
};

// The servers of a description with their URLs, or with one that is given for all. Throws Failure where one
// of them could not be asked at its URL.
std::vector<DhcpServer> dhcp_servers(const Session& session, const Described& described,
                                     const std::string& url);

// How a DHCP server is told option 66, which is a string (guide line 191): one row a product.
struct DhcpDialect {
    std::string_view name;
    std::string_view summary;
    std::string (*write)(const std::vector<DhcpServer>&);
};

std::span<const DhcpDialect> dhcp_dialects();

}  // namespace dectprov
