// SPDX-License-Identifier: MIT
#include "diag/rules.hpp"
#include "rules/groups.hpp"

namespace dectprov {

namespace rule {

constexpr Rule fleet_duplicate_ipei{
    .id = "fleet/duplicate-ipei",
    .severity = Severity::note,
    .summary = "the same handset on two servers of one folder",
    .why =
        "A handset can be subscribed to more than one system, and while it moves it is listed on both. "
        "Afterwards the old entry is useless, and a call may ring on both servers.",
    .origin = "guide line 1926; the entry of a handset is its IPEI",
    .example = Example::none,
    .across = true};

}  // namespace rule

std::span<const Rule* const> fleet_rules() {
    static constexpr const Rule* rows[] = {&rule::fleet_duplicate_ipei};
    return rows;
}

}  // namespace dectprov
