// SPDX-License-Identifier: MIT
#include "diag/rules.hpp"
#include "rules/groups.hpp"

namespace dectprov {

namespace {

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
)"};

constexpr Rule version_mismatch{
    .id = "handset/version-mismatch",
    .severity = Severity::error,
    .summary = "info.version is not the version that the list gives",
    .why =
        "The version decides whether handsets get the settings. With two versions for one file either new "
        "settings are not sent, or the same ones are sent again and again.",
    .origin = "guide line 474-478, 527",
    .example = Example::none};

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
)"};

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
)"};

constexpr Rule group_unused{
    .id = "handset/group-unused",
    .severity = Severity::note,
    .summary = "a handset group that no user is in",
    .why =
        "The settings go to the handsets of the users that name the group. Nobody does, so they go nowhere.",
    .origin = "guide line 527, 1927",
    .example = Example::none};

}  // namespace

std::span<const Rule* const> handset_rules() {
    static constexpr const Rule* rows[] = {&group_mismatch, &version_mismatch, &locked_without_value,
                                           &pin_length, &group_unused};
    return rows;
}

}  // namespace dectprov
