// SPDX-License-Identifier: MIT
#include "diag/tally.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <tuple>
#include <unordered_map>

namespace dectprov {
namespace {

template <typename Name>
std::vector<Tally> tallies(std::span<const Finding> findings, const Name& name_of) {
    std::vector<Tally> result;
    std::unordered_map<std::string_view, std::size_t> index;
    for (const Finding& finding : findings) {
        const std::string_view name = name_of(finding);
        const auto [place, is_new] = index.try_emplace(name, result.size());
        if (is_new) result.push_back({.name = name});
        ++result[place->second].by_severity.at(static_cast<std::size_t>(finding.severity));
    }
    const auto key = [](const Tally& tally) {
        return std::tuple(tally.of(Severity::error), tally.of(Severity::warning), tally.of(Severity::note));
    };
    std::ranges::sort(result, [&](const Tally& a, const Tally& b) {
        return key(a) == key(b) ? a.name < b.name : key(a) > key(b);
    });
    return result;
}

}  // namespace

std::vector<Tally> by_rule(std::span<const Finding> findings) {
    return tallies(findings, [](const Finding& finding) { return finding.rule->id; });
}

std::vector<Tally> by_server(std::span<const Finding> findings) {
    return tallies(findings, [](const Finding& finding) { return std::string_view(finding.server); });
}

std::vector<std::size_t> worst_first(std::span<const Finding> findings) {
    std::vector<std::size_t> order(findings.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(
        order, [&](std::size_t a, std::size_t b) { return findings[a].severity > findings[b].severity; });
    return order;
}

std::string count_of(std::size_t count, std::string_view noun) {
    return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

}  // namespace dectprov
