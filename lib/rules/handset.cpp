// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cstddef>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "catalog/handset_locks.hpp"
#include "catalog/types.hpp"
#include "doc/ver_list.hpp"
#include "rules/groups.hpp"
#include "rules/listed_groups.hpp"
#include "rules/settings.hpp"

namespace dectprov {

namespace {

void check_group(const Server& server, Report& report);
void check_version(const Server& server, Report& report);
void check_locks(const Server& server, Report& report);
UserWalk check_unused(const Server& server, Report& report);

constexpr Rule group_mismatch{
    .id = "handset/group-mismatch",
    .severity = Severity::error,
    .summary = "info.group is not the group in the file name",
    .why =
        "The group identifies the settings. The server asks for one group and gets the settings of another.",
    .origin = "guide line 509-525, 2058",
    .example = Example::handset,
    .bad = R"(<cota>
  <info>
    <group>«101»</group>
    <version>1</version>
  </info>
  <data/>
</cota>
)",
    .good = R"(<cota>
  <info>
    <group>100</group>
    <version>1</version>
  </info>
  <data/>
</cota>
)",
    .check = {.server = check_group}};

constexpr Rule version_mismatch{
    .id = "handset/version-mismatch",
    .severity = Severity::error,
    .summary = "info.version is not the version in the list",
    .why =
        "The version decides whether handsets get the settings. If the versions differ, new settings are not "
        "sent, or the same settings are sent again and again.",
    .origin = "guide line 474-478, 527",
    .example = Example::none,
    .check = {.server = check_version}};

constexpr Rule locked_without_value{
    .id = "handset/locked-without-value",
    .severity = Severity::warning,
    .summary = "a menu entry is hidden, but the file does not set the locked setting",
    .why =
        "Without the menu entry the user cannot change the setting, and a setting that is not in the file "
        "stays as it is. So each handset is locked at the value that it has at that moment.",
    .origin = "guide line 529, 2445-2447; reference handset-locks, by name",
    .example = Example::handset,
    .bad = R"(<cota>
  <info>
    <group>100</group>
    <version>1</version>
  </info>
  <data>
    <menu_settings>
      <ringing_volume>«false»</ringing_volume>
    </menu_settings>
  </data>
</cota>
)",
    .good = R"(<cota>
  <info>
    <group>100</group>
    <version>1</version>
  </info>
  <data>
    <ringing_volume>
      <volume>3</volume>
    </ringing_volume>
    <menu_settings>
      <ringing_volume>false</ringing_volume>
    </menu_settings>
  </data>
</cota>
)",
    .check = {.server = check_locks}};

constexpr Rule group_unused{
    .id = "handset/group-unused",
    .severity = Severity::note,
    .summary = "a handset group without users",
    .why =
        "The settings go to the handsets of the users in the group. There are none, so nobody gets the "
        "settings.",
    .origin = "guide line 527, 1927",
    .example = Example::none,
    .check = {.users = check_unused}};

void check_group(const Server& server, Report& report) {
    for (const HandsetGroup& group : fetched_groups(server)) {
        const NodeIndex node = known_at(server, group.tree, entry("cota.info.group"));
        if (group.number != 0) check_group_number(group.tree, node, group.number, report);
    }
}

void check_version(const Server& server, Report& report) {
    const VersionList* list = fetched_list(server);
    if (list == nullptr || server.of_site) return;
    const ListedGroups groups(*list);
    for (const HandsetGroup& group : fetched_groups(server)) {
        const NodeIndex node = known_at(server, group.tree, entry("cota.info.version"));
        // One that is listed twice is `ver/duplicate-group`.
        const VersionLine* line = groups.find_only(group.number);
        if (node == Tree::none || line == nullptr) continue;
        const std::string_view version = group.tree.value(node);
        // What is no version is told as that.
        if (check(types::group_version, version) || check(types::group_version, line->version)) continue;
        if (same_version(version, line->version)) continue;
        Diagnostic& diagnostic = report.add(
            version_mismatch, group.tree.value_place(node),
            fmt::format("info.version is {}, but the version in the list is {}", version, line->version),
            "write the same version in both, a new one if the settings have changed");
        diagnostic.related.push_back({.span = line->version_digits, .message = "the version in the list"});
        // Safe: the lower is raised. The group is sent again, where it was new already; lowering the other
        // would keep a change from being sent.
        const bool list_is_lower =
            to_number(line->version) && *to_number(line->version) < *to_number(version);
        const Span own = group.tree.value_span(node);
        if (list_is_lower) {
            diagnostic.fix = Fix{.span = line->version_digits, .replacement = std::string(version)};
        } else if (group.tree.is_text_alone(own)) {
            diagnostic.fix = Fix{.span = own, .replacement = std::string(line->version)};
        }
    }
}

// Whether anything at or below the entry has a value.
bool sets(const Server& server, const Tree& tree, EntryId id) {
    const NodeIndex top = seen(server, tree, id);
    if (top == Tree::none) return false;
    for (NodeIndex node = top; node < tree.after(top); ++node) {
        if (!tree.has_children(node) && is_given(tree, node)) return true;
    }
    return false;
}

void check_lock(const Server& server, const Tree& tree, NodeIndex menu_entry, const HandsetLock& lock,
                Report& report) {
    if (sets(server, tree, lock.locked)) return;
    // Without the root, as everywhere.
    const std::string path = tree.catalog().path(lock.locked);
    const std::string_view locked = std::string_view(path).substr(path.find('.') + 1);
    report.add(
        locked_without_value, tree.value_place(menu_entry),
        fmt::format("'{}' is hidden, but the file does not set {}; each handset keeps the value that it has",
                    tree.name(menu_entry), locked),
        fmt::format("set {} in this file", locked));
}

void check_locks(const Server& server, Report& report) {
    for (const HandsetGroup& group : fetched_groups(server)) {
        const Tree& tree = group.tree;
        for (NodeIndex node = 0; node < tree.size(); ++node) {
            const HandsetLock* lock = find_lock(tree.entry(node));
            if (lock == nullptr || tree.has_children(node) || is_unclear(tree, node)) continue;
            if (tree.value(node) == "false") check_lock(server, tree, node, *lock, report);
        }
    }
}

// The groups that users are in.
struct UsedGroups {
    std::vector<std::uint32_t> numbers;  // in order
    bool known = true;                   // false where one is not known before rendering

    void add(const UserView& user) {
        const NodeIndex field = user.field(entry("users.user.configgroup"));
        if (field == Tree::none) return;
        known = known && !is_unclear(user.tree, field);
        const auto number = to_number(user.tree.value(field));
        if (!number) return;
        const auto place = std::ranges::lower_bound(numbers, *number);
        if (place == numbers.end() || *place != *number) numbers.insert(place, *number);
    }
};

void report_unused(const Server& server, const UsedGroups& used, Report& report) {
    if (!used.known) return;
    // What is misspelt in the place of a user may be one.
    if (stands_in(*server.users, entry("users.user"))) return;
    const VersionList none;
    const VersionList* list = fetched_list(server);
    const ListedGroups groups(list != nullptr ? *list : none);
    for (const HandsetGroup& group : fetched_groups(server)) {
        if (group.number == 0 || std::ranges::binary_search(used.numbers, group.number)) continue;
        const VersionLine* line = groups.find(group.number);
        // A file that the list does not name is `ver/group-not-listed`.
        if (list != nullptr && line == nullptr) continue;
        Place place = group.where;
        if (line != nullptr && !server.of_site) {
            place = {.span = line->group_span, .path = fmt::format("GROUP{}", line->group)};
        }
        report.add(group_unused, std::move(place), fmt::format("group {} has no users", group.number));
    }
}

UserWalk check_unused(const Server& server, Report& report) {
    if (fetched_groups(server).empty()) return {};
    // std::function wants what can be copied.
    const auto used = std::make_shared<UsedGroups>();
    return {.visit = [used](const UserView& user) { used->add(user); },
            .finish = [used, &server, &report] { report_unused(server, *used, report); }};
}

}  // namespace

void check_group_number(const Tree& group, NodeIndex node, std::uint32_t number, Report& report) {
    if (node == Tree::none) return;
    const auto said = to_number(group.value(node));
    if (!said || *said == number) return;
    // What no group has is told as that.
    if (check(group.catalog().type(entry("cota.info.group")), group.value(node))) return;
    Diagnostic& diagnostic =
        report.add(group_mismatch, group.value_place(node),
                   fmt::format("info.group is {}, but the file is for group {}", *said, number),
                   fmt::format("set it to {}, or rename the file", number));
    // Not safe: the file may be the other group's, under a wrong name.
    const Span written = group.value_span(node);
    if (group.is_text_alone(written))
        diagnostic.fix = Fix{.span = written, .replacement = fmt::format("{}", number), .safe = false};
}

std::span<const Rule* const> handset_rules() {
    static constexpr const Rule* rows[] = {&group_mismatch, &version_mismatch, &locked_without_value,
                                           &group_unused};
    return rows;
}

}  // namespace dectprov
