// SPDX-License-Identifier: MIT
#include <algorithm>
#include <iterator>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "editor/workspace_analysis.hpp"
#include "lint/hide_known.hpp"

namespace dectprov {

std::vector<Finding> Workspace::findings(const std::string& path) const {
    if (!analysis_) return {};
    std::vector<Finding> found = all_findings(path);
    if (options_.baseline) {
        analysis_->baseline.begin_again(analysis_->names(path));
        analysis_->baseline.hide(found, analysis_->names);
        if (path == *options_.baseline) std::ranges::move(idle_entries(), std::back_inserter(found));
    }
    std::erase_if(found, [](const Finding& finding) { return !finding.shown; });
    return found;
}

// The entries of the baseline that hide nothing in all that was looked at.
std::vector<Finding> Workspace::idle_entries() const {
    std::set<std::string> whole;
    for (std::size_t unit = 0; unit < analysis_->lint.units(); ++unit) {
        for (const ReadFile& file : analysis_->lint.read(unit)) {
            if (file.whole) whole.insert(analysis_->names(file.path));
        }
    }
    const std::string folder(folder_of(*options_.baseline));
    for (const std::string_view name : analysis_->baseline.files()) {
        if (!whole.contains(std::string(name))) continue;
        std::vector<Finding> found = all_findings(normal(join(folder, name)));
        analysis_->baseline.begin_again(name);
        analysis_->baseline.hide(found, analysis_->names);
    }
    try {
        return unused_entries(analysis_->session, analysis_->configs, analysis_->baseline, *options_.baseline,
                              whole);
    } catch (const Failure&) {
        // A configuration that cannot be read is complained of where it stands.
        return {};
    }
}

std::optional<std::string> Workspace::baseline_with(const Finding& finding) const {
    if (!analysis_ || !options_.baseline) return std::nullopt;
    return analysis_->baseline.with(finding, analysis_->names);
}

// What `lint` finds in a file without a baseline.
std::vector<Finding> Workspace::all_findings(const std::string& path) const {
    // In the order in which take() puts them together.
    std::vector<const std::vector<Finding>*> all;
    const auto units = finders_.find(path);
    if (units != finders_.end()) {
        for (const std::size_t unit : units->second) all.push_back(&analysis_->lint.findings(unit));
    }
    all.push_back(&across_);
    return IncrementalLint::in_file(path, units_of(path).size(), all);
}

}  // namespace dectprov
