// SPDX-License-Identifier: MIT
#include "diag/rules.hpp"
#include "rules/groups.hpp"

namespace dectprov {

namespace rule {

constexpr Rule model_conflict{
    .id = "model/conflict",
    .severity = Severity::error,
    .summary = "no server model supports all elements of these files",
    .why =
        "Each element limits the models that the file can be for, and two elements exclude each other. On "
        "every server model a part of the file has no effect.",
    .origin = "guide line 222-236, 1925-1951",
    .example = Example::users,
    .bad = R"(<users>
  <user>
    <username>9997</username>
    <secondaryusername>Solveig</secondaryusername>
  </user>
  <user>
    <username>9998</username>
    <«localno»>9998</localno>
  </user>
</users>
)",
    .good = R"(<users>
  <user>
    <username>9997</username>
    <secondaryusername>Solveig</secondaryusername>
  </user>
  <user>
    <username>9998</username>
  </user>
</users>
)"};

}  // namespace rule

std::span<const Rule* const> model_rules() {
    static constexpr const Rule* rows[] = {&rule::model_conflict};
    return rows;
}

}  // namespace dectprov
