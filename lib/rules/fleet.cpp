// SPDX-License-Identifier: MIT
#include "diag/rules.hpp"
#include "rules/groups.hpp"

namespace dectprov {

namespace rule {

constexpr Rule fleet_duplicate_ipei{
    .id = "fleet/duplicate-ipei",
    .severity = Severity::note,
    .summary = "one handset on two servers of the same folder",
    .why =
        "A handset can be subscribed to more than one system, and while it is moved it stands on both. "
        "Afterwards the old entry only takes up a place, and the two may ring at once.",
    .origin = "guide line 1926; the entry of a handset is its IPEI",
    .example = Example::none};

}  // namespace rule

std::span<const Rule* const> fleet_rules() {
    static constexpr const Rule* rows[] = {&rule::fleet_duplicate_ipei};
    return rows;
}

}  // namespace dectprov
