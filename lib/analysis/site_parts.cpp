// SPDX-License-Identifier: MIT
#include "analysis/site_parts.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include "diag/rules.hpp"
#include "diag/site_rules.hpp"

namespace dectprov {
namespace {

// Rows of tables in a part: enough that reading the description again costs little beside them.
constexpr std::size_t rows_a_part = 128;

using Said = std::tuple<const Rule*, std::string, Position, Position, std::string>;

Said said_of(const Finding& finding) {
    return {finding.rule, finding.file, finding.begin, finding.end, finding.message};
}

SitePart part(std::size_t number) {
    return {.begin = number * rows_a_part, .end = (number + 1) * rows_a_part};
}

}  // namespace

void SiteParts::open() {
    first_ = std::make_unique<SiteUnit>(session_, input_, part(0), &tables_);
    first_->open();
    const std::size_t rows = first_->site().rows;
    parts_ = std::max<std::size_t>(1, (rows + rows_a_part - 1) / rows_a_part);
}

void SiteParts::each(const std::function<void(std::size_t, SiteUnit&)>& work) {
    session_.pool().parallel_for(parts_, [&](std::size_t number) {
        if (number == 0) {
            const std::unique_ptr<SiteUnit> unit = std::move(first_);
            work(0, *unit);
            return;
        }
        SiteUnit unit(session_, input_, part(number), &tables_);
        unit.open();
        work(number, unit);
    });
}

// Which rows nobody takes shows when all parts have been read; a server that takes some is read again.
Conclusion SiteParts::closing(std::size_t row) {
    SiteUnit unit(session_, input_, {.begin = row, .end = row + 1, .closing = true}, &tables_);
    unit.open();
    return unit.conclude();
}

Conclusion SiteParts::merge(std::vector<Conclusion> conclusions) {
    if (conclusions.size() == 1) return std::move(conclusions.front());
    const std::size_t parts = conclusions.size();
    for (const std::size_t row : tables_.rows_that_look_up()) conclusions.push_back(closing(row));
    // A comment that suppresses something in one part is of use, and a variable that is used in one is used.
    std::map<Said, std::size_t> told;
    for (const Conclusion& one : conclusions) {
        for (const Finding& finding : one.findings) {
            if (finding.rule == &rule::suppression_unused || finding.rule == &rule::site_unused_variable)
                ++told[said_of(finding)];
        }
    }
    const auto by_all = [&](const Finding& finding) {
        const auto found = told.find(said_of(finding));
        if (found == told.end()) return true;
        return found->second >= (finding.rule == &rule::suppression_unused ? conclusions.size() : parts);
    };
    Conclusion merged;
    std::map<Said, std::size_t> said;
    std::set<Said> hidden;
    for (Conclusion& one : conclusions) {
        const bool is_part = &one < conclusions.data() + parts;
        for (Finding& finding : one.findings) {
            if (!by_all(finding)) continue;
            const auto [first, fresh] = said.try_emplace(said_of(finding), merged.findings.size());
            if (fresh) {
                merged.findings.push_back(std::move(finding));
            } else if (is_part) {
                // What a layer says wrongly is so for the servers of each part.
                merged.findings[first->second].laid_under += finding.laid_under;
            }
        }
        for (Finding& finding : one.suppressed_findings) {
            if (hidden.insert(said_of(finding)).second)
                merged.suppressed_findings.push_back(std::move(finding));
        }
        merged.suppressed_keys.merge(one.suppressed_keys);
        merged.note_keys.merge(one.note_keys);
    }
    merged.suppressed = merged.suppressed_keys.size();
    merged.notes = merged.note_keys.size();
    return merged;
}

}  // namespace dectprov
