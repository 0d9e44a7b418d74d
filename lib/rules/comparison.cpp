// SPDX-License-Identifier: MIT
#include "diag/rules.hpp"
#include "rules/groups.hpp"

namespace dectprov {

// Reported where there is an earlier state to compare with.
namespace rule {

constexpr Rule handset_version_not_bumped{
    .id = "handset/version-not-bumped",
    .severity = Severity::error,
    .summary = "the settings of a handset group changed, but its version did not",
    .why =
        "The server sends a group to its handsets when the version in the list is not the one that they got "
        "last. With the old version no handset gets the new settings, and there is no error message.",
    .origin = "guide line 474-478, 525-529",
    .example = Example::none};

constexpr Rule handset_version_not_listed{
    .id = "handset/version-not-listed",
    .severity = Severity::error,
    .summary = "the file of a handset group has a new version, but the list still has the old one",
    .why =
        "The server reads the list first, and fetches the files with a new version there. It does not look "
        "at the version in the file, so the handsets keep the old settings.",
    .origin = "guide line 474-478, 525-529",
    .example = Example::none};

constexpr Rule handset_stale_settings{
    .id = "handset/stale-settings",
    .severity = Severity::warning,
    .summary = "users move to a group that does not set what their old group set",
    .why =
        "A handset keeps a setting that its new group does not set. So the moved handsets differ from the "
        "other handsets of the group, and no file shows why.",
    .origin = "guide line 529",
    .example = Example::none};

constexpr Rule config_reverts_to_default{
    .id = "config/reverts-to-default",
    .severity = Severity::note,
    .summary = "an overwrite import leaves a setting out: it goes back to its default",
    .why =
        "Without a merge the server sets everything that is not in the file back to its default. So a "
        "setting that is in the last file and not in this one changes.",
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
