// SPDX-License-Identifier: MIT
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "diag/rules.hpp"
#include "rules/groups.hpp"
#include "rules/settings.hpp"

namespace dectprov {

namespace {

// What a server imports besides its configuration.
struct Import {
    EntryId check;
    std::string_view name;
    Role role;
    std::string_view what;
};

constexpr Import imports[] = {
    {.check = entry("config.provisioning.users.check"),
     .name = "provisioning.users.check",
     .role = Role::users,
     .what = "users file"},
    {.check = entry("config.provisioning.cota.check"),
     .name = "provisioning.cota.check",
     .role = Role::list,
     .what = "handset list"},
};

constexpr EntryId method = entry("config.provisioning.server.method");
constexpr EntryId url = entry("config.provisioning.server.url");

// Provisioning is off as a whole.
bool is_disabled(const Server& server) { return setting_value(server, method) == "disabled"; }

// Of a description the list is made from the groups.
bool is_there(const Server& server, const Import& import) {
    if (server.has(import.role)) return true;
    if (import.role == Role::list ? server.groups_unread : server.users_unread) return true;
    return server.of_site && import.role == Role::list && !server.groups.empty();
}

bool applies(const Server& server, const Import& import) {
    return import.role != Role::list || !only(server, dect_models);
}

std::string how_to_add(const Server& server, const Import& import) {
    if (server.of_site) {
        return fmt::format("add `{}:`, or set the import to false",
                           import.role == Role::users ? "users" : "handset_groups");
    }
    if (server.identity.kind == Identity::Kind::none) return {};
    return fmt::format("add {}, or set the import to false", file_name(server.identity.text, import.role));
}

bool is_lone_configuration(const Server& server) {
    if (!server.of_site) return server.files.size() == 1;
    return !server.users && !server.users_unread && server.groups.empty() && !server.groups_unread;
}

void check_missing_files(const Server& server, Report& report) {
    if (!server.config || is_disabled(server)) return;
    // A configuration alone is not a set, as file or as description: the others may lie elsewhere.
    if (is_lone_configuration(server)) return;
    for (const Import& import : imports) {
        if (!applies(server, import) || switch_at(server, import.check) != Switch::on) continue;
        if (is_there(server, import)) continue;
        report.add(rule::file_missing, server.config->value_place(setting(server, import.check)),
                   fmt::format("{} is true, but there is no {}", import.name, import.what),
                   how_to_add(server, import));
    }
}

std::optional<Place> place_of(const Server& server, Role role) {
    if (role == Role::list) return handset_files(server);
    if (server.of_site) {
        if (!server.users || server.users->empty()) return std::nullopt;
        return server.users->name_place(0);
    }
    const InputFile* file = server.input(role);
    return file == nullptr ? std::nullopt : std::optional(whole_file(*file));
}

// Why a server does not fetch what this import is for, as far as its configuration decides it.
struct Reason {
    std::string what;
    std::string help;
    Note related;
};

std::optional<Reason> why_not_fetched(const Server& server, const Import& import) {
    const Tree& config = *server.config;
    // With a URL beside it the method is told as `config/url-ignored`: one slip, one finding.
    if (is_disabled(server) && !setting_value(server, url).empty()) return std::nullopt;
    if (is_disabled(server)) {
        return Reason{.what = "provisioning.server.method is disabled",
                      .help = "set the method to static or dhcp, or remove the file",
                      .related = {.span = config.marked(setting(server, method)),
                                  .message = "after this file the server fetches nothing"}};
    }
    const Switch state = switch_at(server, import.check);
    const std::string help = fmt::format("set {} to true", import.name);
    if (state == Switch::off) {
        return Reason{.what = fmt::format("{} is false", import.name),
                      .help = help,
                      .related = {.span = config.marked(setting(server, import.check)),
                                  .message = "switched off here"}};
    }
    // A merge leaves alone what it does not name.
    if (state != Switch::absent || !overwrites(server)) return std::nullopt;
    return Reason{
        .what = fmt::format("{} is not set, and an overwrite sets it to its default, false", import.name),
        .help = help,
        .related = {.span = config.name_span(setting(server, entry("config.provisioning"))),
                    .message = "it is not in the provisioning settings"}};
}

void check_orphan(const Server& server, Report& report) {
    // Without any provisioning settings it is `config/overwrite-drops-provisioning`, or a merge of others.
    const NodeIndex provisioning = setting(server, entry("config.provisioning"));
    if (provisioning == Tree::none || !server.config->has_children(provisioning)) return;
    for (const Import& import : imports) {
        if (!applies(server, import)) continue;
        const auto place = place_of(server, import.role);
        if (!place) continue;
        auto reason = why_not_fetched(server, import);
        if (!reason) continue;
        report
            .add(rule::file_orphan, *place, fmt::format("the server does not fetch this: {}", reason->what),
                 std::move(reason->help))
            .related.push_back(std::move(reason->related));
    }
}

}  // namespace

namespace rule {

constexpr Rule file_name{
    .id = "file/name",
    .severity = Severity::error,
    .summary = "a file name that no server asks for, similar to one that a server asks for",
    .why =
        "A server makes the names of its files from its own MAC address or UUID, and asks for exactly these. "
        "It never fetches a file with another name, and there is no error message.",
    .origin = "guide line 436, 457, 486-517",
    .example = Example::none};

constexpr Rule file_name_doubtful{
    .id = "file/name-doubtful",
    .severity = Severity::warning,
    .summary = "a form of a file name that the guide shows only once",
    .why =
        "All examples but one have an underscore before the group, and all have lower-case hex digits. It is "
        "not known whether a server asks for the other form.",
    .origin = "guide line 468, 511-517",
    .example = Example::none};

constexpr Rule file_identity{
    .id = "file/identity",
    .severity = Severity::error,
    .summary = "not a MAC address or UUID that a server can have",
    .why =
        "No server has a multicast address, an address of only zeros or only ones, or a text that is not a "
        "UUID instead of one. No server asks for the file.",
    .origin = "guide line 436; IEEE 802, group addresses",
    .example = Example::none};

constexpr Rule file_link{
    .id = "file/link",
    .severity = Severity::error,
    .summary = "a link with the name of a server's file, but without a target",
    .why =
        "The server asks for this name and gets nothing, as if the file did not exist. The target of the "
        "link was moved or removed, or it was not copied.",
    .origin = "guide line 436, 457",
    .example = Example::none};

constexpr Rule file_encoding{
    .id = "file/encoding",
    .severity = Severity::error,
    .summary = "bytes that are not valid in the encoding of the file",
    .why =
        "An XML parser must refuse such a file. In a version list a byte order mark stands before the first "
        "GROUP, so the first line is not valid.",
    .origin = "https://www.w3.org/TR/xml/#charencoding; guide line 497-507",
    .example = Example::none};

constexpr Rule file_empty{.id = "file/empty",
                          .severity = Severity::error,
                          .summary = "a file with nothing in it",
                          .why = "There is no root element to import. Most often an export or a copy failed.",
                          .origin = "https://www.w3.org/TR/xml/#sec-well-formed",
                          .example = Example::users,
                          .bad = "«»\n",
                          .good = R"(<users>
  <user><username>9997</username></user>
</users>
)"};

constexpr Rule file_near_identity{
    .id = "file/near-identity",
    .severity = Severity::warning,
    .summary = "files of one server under two identities that differ in one digit",
    .why =
        "One identity has no configuration, the other has only a configuration. Two servers can be like "
        "that, but most often one digit is mistyped. Then the server asks for a file that has another name.",
    .origin = "guide line 436, 457: a server asks for its own MAC address or UUID",
    .example = Example::none,
    .across = true};

constexpr Rule file_missing{
    .id = "file/missing",
    .severity = Severity::error,
    .summary = "an import is on, but its file does not exist",
    .why =
        "The import is switched on, but its file does not exist. So the users or the handset settings never "
        "arrive on this server.",
    .origin = "guide line 807-808, 855-857, 1190-1195",
    .example = Example::site,
    .bad = R"(dectprov: 1
site: aarhus-clinic
servers:
  - model: "6500"
    mac: 00:13:d1:80:00:32
    settings:
      provisioning:
        check: {interval: 60}
        cota: {check: «true»}
        users: {check: true}
    users:
      - {username: "9997"}
)",
    .good = R"(dectprov: 1
site: aarhus-clinic
servers:
  - model: "6500"
    mac: 00:13:d1:80:00:32
    settings:
      provisioning:
        check: {interval: 60}
        cota: {check: true}
        users: {check: true}
    users:
      - {username: "9997", configgroup: 100}
    handset_groups:
      100:
        version: 1
        settings: {ringing_volume: {volume: 3}}
)",
    .check = {.server = check_missing_files}};

constexpr Rule file_orphan{
    .id = "file/orphan",
    .severity = Severity::warning,
    .summary = "a file that its server will not fetch",
    .why =
        "The configuration beside it switches off the import or all provisioning, or it overwrites all "
        "settings without this import, which is off by default. The server never gets changes to this file.",
    .origin = "guide line 440, 448, 1089-1091, 1175, 1190-1195",
    .example = Example::site,
    .bad = R"(dectprov: 1
site: aarhus-clinic
servers:
  - model: "6500"
    mac: 00:13:d1:80:00:32
    settings:
      provisioning:
        check: {interval: 60}
        users: {check: false}
    «users»:
      - {username: "9997"}
)",
    .good = R"(dectprov: 1
site: aarhus-clinic
servers:
  - model: "6500"
    mac: 00:13:d1:80:00:32
    settings:
      provisioning:
        check: {interval: 60}
        users: {check: true}
    users:
      - {username: "9997"}
)",
    .check = {.server = check_orphan}};

}  // namespace rule

std::span<const Rule* const> file_rules() {
    static constexpr const Rule* rows[] = {
        &rule::file_name,   &rule::file_name_doubtful, &rule::file_identity,
        &rule::file_link,   &rule::file_encoding,      &rule::file_missing,
        &rule::file_orphan, &rule::file_empty,         &rule::file_near_identity};
    return rows;
}

}  // namespace dectprov
