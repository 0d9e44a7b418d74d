// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "doc/secret.hpp"
#include "rules/groups.hpp"
#include "rules/listed_groups.hpp"
#include "rules/settings.hpp"

namespace dectprov {

namespace {

void check_ipei(const UserView& user, Report& report);
UserWalk check_groups(const Server& server, Report& report);
void check_group_count(const Server& server, Report& report);
void check_auth(const UserView& user, Report& report);
void check_password(const UserView& user, Report& report);
void check_empty(const Server& server, Report& report);

constexpr Rule ipei_checksum{
    .id = "users/ipei-checksum",
    .severity = Severity::error,
    .summary = "the thirteenth character of an IPEI is not its check character",
    .why =
        "The check character is calculated from the twelve digits before it. If it does not match, one of "
        "the thirteen characters is wrong, and the intended handset cannot subscribe.",
    .origin = "ETSI EN 300 175-6, IPEI; reference users.tsv",
    .example = Example::users,
    .bad = R"(<users>
  <user>
    <ipei>00077 0000001«5»</ipei>
    <username>9997</username>
  </user>
</users>
)",
    .good = R"(<users>
  <user>
    <ipei>00077 00000019</ipei>
    <username>9997</username>
  </user>
</users>
)",
    .check = {.user = check_ipei}};

constexpr Rule configgroup_undefined{
    .id = "users/configgroup-undefined",
    .severity = Severity::warning,
    .summary = "a handset group that is not in the server's list",
    .why =
        "A handset gets the settings of the group of its user. The server does not know this group, so the "
        "handset gets no settings.",
    .origin = "guide line 472-478, 527, 1927",
    .example = Example::site,
    .bad = R"(dectprov: 1
site: aarhus-clinic
servers:
  - model: "6500"
    mac: 00:13:d1:80:00:32
    settings:
      provisioning: {check: {interval: 60}, cota: {check: true}, users: {check: true}}
    users:
      - {username: "9997", configgroup: 100}
      - {username: "9998", configgroup: «101»}
    handset_groups:
      100:
        version: 1
        settings:
          ringing_volume: {volume: 3}
)",
    .good = R"(dectprov: 1
site: aarhus-clinic
servers:
  - model: "6500"
    mac: 00:13:d1:80:00:32
    settings:
      provisioning: {check: {interval: 60}, cota: {check: true}, users: {check: true}}
    users:
      - {username: "9997", configgroup: 100}
      - {username: "9998", configgroup: 100}
    handset_groups:
      100:
        version: 1
        settings:
          ringing_volume: {volume: 3}
)",
    .check = {.users = check_groups}};

constexpr Rule too_many_groups{
    .id = "users/too-many-groups",
    .severity = Severity::error,
    .summary = "more than 99 handset groups on one server",
    .why = "A server takes 99 groups at most. No source says which of the others it leaves out.",
    .origin = "guide line 1927",
    .example = Example::none,
    .check = {.server = check_group_count}};

constexpr Rule auth_incomplete{
    .id = "users/auth-incomplete",
    .severity = Severity::note,
    .summary = "an authentication name without a password",
    .why =
        "A telephone system that asks for authentication refuses a name without its password. If it does not "
        "ask, the name is not needed.",
    .origin = "guide line 1937, 1938",
    .example = Example::users,
    .bad = R"(<users>
  <user>
    <username>9997</username>
    <authuser>«auth9997»</authuser>
  </user>
</users>
)",
    .good = R"(<users>
  <user>
    <username>9997</username>
  </user>
</users>
)",
    .check = {.user = check_auth}};

constexpr Rule password_is_name{
    .id = "users/password-is-name",
    .severity = Severity::warning,
    .summary = "a SIP password that equals the user's name or number",
    .why =
        "An attacker tries numbers and names first. Anyone who guesses the password can make calls at the "
        "user's cost.",
    .origin = "guide line 1938; RFC 3261, section 26",
    .example = Example::users,
    .bad = R"(<users>
  <user>
    <username>nurse9997</username>
    <authpassword>«n»urse9997</authpassword>
  </user>
</users>
)",
    .good = R"(<users>
  <user>
    <username>nurse9997</username>
    <authpassword>vT5-kelp.Ostrich</authpassword>
  </user>
</users>
)",
    .check = {.user = check_password}};

constexpr Rule empty_list{
    .id = "users/empty-list",
    .severity = Severity::warning,
    .summary = "a users file without a user",
    .why =
        "The server takes over the list as it is. The import of an empty list may remove all users of the "
        "server.",
    .origin = "guide line 1287-1300",
    .example = Example::users,
    .bad = R"(<«users»>
</users>
)",
    .good = R"(<users>
  <user>
    <username>9997</username>
  </user>
</users>
)",
    .check = {.server = check_empty}};

void check_ipei(const UserView& user, Report& report) {
    constexpr EntryId id = entry("users.user.ipei");
    const std::string_view text = user.value(id);
    // Twelve digits, with or without a blank, have no check character to look at.
    if (text.size() <= 12U + (text.find(' ') == std::string_view::npos ? 0U : 1U)) return;
    const auto handset = parse_ipei(text);
    if (!handset || handset->check == 0) return;
    std::array<char, 12> digits{};
    std::size_t count = 0;
    for (const char c : text) {
        if (c >= '0' && c <= '9' && count < digits.size()) digits[count++] = c;
    }
    const char right = ipei_check_character({digits.data(), digits.size()});
    if (right == handset->check) return;
    const NodeIndex node = user.field(id);
    const Span wrong = user.tree.text_span(node, value_offset(user.tree, node) + text.size() - 1, 1);
    // The right one is as secret as the digits that it is made from.
    if (is_secret(user.tree, node)) {
        report.add(ipei_checksum, user.tree.value_place(node),
                   "the check character does not belong to these digits", "check the label of the handset");
        return;
    }
    Diagnostic& diagnostic = report.add(
        ipei_checksum, Place{.span = wrong, .tree = &user.tree, .node = node},
        fmt::format("the check character is {}; for these digits it must be {}", handset->check, right),
        fmt::format("check the label of the handset; if the digits are right, write {}", right));
    // A value that is written elsewhere is one place; a part of it has none.
    if (user.tree.sources().text(wrong) != std::string_view(&handset->check, 1)) return;
    // Not safe: the slip may be in any of the other digits, and the handset another one.
    diagnostic.fix = Fix{.span = wrong, .replacement = std::string(1, right), .safe = false};
}

UserWalk check_groups(const Server& server, Report& report) {
    // A line that cannot be read may be the one.
    const VersionList* list = fetched_list(server);
    if (list == nullptr || !list->complete) return {};
    const auto visit = [&report, groups = ListedGroups(*list)](const UserView& user) {
        constexpr EntryId id = entry("users.user.configgroup");
        const std::string_view value = user.value(id);
        const auto number = to_number(value);
        // What is no number of a group is `value/type` or `value/range`.
        if (!number || groups.find(*number) != nullptr || check(user.tree.catalog().type(id), value)) return;
        const NodeIndex node = user.field(id);
        if (is_secret(user.tree, node)) {
            report.add(configgroup_undefined, user.tree.value_place(node), "this group is not in the list",
                       "add it to `handset_groups`");
            return;
        }
        report.add(configgroup_undefined, user.tree.value_place(node),
                   fmt::format("group {} is not in the list", *number),
                   user.server.of_site ? fmt::format("add group {} to `handset_groups`", *number)
                                       : fmt::format("add a line for GROUP{} to the list", *number));
    };
    return {.visit = visit};
}

void check_group_count(const Server& server, Report& report) {
    constexpr std::size_t most = 99;
    const VersionList* list = fetched_list(server);
    if (list == nullptr || list->lines.size() <= most) return;
    const ListedGroups groups(*list);
    std::size_t count = 0;
    for (const VersionLine& line : list->lines) {
        const auto number = to_number(line.group);
        // A group that stands twice counts once.
        if (!number || groups.find(*number) != &line || ++count <= most) continue;
        // The list of a description is in the order of its groups.
        const auto index = static_cast<std::size_t>(&line - list->lines.data());
        Place place{.span = line.group_digits, .path = fmt::format("GROUP{}", line.group)};
        if (server.of_site) place = server.groups[index].where;
        report.add(too_many_groups, std::move(place), "this is the hundredth group; a server takes 99");
        return;
    }
}

void check_auth(const UserView& user, Report& report) {
    constexpr EntryId authuser = entry("users.user.authuser");
    const NodeIndex name = user.field(authuser);
    if (name == Tree::none || user.tree.entry(name) == EntryId::none || !is_given(user.tree, name)) return;
    const NodeIndex password = user.field(entry("users.user.authpassword"));
    if (password != Tree::none && is_given(user.tree, password)) return;
    report.add(auth_incomplete, user.tree.value_place(name), "authuser is set, but authpassword is not",
               "add the password, or remove authuser");
}

void check_password(const UserView& user, Report& report) {
    constexpr EntryId authpassword = entry("users.user.authpassword");
    const std::string_view password = user.value(authpassword);
    if (password.empty()) return;
    for (const EntryId id :
         {entry("users.user.username"), entry("users.user.secondaryusername"), entry("users.user.authuser"),
          entry("users.user.localno"), entry("users.user.name"), entry("users.user.displayname")}) {
        if (user.value(id) != password) continue;
        const NodeIndex node = user.field(authpassword);
        report
            .add(password_is_name, user.tree.value_place(node),
                 fmt::format("the password equals the user's {}", user.tree.name(user.field(id))),
                 "set a password that cannot be guessed")
            .related.push_back({.span = user.tree.name_span(user.field(id)), .message = "the same text"});
        return;
    }
}

void check_empty(const Server& server, Report& report) {
    if (!server.users || server.users->empty() || server.users_unread) return;
    const Tree& users = *server.users;
    for (NodeIndex node = users.first(0); node < users.after(0); node = users.after(node)) {
        // What is misspelt may be a user.
        if (users.entry(node) == entry("users.user") || meant_by(users, node) != EntryId::none) return;
    }
    report.add(empty_list, users.name_place(0),
               "the list has no user; its import may remove all users of the server",
               "remove the file, or set provisioning.users.check to false");
}

}  // namespace

std::span<const Rule* const> users_rules() {
    static constexpr const Rule* rows[] = {&ipei_checksum,   &configgroup_undefined, &too_many_groups,
                                           &auth_incomplete, &password_is_name,      &empty_list};
    return rows;
}

}  // namespace dectprov
