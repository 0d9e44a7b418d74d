// SPDX-License-Identifier: MIT
#include "lint/severities.hpp"

#include <algorithm>
#include <functional>

#include "rules/families.hpp"

namespace dectprov {
namespace {

bool is_about(const ConfigFile::RuleSeverity& one, const Rule& rule) {
    constexpr std::string_view policy = "policy/";
    if (one.rule != nullptr) return one.rule == &rule;
    return rule.id.starts_with(policy) && rule.id.substr(policy.size()) == one.policy;
}

}  // namespace

bool Severities::is_plain() const {
    return overrides_.empty() && (config_ == nullptr || (config_->rules.empty() && config_->paths.empty()));
}

Severity Severities::of(const Rule& rule, std::string_view path) const {
    Severity severity = rule.severity;
    if (config_ != nullptr) {
        for (const auto& one : config_->rules) {
            if (is_about(one, rule)) severity = one.severity;
        }
        std::string below;
        for (const auto& section : config_->paths) {
            if (section.rules.empty()) continue;
            if (below.empty()) below = config_->relative(path);
            if (!glob_matches(section.glob, below)) continue;
            for (const auto& one : section.rules) {
                if (is_about(one, rule)) severity = one.severity;
            }
        }
    }
    for (const auto& [configured, to] : overrides_) {
        if (configured == nullptr || configured == &rule) severity = to;
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
