// SPDX-License-Identifier: MIT
#include "diag/finding.hpp"

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <tuple>

namespace dectprov {

void sort(std::vector<Finding>& findings) {
    const auto key = [](const Finding& finding) {
        return std::tie(finding.file, finding.begin, finding.rule->id, finding.message, finding.end,
                        finding.path, finding.help);
    };
    const auto before = [&](const Finding& a, const Finding& b) { return key(a) < key(b); };
    if (std::is_sorted(findings.begin(), findings.end(), before)) return;
    // Stable, because findings that are equal in all of it may still differ in their related places. A
    // finding is large, so its number is what is moved about.
    std::vector<std::uint32_t> order(findings.size());
    std::iota(order.begin(), order.end(), 0U);
    std::ranges::stable_sort(
        order, [&](std::uint32_t a, std::uint32_t b) { return before(findings[a], findings[b]); });
    std::vector<Finding> sorted;
    sorted.reserve(findings.size());
    for (const std::uint32_t at : order) sorted.push_back(std::move(findings[at]));
    findings = std::move(sorted);
}

void count(const std::vector<Finding>& findings, Summary& summary) {
    for (const Finding& finding : findings) {
        summary.errors += finding.severity == Severity::error ? 1 : 0;
        summary.warnings += finding.severity == Severity::warning ? 1 : 0;
        summary.notes += finding.severity == Severity::note ? 1 : 0;
    }
}

}  // namespace dectprov
