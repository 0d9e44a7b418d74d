// SPDX-License-Identifier: MIT
#include "lint/lint.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "analysis/server_unit.hpp"
#include "analysis/site_unit.hpp"
#include "diag/rules.hpp"
#include "lint/across.hpp"
#include "lint/fleet.hpp"
#include "lint/near_identity.hpp"
#include "source/failure.hpp"

namespace dectprov {
namespace {

// What is left of a unit of work when its sources are gone.
struct UnitResult {
    std::vector<Finding> findings;
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

class Linter {
public:
    Linter(const Session& session, const Inputs& inputs, const std::function<void(const Progress&)>& progress)
        : session_(session), inputs_(inputs), progress_(progress) {
        for (std::size_t i = 1; i < inputs.servers.size(); ++i) {
            shared_folders_ = shared_folders_ || inputs.servers[i].folder == inputs.servers[i - 1].folder;
        }
        std::set<std::string_view> identities;
        for (const ServerInput& server : inputs.servers) {
            if (!identities.insert(server.identity.text).second) repeated_.insert(server.identity.text);
        }
    }

    LintResult run() {
        const std::size_t units = inputs_.servers.size() + inputs_.sites.size();
        results_.resize(units);
        session_.pool().parallel_for(units, [this](std::size_t unit) { work(unit); });
        return merge();
    }

private:
    void work(std::size_t unit) {
        UnitResult& unit_result = results_[unit];
        try {
            if (unit < inputs_.servers.size()) {
                server(inputs_.servers[unit], unit_result);
            } else {
                site(inputs_.sites[unit - inputs_.servers.size()], unit_result);
            }
        } catch (const Failure& failure) {
            unit_result.failures.emplace_back(failure.what());
        }
        if (!progress_) return;
        const std::scoped_lock lock(progress_mutex_);
        done_files_ += unit_result.files + unit_result.shared.size();
        progress_({.done = ++done_, .all = results_.size(), .files = done_files_});
    }

    void server(const ServerInput& input, UnitResult& unit_result) {
        ServerUnit unit(session_, input);
        unit.open();
        const Server& server = unit.server();
        Handsets handsets;
        handsets.identity = server.identity.text;
        handsets.folder = input.folder;
        handsets.prefix = "user";
        std::vector<UserWalk> walks;
        if (shared_folders_)
            walks.push_back({.visit = [&](const UserView& user) { handsets.add(user, unit.sources()); }});
        unit.validate(std::move(walks));
        for (const ServerUnit::File& file : unit.files()) {
            unit_result.files += file.own && file.reported ? 1 : 0;
            if (!file.own && file.reported) unit_result.shared.emplace_back(file.path);
            unit_result.read.push_back({.path = std::string(file.path), .whole = file.reported});
        }
        unit_result.servers = 1;
        unit_result.failures = unit.failures();
        keep(unit.conclude(), unit_result);
        if (repeated_.contains(server.identity.text)) {
            for (std::vector<Finding>* all : {&unit_result.findings, &unit_result.suppressed_findings}) {
                for (Finding& finding : *all) finding.folder = input.folder;
            }
        }
        if (shared_folders_) unit_result.handsets.push_back(std::move(handsets));
    }

    void site(const SiteInput& input, UnitResult& unit_result) {
        SiteUnit unit(session_, input);
        unit.open();
        unit.validate();
        const Site& site = unit.site();
        for (std::size_t i = 0; i < site.servers.size(); ++i) unit_result.servers += unit.wants(i) ? 1 : 0;
        for (std::size_t i = 0; i < unit.sources().size(); ++i) {
            const std::string& path = unit.sources().name(static_cast<FileId>(i));
            unit_result.read.push_back({.path = path, .whole = session_.options().servers.empty()});
            unit_result.shared.push_back(path);
        }
        keep(unit.conclude(), unit_result);

        unit_result.claims.config = input.config;
        unit_result.claims.collect(site, "", unit.sources());
        for (std::size_t i = 0; i < site.servers.size(); ++i) {
            Handsets& handsets = unit_result.handsets.emplace_back();
            handsets.folder = "";
            handsets.prefix = "servers[" + std::to_string(i + 1) + "].users";
            handsets.collect(site.servers[i].server, unit.sources());
        }
    }

    static void keep(Conclusion conclusion, UnitResult& unit_result) {
        unit_result.findings = std::move(conclusion.findings);
        unit_result.suppressed = conclusion.suppressed;
        unit_result.suppressed_findings = std::move(conclusion.suppressed_findings);
        // Here each thread sorts its own; what is put together in the end is in order already, or nearly.
        sort(unit_result.findings);
    }

    LintResult merge() {
        LintResult result;
        result.failures = inputs_.failures;
        std::vector<Handsets> handsets;
        std::vector<SiteClaims> claims;
        std::set<std::string> shared;
        std::map<std::string, std::size_t> readers;  // how many descriptions have read a file
        std::size_t found = 0;
        for (const UnitResult& unit_result : results_) found += unit_result.findings.size();
        // Findings are large, and there may be many.
        result.findings.reserve(found);
        for (UnitResult& unit_result : results_) {
            std::ranges::move(unit_result.findings, std::back_inserter(result.findings));
            std::ranges::move(unit_result.suppressed_findings,
                              std::back_inserter(result.suppressed_findings));
            std::ranges::move(unit_result.failures, std::back_inserter(result.failures));
            std::ranges::move(unit_result.read, std::back_inserter(result.read));
            std::ranges::move(unit_result.handsets, std::back_inserter(handsets));
            if (!unit_result.claims.servers.empty()) claims.push_back(std::move(unit_result.claims));
            result.suppressed += unit_result.suppressed;
            result.files += unit_result.files;
            for (std::string& path : unit_result.shared) {
                ++readers[path];
                shared.insert(std::move(path));
            }
            result.servers += unit_result.servers;
            unit_result = {};
        }
        result.files += shared.size();
        for (Collision& one : compare_sites(claims, session_.files(), session_.thresholds()))
            result.findings.push_back(std::move(one.finding));
        const auto info = [this](const std::string& path) { return info_of(path); };
        add_across(compare_handsets(session_.files(), handsets, info, session_.thresholds()), result);
        add_across(compare_identities(session_.files(), inputs_.servers, info, session_.thresholds()),
                   result);
        sort(result.findings);
        const auto is_idle = [](const Finding& one) { return one.rule == &rule::suppression_unused; };
        if (std::ranges::any_of(result.findings, is_idle)) drop_used_elsewhere(result.findings, readers);
        deduplicate(result.findings);
        sort(result.suppressed_findings);
        return result;
    }

    void add_across(std::vector<Finding> findings, LintResult& result) const {
        for (Finding& finding : findings) {
            if (!repeated_.contains(finding.server)) finding.folder.clear();
            result.findings.push_back(std::move(finding));
        }
    }

    // A suppression in a layer counts where it suppresses: it is idle only where no description that was read
    // with the layer has any use for it.
    void drop_used_elsewhere(std::vector<Finding>& sorted,
                             const std::map<std::string, std::size_t>& readers) const {
        const auto is_same = [](const Finding& a, const Finding& b) {
            return a.rule == b.rule && a.file == b.file && a.begin == b.begin && a.message == b.message;
        };
        const auto is_idle = [](const Finding& one) { return one.rule == &rule::suppression_unused; };
        std::vector<Finding> kept;
        for (auto at = sorted.begin(); at != sorted.end();) {
            const auto behind =
                std::find_if_not(at, sorted.end(), [&](const Finding& one) { return is_same(*at, one); });
            const auto reader = readers.find(at->file);
            const bool used = is_idle(*at) && reader != readers.end() &&
                              static_cast<std::size_t>(behind - at) < reader->second;
            if (!used) std::move(at, behind, std::back_inserter(kept));
            at = behind;
        }
        sorted = std::move(kept);
    }

    [[nodiscard]] SourceInfo info_of(const std::string& path) const {
        SourceInfo info{.reported = true, .syntax = syntax_of(path), .config = nullptr};
        const std::string_view folder = folder_of(path);
        for (const ServerInput& server : inputs_.servers) {
            if (server.folder != folder) continue;
            const auto file = std::ranges::find(server.files, path, &Candidate::path);
            if (file == server.files.end()) continue;
            info.reported = file->reported;
            info.config = server.config;
            return info;
        }
        const auto site = std::ranges::find(inputs_.sites, path, &SiteInput::path);
        if (site != inputs_.sites.end()) info.config = site->config;
        return info;
    }

    const Session& session_;
    const Inputs& inputs_;
    const std::function<void(const Progress&)>& progress_;
    std::set<std::string, std::less<>> repeated_;  // identities that lie in several folders
    bool shared_folders_ = false;  // some servers stand in one folder, so handsets are compared
    std::vector<UnitResult> results_;
    std::mutex progress_mutex_;
    std::size_t done_ = 0;
    std::size_t done_files_ = 0;
};

}  // namespace

LintResult lint(const Session& session, const Inputs& inputs,
                const std::function<void(const Progress&)>& progress) {
    return Linter(session, inputs, progress).run();
}

}  // namespace dectprov
