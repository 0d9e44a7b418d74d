// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "catalog/handset_locks.hpp"
#include "rules/groups.hpp"
#include "rules/listed_groups.hpp"
#include "rules/settings.hpp"

namespace dectprov {

namespace {

void check_group(const Server& server, Report& report);
void check_version(const Server& server, Report& report);
void check_locks(const Server& server, Report& report);
void check_pin(const Server& server, Report& report);
UserWalk check_unused(const Server& server, Report& report);

constexpr Rule group_mismatch{
    .id = "handset/group-mismatch",
    .severity = Severity::error,
    .summary = "info.group is not the group of the file name",
    .why =
        "The group is the identifier of the settings. The server asks for one group and gets the settings of "
        "another.",
    .origin = "guide line 509-525, 2062",
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
    .summary = "info.version is not the version that the list gives",
    .why =
        "The version decides whether handsets get the settings. With two versions for one file either new "
        "settings are not sent, or the same ones are sent again and again.",
    .origin = "guide line 474-478, 527",
    .example = Example::none,
    .check = {.server = check_version}};

constexpr Rule locked_without_value{
    .id = "handset/locked-without-value",
    .severity = Severity::warning,
    .summary = "a menu entry is hidden, and the file does not set what it locks",
    .why =
        "Hiding the entry takes the setting away from the user, and what the file does not mention stays as "
        "it "
        "is: each handset is locked at whatever it has at that moment.",
    .origin = "guide line 529; reference handset-locks, by name",
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

constexpr Rule pin_length{
    .id = "handset/pin-length",
    .severity = Severity::warning,
    .summary = "a screen lock PIN shorter than minimum_pin_length",
    .why =
        "The file asks for longer PINs than the one it sets. Which of the two a handset follows is stated "
        "nowhere.",
    .origin = "guide line 2293-2297",
    .example = Example::handset,
    .bad = R"(<cota>
  <info>
    <group>100</group>
    <version>1</version>
  </info>
  <data>
    <screen_lock>
      <minimum_pin_length>6</minimum_pin_length>
      <pin>«4»711</pin>
    </screen_lock>
  </data>
</cota>
)",
    .good = R"(<cota>
  <info>
    <group>100</group>
    <version>1</version>
  </info>
  <data>
    <screen_lock>
      <minimum_pin_length>6</minimum_pin_length>
      <pin>471147</pin>
    </screen_lock>
  </data>
</cota>
)",
    .check = {.server = check_pin}};

constexpr Rule group_unused{
    .id = "handset/group-unused",
    .severity = Severity::note,
    .summary = "a handset group that no user is in",
    .why =
        "The settings go to the handsets of the users that name the group. Nobody does, so they go nowhere.",
    .origin = "guide line 527, 1927",
    .example = Example::none,
    .check = {.users = check_unused}};

// A node of a group's file, where it has one with a known value.
NodeIndex given(const Tree& tree, EntryId id) {
    if (tree.empty()) return Tree::none;
    const NodeIndex node = tree.find(id);
    return node == Tree::none || tree.is_opaque(node) || tree.value(node).empty() ? Tree::none : node;
}

void check_group(const Server& server, Report& report) {
    for (const HandsetGroup& group : server.groups) {
        const NodeIndex node = given(group.tree, entry("cota.info.group"));
        if (group.number == 0 || node == Tree::none) continue;
        const auto said = to_number(group.tree.value(node));
        if (!said || *said == group.number) continue;
        Diagnostic& diagnostic =
            report.add(group_mismatch, group.tree.value_place(node),
                       fmt::format("info.group is {}; the file is that of group {}", *said, group.number),
                       fmt::format("set it to {}, or rename the file", group.number));
        // Not safe: the file may be the other group's, under a wrong name.
        diagnostic.fix = Fix{.span = group.tree.value_span(node),
                             .replacement = fmt::format("{}", group.number),
                             .safe = false};
    }
}

// Digits compare as numbers, since leading zeros do not make another version.
bool same_version(std::string_view a, std::string_view b) {
    const auto number = to_number(a);
    return a == b || (number && number == to_number(b));
}

void check_version(const Server& server, Report& report) {
    if (!server.list || server.of_site) return;
    const ListedGroups groups(*server.list);
    for (const HandsetGroup& group : server.groups) {
        const NodeIndex node = given(group.tree, entry("cota.info.version"));
        const VersionLine* line = groups.find(group.number);
        if (node == Tree::none || line == nullptr) continue;
        const std::string_view version = group.tree.value(node);
        // What is no number is `value/type`.
        if (!to_number(version) || same_version(version, line->version)) continue;
        Diagnostic& diagnostic =
            report.add(version_mismatch, group.tree.value_place(node),
                       fmt::format("info.version is {}; the list gives {}", version, line->version),
                       "give both the same version, a new one if the settings have changed");
        diagnostic.related.push_back({.span = line->version_digits, .message = "the version of the list"});
        // Safe: the list is what the server goes by already.
        diagnostic.fix = Fix{.span = group.tree.value_span(node), .replacement = std::string(line->version)};
    }
}

// Whether anything at or below the entry has a value.
bool sets(const Tree& tree, EntryId id) {
    const NodeIndex top = tree.find(id);
    if (top == Tree::none) return false;
    for (NodeIndex node = top; node < tree.after(top); ++node) {
        if (!tree.has_children(node) && is_given(tree, node)) return true;
    }
    return false;
}

// The place of each built-in entry's row in `handset_locks`, its size where the entry locks nothing.
constexpr auto lock_places = [] {
    std::array<std::uint8_t, builtin_rows.size()> places{};
    places.fill(std::size(handset_locks));
    for (std::size_t at = 0; at < std::size(handset_locks); ++at) {
        places[static_cast<std::size_t>(handset_locks[at].menu)] = static_cast<std::uint8_t>(at);
    }
    return places;
}();

const HandsetLock* find_lock(EntryId menu_entry) {
    const auto index = static_cast<std::size_t>(menu_entry);
    if (index >= lock_places.size() || lock_places[index] == std::size(handset_locks)) return nullptr;
    return &handset_locks[lock_places[index]];
}

void check_lock(const Tree& tree, NodeIndex menu_entry, const HandsetLock& lock, Report& report) {
    if (sets(tree, lock.locked)) return;
    // Without the root, as everywhere.
    const std::string path = tree.catalog().path(lock.locked);
    const std::string_view locked = std::string_view(path).substr(path.find('.') + 1);
    report.add(
        locked_without_value, tree.value_place(menu_entry),
        fmt::format("'{}' is hidden, and the file does not set {}: each handset stays locked at what it has",
                    tree.name(menu_entry), locked),
        fmt::format("set {} in this file", locked));
}

void check_locks(const Server& server, Report& report) {
    for (const HandsetGroup& group : server.groups) {
        const Tree& tree = group.tree;
        for (NodeIndex node = 0; node < tree.size(); ++node) {
            const HandsetLock* lock = find_lock(tree.entry(node));
            if (lock == nullptr || tree.has_children(node) || tree.is_opaque(node)) continue;
            if (tree.value(node) == "false") check_lock(tree, node, *lock, report);
        }
    }
}

std::size_t characters(std::string_view text) {
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U; }));
}

void check_pin(const Server& server, Report& report) {
    for (const HandsetGroup& group : server.groups) {
        const Tree& tree = group.tree;
        const NodeIndex pin = given(tree, entry("cota.data.screen_lock.pin"));
        const NodeIndex least = given(tree, entry("cota.data.screen_lock.minimum_pin_length"));
        if (pin == Tree::none || least == Tree::none) continue;
        const auto length = to_number(tree.value(least));
        if (!length || characters(tree.value(pin)) >= *length) continue;
        report
            .add(pin_length, tree.value_place(pin), "the PIN is shorter than minimum_pin_length",
                 "set a longer PIN, or leave it empty")
            .related.push_back({.span = tree.marked(least), .message = "the least length"});
    }
}

// The groups that users are in.
struct UsedGroups {
    std::vector<std::uint32_t> numbers;  // in order
    bool known = true;                   // false where one is not known before rendering

    void add(const UserView& user) {
        const NodeIndex field = user.field(entry("users.user.configgroup"));
        if (field == Tree::none) return;
        known = known && !user.tree.is_opaque(field);
        const auto number = to_number(user.tree.value(field));
        if (!number) return;
        const auto place = std::ranges::lower_bound(numbers, *number);
        if (place == numbers.end() || *place != *number) numbers.insert(place, *number);
    }
};

void report_unused(const Server& server, const UsedGroups& used, Report& report) {
    if (!used.known) return;
    const VersionList none;
    const ListedGroups groups(server.list ? *server.list : none);
    for (const HandsetGroup& group : server.groups) {
        if (group.number == 0 || std::ranges::binary_search(used.numbers, group.number)) continue;
        const VersionLine* line = groups.find(group.number);
        // A file that the list does not name is `ver/group-not-listed`.
        if (server.list && line == nullptr) continue;
        Place place = group.where;
        if (line != nullptr && !server.of_site) {
            place = {.span = line->group_span, .path = fmt::format("GROUP{}", line->group)};
        }
        report.add(group_unused, std::move(place), fmt::format("no user is in group {}", group.number));
    }
}

UserWalk check_unused(const Server& server, Report& report) {
    if (server.groups.empty()) return {};
    // std::function wants what can be copied.
    const auto used = std::make_shared<UsedGroups>();
    return {.visit = [used](const UserView& user) { used->add(user); },
            .finish = [used, &server, &report] { report_unused(server, *used, report); }};
}

}  // namespace

std::span<const Rule* const> handset_rules() {
    static constexpr const Rule* rows[] = {&group_mismatch, &version_mismatch, &locked_without_value,
                                           &pin_length, &group_unused};
    return rows;
}

}  // namespace dectprov
