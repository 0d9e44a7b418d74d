// SPDX-License-Identifier: MIT
#include "lint/hide_known.hpp"

#include <algorithm>
#include <iterator>
#include <set>
#include <string>
#include <utility>

#include "analysis/severities.hpp"
#include "diag/baseline.hpp"
#include "diag/rules.hpp"
#include "rules/families.hpp"

namespace dectprov {

std::vector<Finding> unused_entries(const Session& session, ConfigFiles& configs, const Baseline& baseline,
                                    const std::string& path, const std::set<std::string>& whole) {
    std::vector<Finding> findings;
    const Thresholds& thresholds = session.thresholds();
    const ConfigFile* own = configs.for_folder(std::string(folder_of(path)));
    const Severity severity = Severities(thresholds.overrides, own).of(rule::baseline_unused, path);
    if (severity == Severity::off) return findings;
    for (const Baseline::Entry* entry : baseline.unused()) {
        if (!whole.contains(entry->file)) continue;
        // Of a rule that is off there is nothing to hide.
        const Rule* rule = find_rule(entry->rule);
        const std::string file = normal(join(folder_of(path), entry->file));
        const ConfigFile* config = configs.for_folder(std::string(folder_of(file)));
        const Severities severities(thresholds.overrides, config);
        if (rule != nullptr && severities.of(*rule, file) == Severity::off) continue;
        Finding finding = Baseline::finding(*entry, path, rule::baseline_unused, severity);
        finding.fails = severity >= thresholds.least_failing(own);
        finding.shown = severity >= thresholds.least_shown(own);
        findings.push_back(std::move(finding));
    }
    return findings;
}

std::size_t hide_known(const Session& session, ConfigFiles& configs, const std::string& baseline,
                       LintResult& result, std::vector<Finding>* hidden) {
    Baseline known(baseline, session.files().read(baseline));
    const FileNames names = names_beside(session.files(), baseline);
    const std::size_t count = known.hide(result.findings, names, hidden);
    std::set<std::string> whole;
    for (const ReadFile& file : result.read) {
        if (file.whole) whole.insert(names(file.path));
    }
    std::ranges::move(unused_entries(session, configs, known, baseline, whole),
                      std::back_inserter(result.findings));
    sort(result.findings);
    return count;
}

}  // namespace dectprov
