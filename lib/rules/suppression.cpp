// SPDX-License-Identifier: MIT
#include "diag/rules.hpp"
#include "rules/groups.hpp"

namespace dectprov {

namespace rule {

constexpr Rule suppression_unused{
    .id = "suppression/unused",
    .severity = Severity::warning,
    .summary = "a suppression comment that suppresses nothing",
    .why =
        "Its finding is gone or is now in another place. If the comment stays, it hides the next finding of "
        "this rule, and nobody sees it.",
    .origin = "the contract of this tool, Diagnostics",
    .example = Example::users,
    .bad = R"(<users>
  <user>
    <username>9997</username>
    <!-- dectprov-disable-next-line «value/type»: as the old system wrote it -->
    <disabled>true</disabled>
  </user>
</users>
)",
    .good = R"(<users>
  <user>
    <username>9997</username>
    <disabled>true</disabled>
  </user>
</users>
)"};

constexpr Rule suppression_unknown_rule{
    .id = "suppression/unknown-rule",
    .severity = Severity::warning,
    .summary = "a suppression without a known rule",
    .why = "It suppresses nothing, so the intended finding is still reported.",
    .origin = "the contract of this tool, Diagnostics",
    .example = Example::users,
    .bad = R"(<users>
  <user>
    <username>9997</username>
    <!-- dectprov-disable-next-line «value/typ»: as the old system wrote it -->
    <disabled>true</disabled>
  </user>
</users>
)",
    .good = R"(<users>
  <user>
    <username>9997</username>
    <disabled>true</disabled>
  </user>
</users>
)"};

constexpr Rule suppression_no_reason{
    .id = "suppression/no-reason",
    .severity = Severity::warning,
    .summary = "a suppression without its reason",
    .why =
        "`require-reason: true` asks for a reason. Without one, a later reader cannot tell whether the "
        "suppression is a decision or a shortcut.",
    .origin = "the contract of this tool, Diagnostics",
    .example = Example::none};

}  // namespace rule

std::span<const Rule* const> suppression_rules() {
    static constexpr const Rule* rows[] = {&rule::suppression_unused, &rule::suppression_unknown_rule,
                                           &rule::suppression_no_reason};
    return rows;
}

}  // namespace dectprov
