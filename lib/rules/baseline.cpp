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
        "Its finding is fixed. Write the baseline again, so that the entry does not hide the same fault "
        "later.",
    .origin = "the contract of this tool, Diagnostics",
    .example = Example::none};

}  // namespace rule

std::span<const Rule* const> baseline_rules() {
    static constexpr const Rule* rows[] = {&rule::baseline_unused};
    return rows;
}

}  // namespace dectprov
