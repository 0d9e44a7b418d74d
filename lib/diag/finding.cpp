// SPDX-License-Identifier: MIT
#include "diag/finding.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <numeric>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace dectprov {

void name_owner(Finding& finding) {
    finding.identity = fmt::format("servers[{}].{}", finding.server, finding.identity);
}

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

namespace {

bool says_again(const Finding& a, const Finding& b) {
    if (a.rule != b.rule || a.begin != b.begin || a.end != b.end || a.file != b.file ||
        a.message != b.message)
        return false;
    const bool layer = a.laid_under > 0 && b.laid_under > 0;
    // Each description that was read with a layer says it of the whole, and so does the layer itself where
    // the run meets it as a file.
    const bool whole = a.server.empty() && b.server.empty();
    // Of a place that several servers have in common: a version file, the `defaults` of their description.
    return layer || whole || a.server != b.server;
}

void tell_servers(Finding& finding) {
    if (finding.laid_under == 1) finding.related.erase(finding.related.begin());
    if (finding.laid_under > 1) {
        finding.related.front().message = fmt::format(
            "this server and {} other{} use it", finding.laid_under - 1, finding.laid_under == 2 ? "" : "s");
    }
    finding.laid_under = 0;
}

}  // namespace

namespace {

// What the message quotes first.
std::string_view quoted_in(std::string_view message) {
    const std::size_t begin = message.find('\'');
    if (begin == std::string_view::npos) return {};
    return message.substr(begin + 1, message.find('\'', begin + 1) - begin - 1);
}

// Makes one of findings that differ in a name.
void tell_together(Finding& first, const std::vector<std::string>& names, std::size_t places) {
    constexpr std::size_t most_named = 3;
    if (names.size() == 1) {
        first.message += fmt::format(", here and at {} other places", places - 1);
        return;
    }
    const std::size_t named = std::min(most_named, names.size());
    first.message =
        fmt::format("{} {}: '{}'", names.size(), first.many,
                    fmt::join(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(named), "', '"));
    if (names.size() > named) first.message += fmt::format(" and {} more", names.size() - named);
}

void fold_alike(std::vector<Finding>& sorted) {
    constexpr std::size_t most_apart = 3;
    std::map<std::tuple<const Rule*, std::string_view, std::string_view>, std::vector<Finding*>> kinds;
    for (Finding& finding : sorted) {
        if (!finding.many.empty()) kinds[{finding.rule, finding.file, finding.many}].push_back(&finding);
    }
    std::set<const Finding*> told;
    for (auto& [kind, findings] : kinds) {
        if (findings.size() <= most_apart) continue;
        std::vector<std::string> names;
        std::set<std::string_view> seen;
        for (const Finding* one : findings) {
            const std::string_view name = quoted_in(one->message);
            if (seen.insert(name).second) names.emplace_back(name);
        }
        tell_together(*findings.front(), names, findings.size());
        told.insert(findings.begin() + 1, findings.end());
    }
    if (!told.empty()) std::erase_if(sorted, [&](const Finding& one) { return told.contains(&one); });
}

}  // namespace

void deduplicate(std::vector<Finding>& sorted) {
    std::size_t kept = 0;
    for (Finding& finding : sorted) {
        if (kept > 0 && says_again(sorted[kept - 1], finding)) {
            Finding& said = sorted[kept - 1];
            const std::size_t servers = said.laid_under + finding.laid_under;
            // The one that names a server of the layer says more.
            if (said.laid_under == 0 && finding.laid_under > 0) said = std::move(finding);
            said.laid_under = servers;
            continue;
        }
        if (&sorted[kept] != &finding) sorted[kept] = std::move(finding);
        ++kept;
    }
    sorted.erase(sorted.begin() + static_cast<std::ptrdiff_t>(kept), sorted.end());
    for (Finding& finding : sorted) tell_servers(finding);
    fold_alike(sorted);
}

void count(const std::vector<Finding>& findings, Summary& summary) {
    for (const Finding& finding : findings) {
        summary.errors += finding.severity == Severity::error ? 1 : 0;
        summary.warnings += finding.severity == Severity::warning ? 1 : 0;
        summary.notes += finding.severity == Severity::note ? 1 : 0;
    }
}

}  // namespace dectprov
