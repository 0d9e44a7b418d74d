// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cstddef>
#include <string_view>

#include <fmt/format.h>

#include "catalog/characters.hpp"
#include "rules/groups.hpp"
#include "rules/settings.hpp"

namespace dectprov {

namespace {

void check_pin(const Server& server, Report& report);
void check_screen_locks(const Server& server, Report& report);

constexpr Rule pin_length{
    .id = "handset/pin-length",
    .severity = Severity::warning,
    .summary = "a screen lock PIN shorter than minimum_pin_length",
    .why =
        "The PIN in the file is shorter than the minimum in the file. No source says which of the two a "
        "handset follows.",
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

constexpr Rule pin_form{
    .id = "handset/pin-form",
    .severity = Severity::warning,
    .summary = "a screen lock PIN that does not have 4 to 12 digits",
    .why =
        "The menu of the handset takes a PIN of 4 to 12 digits. The same limits are expected here, but no "
        "source states them. A PIN that cannot be typed locks the user out.",
    .origin =
        "https://www.easymanua.ls/spectralink/7622/manual?p=29 (76-Series Handset User Guide, April 2023)",
    .example = Example::handset,
    .bad = R"(<cota>
  <info>
    <group>100</group>
    <version>1</version>
  </info>
  <data>
    <screen_lock>
      <pin>«w»ard7</pin>
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
      <pin>471147</pin>
    </screen_lock>
  </data>
</cota>
)",
    .check = {.server = check_pin}};

constexpr Rule lock_conflict{
    .id = "handset/lock-conflict",
    .severity = Severity::note,
    .summary = "both the key lock and the screen lock are switched on",
    .why =
        "A handset has only one of the two: the screen lock switches the key lock off. No source says which "
        "of them is on after such a file.",
    .origin =
        "https://www.easymanua.ls/spectralink/7622/manual?p=29 (76-Series Handset User Guide, April 2023)",
    .example = Example::handset,
    .bad = R"(<cota>
  <info>
    <group>100</group>
    <version>1</version>
  </info>
  <data>
    <auto_key_lock>
      <active>true</active>
    </auto_key_lock>
    <screen_lock>
      <active>«true»</active>
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
    <auto_key_lock>
      <active>false</active>
    </auto_key_lock>
    <screen_lock>
      <active>true</active>
    </screen_lock>
  </data>
</cota>
)",
    .check = {.server = check_screen_locks}};

bool is_pin(std::string_view text) {
    constexpr std::size_t shortest = 4;
    constexpr std::size_t longest = 12;
    return text.size() >= shortest && text.size() <= longest && all_digits(text);
}

// What is of another form is not measured too.
void check_pin(const Server& server, Report& report) {
    for (const HandsetGroup& group : fetched_groups(server)) {
        const Tree& tree = group.tree;
        const NodeIndex pin = known_at(server, tree, entry("cota.data.screen_lock.pin"));
        if (pin == Tree::none) continue;
        if (!is_pin(tree.value(pin))) {
            report.add(pin_form, tree.value_place(pin), "the PIN does not have 4 to 12 digits",
                       "set a PIN of 4 to 12 digits, or leave it empty");
            continue;
        }
        const NodeIndex least = known_at(server, tree, entry("cota.data.screen_lock.minimum_pin_length"));
        if (least == Tree::none) continue;
        const auto length = to_number(tree.value(least));
        if (!length || tree.value(pin).size() >= *length) continue;
        report
            .add(pin_length, tree.value_place(pin), "the PIN is shorter than minimum_pin_length",
                 "set a longer PIN, or leave it empty")
            .related.push_back({.span = tree.marked(least), .message = "the minimum length"});
    }
}

void check_screen_locks(const Server& server, Report& report) {
    for (const HandsetGroup& group : fetched_groups(server)) {
        const Tree& tree = group.tree;
        const NodeIndex keys = known_at(server, tree, entry("cota.data.auto_key_lock.active"));
        const NodeIndex screen = known_at(server, tree, entry("cota.data.screen_lock.active"));
        if (keys == Tree::none || screen == Tree::none) continue;
        if (tree.value(keys) != "true" || tree.value(screen) != "true") continue;
        const auto [first, second] = std::minmax(keys, screen);
        report
            .add(lock_conflict, tree.value_place(second),
                 "auto_key_lock and screen_lock are both on; a handset has only one of them",
                 "set one of them to false")
            .related.push_back({.span = tree.marked(first), .message = "the other one"});
    }
}

}  // namespace

std::span<const Rule* const> handset_screen_lock_rules() {
    static constexpr const Rule* rows[] = {&pin_length, &pin_form, &lock_conflict};
    return rows;
}

}  // namespace dectprov
