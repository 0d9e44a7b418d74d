// SPDX-License-Identifier: MIT
#include "lint/hide_known.hpp"

#include <set>
#include <string>
#include <utility>

#include "analysis/severities.hpp"
#include "diag/baseline.hpp"
#include "diag/rules.hpp"
#include "rules/families.hpp"

namespace dectprov {
namespace {

// The entries that nothing matched, as findings.
void add_unused(const Session& session, ConfigFiles& configs, const Baseline& baseline,
                const std::string& path, const FileNames& names, LintResult& result) {
    const Thresholds& thresholds = session.thresholds();
    const ConfigFile* own = configs.for_folder(std::string(folder_of(path)));
    const Severity severity = Severities(thresholds.overrides, own).of(rule::baseline_unused, path);
    if (severity == Severity::off) return;
    std::set<std::string> whole;
    for (const ReadFile& file : result.read) {
        if (file.whole) whole.insert(names(file.path));
    }
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
        result.findings.push_back(std::move(finding));
    }
    sort(result.findings);
}

}  // namespace

std::size_t hide_known(const Session& session, ConfigFiles& configs, const std::string& baseline,
                       LintResult& result, std::vector<Finding>* hidden) {
    Baseline known(baseline, session.files().read(baseline));
    const FileNames names = names_beside(session.files(), baseline);
    const std::size_t count = known.hide(result.findings, names, hidden);
    add_unused(session, configs, known, baseline, names, result);
    return count;
}

}  // namespace dectprov
