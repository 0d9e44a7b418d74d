// SPDX-License-Identifier: MIT
#include "diag/tally.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <string_view>
#include <tuple>
#include <unordered_map>

#include "source/files.hpp"

namespace dectprov {
namespace {

void count(Tally& tally, const Finding& finding) {
    ++tally.by_severity.at(static_cast<std::size_t>(finding.severity));
}

void sort(std::vector<Tally>& tallies) {
    const auto key = [](const Tally& tally) {
        return std::tuple(tally.of(Severity::error), tally.of(Severity::warning), tally.of(Severity::note));
    };
    std::ranges::sort(tallies, [&](const Tally& a, const Tally& b) {
        return key(a) == key(b) ? a.name < b.name : key(a) > key(b);
    });
}

}  // namespace

std::vector<Tally> by_rule(std::span<const Finding> findings) {
    std::vector<Tally> result;
    std::unordered_map<std::string_view, std::size_t> index;
    for (const Finding& finding : findings) {
        const auto [place, is_new] = index.try_emplace(finding.rule->id, result.size());
        if (is_new) result.push_back({.name = std::string(finding.rule->id)});
        count(result[place->second], finding);
    }
    sort(result);
    return result;
}

std::vector<Tally> by_server(std::span<const Finding> findings) {
    std::vector<Tally> result;
    std::vector<std::string_view> names;  // of the servers, as descriptions have them
    // Nearly every identity lies in one folder.
    std::unordered_map<std::string_view, std::vector<std::size_t>> index;
    for (const Finding& finding : findings) {
        std::vector<std::size_t>& rows = index[finding.server];
        const auto row =
            std::ranges::find_if(rows, [&](std::size_t one) { return result[one].folder == finding.folder; });
        if (row != rows.end()) {
            count(result[*row], finding);
            continue;
        }
        rows.push_back(result.size());
        names.emplace_back(finding.server_name);
        count(result.emplace_back(
                  Tally{.name = finding.server, .server = finding.server, .folder = finding.folder}),
              finding);
    }
    for (const auto& [server, rows] : index) {
        if (rows.size() == 1) continue;
        for (const std::size_t row : rows) result[row].name = join(result[row].folder, server);
    }
    for (std::size_t i = 0; i < result.size(); ++i) {
        if (!names[i].empty()) result[i].name += fmt::format(" ({})", names[i]);
    }
    sort(result);
    return result;
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
