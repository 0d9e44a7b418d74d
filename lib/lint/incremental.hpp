// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/conclude.hpp"
#include "analysis/resolve.hpp"
#include "analysis/session.hpp"
#include "diag/finding.hpp"
#include "lint/across.hpp"
#include "lint/fleet.hpp"
#include "lint/lint.hpp"
#include "load/inputs.hpp"

namespace dectprov {

class SiteUnit;

// What is found in inputs, kept by units of work: a server, or a site description. When a file changes, those
// units alone that read it are analysed again. What all units together give does not depend on the order in
// which they were analysed. One thread at a time, which may use those of the session.
class IncrementalLint {
public:
    // Both must outlive this. Nothing is analysed yet.
    IncrementalLint(const Session& session, const Inputs& inputs);

    // The servers of the inputs, then their site descriptions.
    [[nodiscard]] std::size_t units() const { return results_.size(); }

    // Analyses these units, several at a time. `progress` is called now and then, from any thread, one at a
    // time.
    void work(std::span<const std::size_t> units, const std::function<void(const Progress&)>& progress = {});

    // Of a unit, when it was analysed last.
    [[nodiscard]] const std::vector<ReadFile>& read(std::size_t unit) const { return results_[unit].read; }
    [[nodiscard]] const std::vector<Finding>& findings(std::size_t unit) const {
        return results_[unit].findings;
    }
    [[nodiscard]] const std::vector<std::string>& failures(std::size_t unit) const {
        return results_[unit].failures;
    }
    // What shows between units, made anew where that may have changed.
    const std::vector<Finding>& across();
    // What could not be read again for it.
    [[nodiscard]] const std::vector<std::string>& across_failures() const { return across_failures_; }

    // All there is, when every unit was analysed. Nothing is left here.
    LintResult take();
    // What take() has of one file, which so many units read, and of which `units` and across() are all that
    // find something there.
    static std::vector<Finding> in_file(std::string_view file, std::size_t readers,
                                        std::span<const std::vector<Finding>* const> units);

private:
    // What is left of a unit of work when its sources are gone.
    struct UnitResult {
        std::vector<Finding> findings;  // sorted
        std::vector<std::string> failures;
        std::vector<ReadFile> read;
        std::vector<Handsets> handsets;
        SiteClaims claims;
        std::vector<Finding> suppressed_findings;
        std::size_t suppressed = 0;
        std::size_t files = 0;            // that no other unit reads
        std::vector<std::string> shared;  // the others: firmware version files, layers, tables of users
        std::size_t servers = 0;
    };

    [[nodiscard]] UnitResult analyse(std::size_t unit) const;
    void server(const ServerInput& input, UnitResult& result) const;
    void site(const SiteInput& input, UnitResult& result) const;
    static Conclusion site_part(SiteUnit& unit, UnitResult& part);
    static void conclude(Conclusion conclusion, UnitResult& result);
    void keep(std::size_t unit, UnitResult result);
    [[nodiscard]] bool concerns_others(const UnitResult& result) const;
    std::vector<Finding> compare(const std::vector<SiteClaims>& claims,
                                 const std::vector<Handsets>& handsets);

    const Session& session_;
    const Inputs& inputs_;
    std::set<std::string, std::less<>> repeated_;  // identities that lie in several folders
    bool shared_folders_ = false;  // some servers stand in one folder, so handsets are compared
    std::vector<UnitResult> results_;
    std::vector<Finding> across_;
    std::vector<std::string> across_failures_;
    std::set<std::string, std::less<>> across_files_;  // that findings of across_ name
    bool across_is_old_ = true;
    std::mutex mutex_;
};

}  // namespace dectprov
