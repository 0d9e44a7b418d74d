// SPDX-License-Identifier: MIT
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "load/config_keys.hpp"
#include "load/site_keys.hpp"
#include "model/mac_notation.hpp"
#include "render/generate.hpp"

namespace dectprov {
namespace {

constexpr std::string_view site_head =
    R"(# A site description: the servers of one site, their settings, users and handset groups.
#
#     dectprov lint FILE             checks it
#     dectprov render FILE -o DIR    writes the files that the servers ask for
#     dectprov explain PARAMETER     says what a setting does and what it takes

)";

constexpr std::string_view config_head =
    R"(# Settings of dectprov for this folder and those below it; the nearest file counts, up to the repository root.
# Everything here is optional.
)";

constexpr std::string_view fleet_text =
    R"(# A fleet from two tables: a row a server in servers.csv, a row a user in users.csv.
#
#     dectprov lint FOLDER             checks it
#     dectprov render FOLDER -o DIR    writes the files that the servers ask for
#     dectprov explain PARAMETER       says what a setting does and what it takes

dectprov: 1
site: my-fleet

# Texts that settings have in common: ${var:host}. A column var.NAME of servers.csv sets one for each server.
vars: {host: prov.example.com}

# What every server has. A column settings.PATH of servers.csv sets one for each server: settings.sip.callwaiting
defaults:
  model: "@MODEL@"
  settings:
    network: {bootproto: dhcp}
    provisioning:
      check: {check_sync: update, interval: 60}
      config: {check: true}
      users: {check: true}
      server: {method: static, url: "https://${var:host}/dect"}
  users:
    - from: users.csv
      where: {site: "${var:site}"}
      # Headings of the file that are no fields: columns: {Extension: @USER@, Name: displayname}
      # Passwords are kept out of the table:    set: {authpassword: "${env:SIP_${row:@USER@}}"}

servers:
  - from: servers.csv
)";

void replace_all(std::string& text, std::string_view mark, std::string_view with) {
    for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at + with.size()))
        text.replace(at, mark.size(), with);
}

// What the rows of a file's keys say, of those models.
std::string samples_of(std::span<const Key> keys, ModelSet models) {
    std::string text;
    for (const Key& key : keys) {
        for (const Sample& sample : key.samples) {
            if (models.within(sample.models)) text += sample.text;
        }
    }
    return text;
}

}  // namespace

std::string site_starter(Model model, const Identity& identity) {
    std::string out(site_head);
    out += samples_of(description_keys(), model);
    out += samples_of(server_keys(), model);
    replace_all(out, "@NAME@", models[static_cast<std::size_t>(model)].name);
    replace_all(out, "@MODEL@", token(model));
    replace_all(out, "@UUID@", identity.text);
    replace_all(out, "@MAC@", spelled_mac(identity.text));
    return out;
}

std::vector<FleetFile> fleet_starter(Model model) {
    const bool is_dect = dect_models.has(model);
    const std::string_view user = is_dect ? "localno" : "username";
    std::string site(fleet_text);
    replace_all(site, "@MODEL@", token(model));
    replace_all(site, "@USER@", user);
    return {{.name = "site.yaml", .text = std::move(site)},
            {.name = "servers.csv",
             .text = std::string(mac_models.has(model) ? "mac" : "uuid") + ",name,var.site\n"},
            {.name = "users.csv",
             .text = "site," + std::string(user) + ",displayname,ipei" + (is_dect ? ",linetype\n" : "\n")}};
}

std::string config_file_starter() { return std::string(config_head) + samples_of(config_keys(), all_models); }

}  // namespace dectprov
