// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <string>
#include <string_view>

#include "render/generate.hpp"

namespace dectprov {
namespace {

constexpr std::string_view head =
    R"(# A site description: the servers of one site, their settings, users and handset groups.
#
#     dectprov lint FILE             checks it
#     dectprov render FILE -o DIR    writes the files that the servers ask for
#     dectprov explain PARAMETER     says what a setting does and what it takes

dectprov: 1
site: my-site

# Layers that this description shares with others, later over earlier:
# extends: [../common/defaults.yaml]

servers:
)";

constexpr std::string_view server_facts = R"(
    # What is known of the server opens and closes rules; neither is written anywhere.
    # firmware_version: PCS20Ba
    # licenses: [enhanced_provisioning]

    # The settings of the configuration file. The server overwrites: what is not here goes back to its default.
)";

constexpr std::string_view merge_hint =
    "    # With `import: merge` it keeps what is not here.\n    # import: merge\n";

constexpr std::string_view settings = R"(    settings:
      network: {bootproto: dhcp}
      provisioning:
        # When the server looks for new files: every so many minutes, and when a SIP NOTIFY asks for it.
        check: {check_sync: update, interval: 60}
        config: {check: true}
        users: {check: true}
        server: {method: static, url: https://prov.example.com/dect}
        # The firmware to load; `firmware_files` below gives its version.
        # firmware: {kws: kws.bin}
)";

constexpr std::string_view cota_hint = "        # Needed by handset_groups:\n        # cota: {check: true}\n";

constexpr std::string_view ip_users = R"(
    # Also from a table: `- from: users.csv`, with the names of the fields in its first row. Passwords are kept
    # out of this file: authpassword: "${env:SIP_7001}"
    users:
      - {username: "7001", displayname: First handset}
      # - {username: "7002", displayname: Second handset, ipei: 00077 0000001, configgroup: 100}

    # handset_groups:
    #   100:
    #     version: auto    # made of the settings: another one whenever they change
    #     settings:
    #       ringing_volume: {volume: 3}
)";

constexpr std::string_view dect_users = R"(
    # Also from a table: `- from: users.csv`, with the names of the fields in its first row. Passwords are kept
    # out of this file: authpassword: "${env:SIP_4001}"
    users:
      - {localno: "4001", displayname: First handset}
      # - {localno: "4002", displayname: Second handset, ipei: 00077 0000001, linetype: S}
)";

constexpr std::string_view firmware_files = R"(
    # firmware_files:
    #   kws: {version: PCS20Ba 90198}
)";

constexpr std::string_view config_file =
    R"(# Settings of dectprov for this folder and those below it; the nearest file counts, up to the repository root.
# Everything here is optional.

# What is known of servers whose files do not tell:
# servers:
#   0013d1800032: {model: "6500", firmware_version: PCS20Ba, licenses: [enhanced_provisioning]}

# The same and severities for folders; the last that matches counts:
# paths:
#   "clinics/**": {model: "8000", rules: {config/insecure-transport: off}}

# Severities: error, warning, note or off. `dectprov explain` lists the rules.
# rules:
#   config/never-checks: off
#   element/unknown: error

# Files that are not looked at, unless they are named:
# ignore: ["archive/**"]

# Parameters of newer firmware, a file of further catalogue entries:
# parameters: [vendor-parameters.yaml]

# The least severity that fails a run, and the least that is shown:
# fail-on: warning
# min-severity: note

# Suppression comments must say why:
# require-reason: true

# Rules of your own, reported as policy/NAME:
# policies:
#   https-only: {path: provisioning.server.url, matches: "^https://", severity: error, why: "credentials in the clear"}
#   two-groups: {path: "user[].configgroup", one_of: [100, 101]}
)";

// "00:13:d1:80:00:32", as it stands on the box.
std::string with_colons(std::string_view digits) {
    std::string text;
    for (std::size_t i = 0; i < digits.size(); i += 2) {
        if (i > 0) text += ':';
        text += digits.substr(i, 2);
    }
    return text;
}

}  // namespace

std::string site_starter(Model model, const Identity& identity) {
    const bool dect = dect_models.has(model);
    std::string out(head);
    std::string_view token;
    for (const ModelRow& row : models) {
        if (row.model != model) continue;
        token = row.token;
        out += fmt::format("  # {}\n", row.name);
    }
    out += fmt::format("  - name: my server\n    model: \"{}\"\n", token);
    out += identity.kind == Identity::Kind::uuid
               ? fmt::format("    uuid: {}\n", identity.text)
               : fmt::format("    mac: \"{}\"\n", with_colons(identity.text));
    out += server_facts;
    if (!dect) out += merge_hint;
    out += settings;
    if (!dect) out += cota_hint;
    out += dect ? dect_users : ip_users;
    out += firmware_files;
    return out;
}

std::string config_file_starter() { return std::string(config_file); }

}  // namespace dectprov
