// SPDX-License-Identifier: MIT
#include "analysis/severities.hpp"

#include <algorithm>
#include <functional>

#include "rules/families.hpp"

namespace dectprov {
namespace {

// What one level of the configuration says of a rule, the last word last; `severity` where it says nothing.
Severity said(const std::vector<ConfigFile::RuleSeverity>& rules,
              const std::vector<ConfigFile::PolicySeverity>& policies, const Rule& rule, Severity severity) {
    for (const auto& [configured, to] : rules) {
        if (configured == &rule) severity = to;
    }
    constexpr std::string_view policy = "policy/";
    if (policies.empty() || !rule.id.starts_with(policy)) return severity;
    for (const auto& [configured, to] : policies) {
        if (configured == rule.id.substr(policy.size())) severity = to;
    }
    return severity;
}

}  // namespace

bool Severities::is_plain() const {
    return overrides_.empty() && (config_ == nullptr || (config_->rules.empty() && config_->paths.empty()));
}

Severity Severities::of(const Rule& rule, Severity own, std::string_view path) const {
    Severity severity = own;
    if (config_ != nullptr) {
        severity = said(config_->rules, config_->policy_severities, rule, severity);
        std::string below;
        for (const auto& section : config_->paths) {
            if (section.rules.empty() && section.policies.empty()) continue;
            if (below.empty()) below = config_->relative(path);
            if (!glob_matches(section.glob, below)) continue;
            severity = said(section.rules, section.policies, rule, severity);
        }
    }
    for (const RuleOverride& one : overrides_) {
        const bool is_all = one.rule == nullptr && one.policy.empty();
        if (is_all || one.rule == &rule || (!one.policy.empty() && one.policy == rule.id))
            severity = one.severity;
    }
    return severity;
}

std::vector<const Rule*> Severities::off(const std::vector<std::string>& paths) const {
    std::vector<const Rule*> result;
    if (is_plain()) return result;
    for (const Rule* rule : all_rules()) {
        const auto is_off = [&](const std::string& path) { return of(*rule, path) == Severity::off; };
        if (std::ranges::all_of(paths, is_off)) result.push_back(rule);
    }
    std::ranges::sort(result, std::less<>());
    return result;
}

}  // namespace dectprov
