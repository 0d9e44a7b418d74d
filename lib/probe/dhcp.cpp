// SPDX-License-Identifier: MIT
#include "probe/dhcp.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "diag/escape.hpp"
#include "model/mac_notation.hpp"
#include "probe/provisioning_url.hpp"
#include "source/failure.hpp"

namespace dectprov {
namespace {

bool same_url(const std::vector<DhcpServer>& servers) {
    return std::ranges::all_of(servers,
                               [&](const DhcpServer& one) { return one.url == servers.front().url; });
}

// A virtual server is known by its UUID, which DHCP does not see.
bool has_mac(const DhcpServer& server) { return server.identity.kind == Identity::Kind::mac; }

std::string without_mac(const DhcpServer& server, std::string_view comment) {
    return fmt::format("{} {} is a virtual server: take its MAC address from its host\n", comment,
                       server.identity.text);
}

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    return out;
}

std::string write_dhcpd(const std::vector<DhcpServer>& servers) {
    if (same_url(servers))
        return fmt::format("option tftp-server-name \"{}\";\n", escaped(servers.front().url));
    std::string text;
    for (const DhcpServer& one : servers) {
        if (!has_mac(one)) {
            text += without_mac(one, "#");
            continue;
        }
        text +=
            fmt::format("host dect-{} {{\n  hardware ethernet {};\n  option tftp-server-name \"{}\";\n}}\n",
                        one.identity.text, spelled_mac(one.identity.text), escaped(one.url));
    }
    return text;
}

std::string kea_option(std::string_view url) {
    // A comma would begin another value.
    std::string data;
    for (const char c : url) {
        if (c == ',') data += '\\';
        data += c;
    }
    std::string text = R"([{"name": "tftp-server-name", "data": )";
    append_json(text, data);
    return text + "}]";
}

std::string write_kea(const std::vector<DhcpServer>& servers) {
    if (same_url(servers))
        return fmt::format("{{\n  \"Dhcp4\": {{\n    \"option-data\": {}\n  }}\n}}\n",
                           kea_option(servers.front().url));
    std::string rows;
    std::string comments;
    for (const DhcpServer& one : servers) {
        if (!has_mac(one)) {
            comments += without_mac(one, "//");
            continue;
        }
        rows += fmt::format(R"({}      {{"hw-address": "{}", "option-data": {}}})", rows.empty() ? "" : ",\n",
                            spelled_mac(one.identity.text), kea_option(one.url));
    }
    return fmt::format(
        "{}{{\n  \"Dhcp4\": {{\n    \"reservations-global\": true,\n    \"reservations\": [\n{}\n    ]\n  "
        "}}\n}}\n",
        comments, rows);
}

std::string write_dnsmasq(const std::vector<DhcpServer>& servers) {
    if (same_url(servers)) return fmt::format("dhcp-option=66,\"{}\"\n", escaped(servers.front().url));
    std::string text;
    for (const DhcpServer& one : servers) {
        if (!has_mac(one)) {
            text += without_mac(one, "#");
            continue;
        }
        text += fmt::format("dhcp-host={},set:dect-{}\ndhcp-option=tag:dect-{},66,\"{}\"\n",
                            spelled_mac(one.identity.text), one.identity.text, one.identity.text,
                            escaped(one.url));
    }
    return text;
}

// In a batch file a percent sign stands twice, and nothing stands for a quotation mark.
std::string for_batch(const DhcpServer& server) {
    std::string out;
    for (const char c : server.url) {
        if (c == '"') {
            throw Failure(
                fmt::format("generate dhcp: the URL of {} has a quotation mark, which netsh does not accept",
                            server.identity.text));
        }
        out.append(c == '%' ? 2 : 1, c);
    }
    return out;
}

std::string write_netsh(const std::vector<DhcpServer>& servers) {
    if (same_url(servers))
        return fmt::format("netsh dhcp server set optionvalue 66 STRING \"{}\"\n",
                           for_batch(servers.front()));
    std::string text =
        "rem An option of one client needs its scope and its reserved address: replace SCOPE and ADDRESS in "
        "each line.\n";
    for (const DhcpServer& one : servers) {
        if (!has_mac(one)) {
            text += without_mac(one, "rem");
            continue;
        }
        text += fmt::format(
            "netsh dhcp server scope SCOPE add reservedip ADDRESS {} dect-{}\n"
            "netsh dhcp server scope SCOPE set reservedoptionvalue ADDRESS 66 STRING \"{}\"\n",
            one.identity.text, one.identity.text, for_batch(one));
    }
    return text;
}

constexpr DhcpDialect dialects[] = {
    {.name = "dhcpd", .summary = "ISC dhcpd: dhcpd.conf", .write = write_dhcpd},
    {.name = "kea", .summary = "Kea: kea-dhcp4.conf", .write = write_kea},
    {.name = "dnsmasq", .summary = "dnsmasq: dnsmasq.conf", .write = write_dnsmasq},
    {.name = "netsh", .summary = "Windows: commands of netsh", .write = write_netsh},
};

}  // namespace

std::vector<DhcpServer> dhcp_servers(const Session& session, const Described& described,
                                     const std::string& url) {
    ProvisioningUrl given{.url = url};
    if (!url.empty()) given.address = parse_address(url, given.why);
    if (!url.empty() && !given.address) throw Failure(fmt::format("--url: {}", given.why));
    std::vector<DhcpServer> servers;
    for (const DescribedServer& one : described.servers()) {
        const ProvisioningUrl own = url.empty() ? provisioning_url_of(session, described, one) : given;
        const Identity& identity = one.input.identity;
        if (!own.address) throw Failure(fmt::format("generate dhcp: of {}: {}", identity.text, own.why));
        servers.push_back({.identity = identity, .url = own.url, .secret = !own.address->password.empty()});
    }
    return servers;
}

std::span<const DhcpDialect> dhcp_dialects() { return dialects; }

}  // namespace dectprov
