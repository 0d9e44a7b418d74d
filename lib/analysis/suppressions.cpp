// SPDX-License-Identifier: MIT
#include "analysis/suppressions.hpp"

#include <algorithm>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "catalog/catalog.hpp"
#include "diag/rules.hpp"
#include "diag/suppress.hpp"
#include "load/config_file.hpp"
#include "rules/families.hpp"

namespace dectprov {
namespace {

const Rule& rule_of(SuppressionProblem::Kind kind) {
    switch (kind) {
        case SuppressionProblem::Kind::unused:
            return rule::suppression_unused;
        case SuppressionProblem::Kind::unknown_rule:
            return rule::suppression_unknown_rule;
        case SuppressionProblem::Kind::no_reason:
            return rule::suppression_no_reason;
    }
    return rule::suppression_unused;
}

RuleNames rule_names(const Policies* policies) {
    return {.find =
                [policies](std::string_view id) {
                    const Rule* rule = find_rule(id);
                    return rule != nullptr || policies == nullptr ? rule : policies->find(id);
                },
            .nearest =
                [](std::string_view typed) {
                    std::vector<std::string_view> ids;
                    for (const Rule* rule : all_rules()) ids.push_back(rule->id);
                    return nearest(typed, ids);
                }};
}

}  // namespace

std::vector<Suppressed> suppress(Report& report, const SourceSet& sources,
                                 const std::vector<SourceInfo>& infos, const std::vector<Span>& comments,
                                 const Thresholds& thresholds) {
    if (comments.empty()) return {};
    std::map<FileId, std::vector<Span>> by_file;
    for (const Span& comment : comments) by_file[comment.file].push_back(comment);

    std::map<FileId, Suppressions> suppressions;
    for (const auto& [file, spans] : by_file) {
        const SourceInfo& info = infos[static_cast<std::size_t>(file)];
        const bool xml = info.syntax == Syntax::xml;
        const RuleNames names =
            rule_names(info.config == nullptr ? nullptr : info.config->ready_policies.get());
        suppressions.emplace(
            file, Suppressions(sources.text(file), xml ? SuppressionSyntax::xml : SuppressionSyntax::yaml,
                               spans, names));
    }
    const auto directive_of = [&](const Diagnostic& diagnostic) -> std::optional<Span> {
        const auto found = suppressions.find(diagnostic.place.span.file);
        if (found == suppressions.end()) return std::nullopt;
        const SourceInfo& info = infos[static_cast<std::size_t>(found->first)];
        const Severities severities(thresholds.overrides, info.config);
        // What nobody would see needs no suppression, and uses none up.
        if (!info.reported || severities.of(*diagnostic.rule, sources.name(found->first)) == Severity::off)
            return std::nullopt;
        return found->second.covers(*diagnostic.rule, diagnostic.place.span);
    };
    std::vector<Diagnostic>& all = report.all();
    // Where a file could not be read to its end, nobody knows what else would be found.
    const bool broken = std::ranges::any_of(all, [](const Diagnostic& one) {
        return one.rule == &rule::xml_malformed || one.rule == &rule::site_yaml;
    });
    std::vector<Suppressed> taken;
    std::size_t kept = 0;
    for (Diagnostic& one : all) {
        if (const std::optional<Span> directive = directive_of(one)) {
            taken.push_back({.diagnostic = std::move(one), .directive = *directive});
        } else if (&all[kept] != &one) {
            all[kept++] = std::move(one);
        } else {
            ++kept;
        }
    }
    all.erase(all.begin() + static_cast<std::ptrdiff_t>(kept), all.end());
    for (const auto& entry : suppressions) {
        const FileId file = entry.first;
        const ConfigFile* config = infos[static_cast<std::size_t>(file)].config;
        const Severities severities(thresholds.overrides, config);
        const auto is_off = [&](const Rule& rule) {
            return broken || severities.of(rule, sources.name(file)) == Severity::off;
        };
        for (SuppressionProblem& problem :
             entry.second.problems(config != nullptr && config->require_reason, is_off)) {
            report.add(rule_of(problem.kind), Place{.span = problem.where}, std::move(problem.message),
                       std::move(problem.help));
        }
    }
    return taken;
}

}  // namespace dectprov
