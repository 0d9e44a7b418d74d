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
        "they "
        "got last. Under the old version the new settings reach no handset, and nothing says so.",
    .origin = "guide lines 474-478 and 519-529",
    .example = Example::none};

}  // namespace rule

std::span<const Rule* const> comparison_rules() {
    static constexpr const Rule* rows[] = {&rule::handset_version_not_bumped};
    return rows;
}

}  // namespace dectprov
