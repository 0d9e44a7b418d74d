// SPDX-License-Identifier: MIT
#include "diag/rules.hpp"
#include "rules/groups.hpp"

namespace dectprov {

namespace rule {

constexpr Rule suppression_unused{.id = "suppression/unused",
                                  .severity = Severity::warning,
                                  .summary = "a suppression comment that suppresses nothing",
                                  .why =
                                      "The finding it stood for is gone or stands elsewhere. Left in place, "
                                      "the comment would hide the next "
                                      "finding of this rule that nobody has looked at.",
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
    .summary = "a suppression that names no rule",
    .why = "It suppresses nothing, and the finding that it was written for is reported all the same.",
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

constexpr Rule suppression_no_reason{.id = "suppression/no-reason",
                                     .severity = Severity::warning,
                                     .summary = "a suppression without its reason",
                                     .why =
                                         "`require-reason: true` asks for one, so that whoever reads the "
                                         "file later can tell a decision from a "
                                         "convenience.",
                                     .origin = "the contract of this tool, Diagnostics",
                                     .example = Example::none};

}  // namespace rule

std::span<const Rule* const> suppression_rules() {
    static constexpr const Rule* rows[] = {&rule::suppression_unused, &rule::suppression_unknown_rule,
                                           &rule::suppression_no_reason};
    return rows;
}

}  // namespace dectprov
