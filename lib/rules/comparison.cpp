// SPDX-License-Identifier: MIT
#include "diag/rules.hpp"
#include "rules/groups.hpp"

namespace dectprov {

// Reported where there is an earlier state to compare with.
namespace rule {

constexpr Rule handset_version_not_bumped{
    .id = "handset/version-not-bumped",
    .severity = Severity::error,
    .summary = "a handset group's settings changed, its version did not",
    .why =
        "The server sends a group to its handsets when the version in the list differs from the one that "
        "they got last. Under the old version the new settings reach no handset, and nothing says so.",
    .origin = "guide line 474-478, 525-529",
    .example = Example::none};

constexpr Rule handset_version_not_listed{
    .id = "handset/version-not-listed",
    .severity = Severity::error,
    .summary = "a handset group's file has a new version, the list still has the old one",
    .why =
        "The server reads the list first, and fetches the files whose version there is new to it. What the "
        "file says of itself is not asked for, so the group stays as it is in every handset.",
    .origin = "guide line 474-478, 525-529",
    .example = Example::none};

constexpr Rule handset_stale_settings{
    .id = "handset/stale-settings",
    .severity = Severity::warning,
    .summary = "users move to a group that does not set what their old group set",
    .why =
        "A handset keeps what its new group does not name. Handsets that moved differ from those that were "
        "always in the group, and no file says why.",
    .origin = "guide line 529",
    .example = Example::none};

constexpr Rule config_reverts_to_default{
    .id = "config/reverts-to-default",
    .severity = Severity::note,
    .summary = "an import that overwrites drops a setting: it goes back to its default",
    .why =
        "Without a merge the server puts everything that the file does not name back to its default. A "
        "setting that the last file made and this one leaves out is changed all the same.",
    .origin = "guide line 440-448, 1603-1642",
    .example = Example::none};

}  // namespace rule

std::span<const Rule* const> handset_comparison_rules() {
    static constexpr const Rule* rows[] = {&rule::handset_version_not_bumped,
                                           &rule::handset_version_not_listed, &rule::handset_stale_settings};
    return rows;
}

std::span<const Rule* const> config_comparison_rules() {
    static constexpr const Rule* rows[] = {&rule::config_reverts_to_default};
    return rows;
}

}  // namespace dectprov
