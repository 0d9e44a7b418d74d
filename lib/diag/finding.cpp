// SPDX-License-Identifier: MIT
#include "diag/finding.hpp"

#include <algorithm>
#include <tuple>

namespace dectprov {

void sort(std::vector<Finding>& findings) {
    const auto key = [](const Finding& finding) {
        return std::tie(finding.file, finding.begin, finding.rule->id, finding.message, finding.end,
                        finding.path, finding.help);
    };
    // Stable, because findings that are equal in all of it may still differ in their related places.
    std::ranges::stable_sort(findings, [&](const Finding& a, const Finding& b) { return key(a) < key(b); });
}

}  // namespace dectprov
