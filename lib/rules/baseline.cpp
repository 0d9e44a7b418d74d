// SPDX-License-Identifier: MIT
#include "diag/rules.hpp"
#include "rules/groups.hpp"

namespace dectprov {

namespace rule {

constexpr Rule baseline_unused{
    .id = "baseline/unused",
    .severity = Severity::note,
    .summary = "a baseline entry that matches nothing",
    .why =
        "The finding it recorded is mended. Writing the baseline anew keeps the entry from hiding the same "
        "fault when it comes back.",
    .origin = "the contract of this tool, Diagnostics",
    .example = Example::none};

}  // namespace rule

std::span<const Rule* const> baseline_rules() {
    static constexpr const Rule* rows[] = {&rule::baseline_unused};
    return rows;
}

}  // namespace dectprov
