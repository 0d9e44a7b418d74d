// SPDX-License-Identifier: MIT
#include "lint/lint.hpp"

#include <algorithm>
#include <iterator>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "lint/across.hpp"
#include "lint/fleet.hpp"
#include "lint/judge.hpp"
#include "load/layer_cache.hpp"
#include "load/load_server.hpp"
#include "load/site.hpp"
#include "model/bind.hpp"
#include "rules/check.hpp"
#include "source/crew.hpp"
#include "source/failure.hpp"

namespace dectprov {
namespace {

// What is left of a unit of work when its sources are gone.
struct Outcome {
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
    Linter(const Files& files, const Inputs& inputs, const LintOptions& options)
        : files_(files), inputs_(inputs), options_(options), crew_(options.jobs) {
        for (std::size_t i = 1; i < inputs.servers.size(); ++i) {
            shared_folders_ = shared_folders_ || inputs.servers[i].folder == inputs.servers[i - 1].folder;
        }
        std::set<std::string_view> identities;
        for (const ServerInput& server : inputs.servers) {
            if (!identities.insert(server.identity.text).second) repeated_.insert(server.identity.text);
        }
        for (const ServerInput& server : inputs.servers) prepare_policies(server.config, policies_);
        for (const SiteInput& site : inputs.sites) prepare_policies(site.config, policies_);
    }

    LintResult run() {
        const std::size_t units = inputs_.servers.size() + inputs_.sites.size();
        outcomes_.resize(units);
        crew_.share(units, [this](std::size_t unit) { work(unit); });
        return merge();
    }

private:
    void work(std::size_t unit) {
        Outcome& outcome = outcomes_[unit];
        try {
            if (unit < inputs_.servers.size()) {
                server(inputs_.servers[unit], outcome);
            } else {
                site(inputs_.sites[unit - inputs_.servers.size()], outcome);
            }
        } catch (const Failure& failure) {
            outcome.failures.emplace_back(failure.what());
        }
        if (!options_.progress) return;
        const std::scoped_lock lock(progress_mutex_);
        done_files_ += outcome.files + outcome.shared.size();
        options_.progress({.done = ++done_, .all = outcomes_.size(), .files = done_files_});
    }

    void server(const ServerInput& input, Outcome& outcome) {
        std::vector<std::string> paths;
        for (const Candidate& candidate : input.files) paths.push_back(candidate.path);
        Report report(Severities(options_.thresholds.overrides, input.config).off(paths));
        SourceSet sources;
        LoadedServer loaded =
            load_server(files_, input, options_.model, sources, catalog_of(input.config), report);
        const Server& server = loaded.server;
        Handsets handsets;
        handsets.identity = server.identity.text;
        handsets.folder = input.folder;
        handsets.prefix = "user";
        std::vector<UserWalk> walks;
        if (shared_folders_)
            walks.push_back({.visit = [&](const UserView& user) { handsets.add(user, sources); }});
        check(server, report, std::move(walks), &crew_);
        check_policies(input.config, policies_, server, report);

        std::vector<SourceInfo> infos(sources.size());
        for (std::size_t i = 0; i < infos.size(); ++i) {
            const std::string& path = sources.name(static_cast<FileId>(i));
            const auto file = std::ranges::find(server.files, path, &InputFile::path);
            // A firmware .ver is no candidate: it is looked at when its configuration is.
            const bool own = file != server.files.end();
            const bool reported = own ? file->reported : server.input(Role::config)->reported;
            infos[i] = {.reported = reported, .syntax = syntax_of(path), .config = input.config};
            outcome.read.push_back({.path = path, .whole = reported});
            outcome.files += own && reported ? 1 : 0;
            if (!own && reported) outcome.shared.push_back(path);
        }
        outcome.servers = 1;
        outcome.failures = std::move(loaded.failures);

        std::vector<Span> comments;
        for (const Directive& directive : loaded.directives) comments.push_back(directive.span);
        const auto identity = [&](const Diagnostic&) { return std::string_view(server.identity.text); };
        keep(judge(report, sources, infos, comments, identity, options_.thresholds, policies_,
                   options_.suppressions),
             outcome);
        if (repeated_.contains(server.identity.text)) {
            for (std::vector<Finding>* all : {&outcome.findings, &outcome.suppressed_findings}) {
                for (Finding& finding : *all) finding.folder = input.folder;
            }
        }
        if (shared_folders_) outcome.handsets.push_back(std::move(handsets));
    }

    void site(const SiteInput& input, Outcome& outcome) {
        Report report(Severities(options_.thresholds.overrides, input.config).off({input.path}));
        SourceSet sources;
        Site site =
            load_site(files_, input.path, sources, catalog_of(input.config), {.layers = &layers_}, report);
        std::vector<Report> reports(site.servers.size(), report.another());
        crew_.share(reports.size(), [&](std::size_t i) {
            Server& one = site.servers[i].server;
            if (!wanted(one.identity)) return;
            infer(one, reports[i]);
            check(one, reports[i], {}, &crew_);
            check_policies(input.config, policies_, one, reports[i]);
        });
        for (Report& one : reports) report.take(std::move(one));
        outcome.servers = static_cast<std::size_t>(std::ranges::count_if(
            site.servers, [this](const SiteServer& one) { return wanted(one.server.identity); }));
        const std::vector<SourceInfo> infos = infos_of_site(sources, input.config);
        for (std::size_t i = 0; i < infos.size(); ++i) {
            const std::string& path = sources.name(static_cast<FileId>(i));
            outcome.read.push_back({.path = path, .whole = options_.servers.empty()});
            outcome.shared.push_back(path);
        }
        keep(judge_site(report, sources, infos, site, options_.thresholds, policies_, options_.suppressions),
             outcome);

        outcome.claims.config = input.config;
        outcome.claims.collect(site, "", sources);
        for (std::size_t i = 0; i < site.servers.size(); ++i) {
            Handsets& handsets = outcome.handsets.emplace_back();
            handsets.folder = "";
            handsets.prefix = "servers[" + std::to_string(i + 1) + "].users";
            handsets.collect(site.servers[i].server, sources);
        }
    }

    [[nodiscard]] bool wanted(const Identity& identity) const {
        return options_.servers.empty() ||
               std::ranges::find(options_.servers, identity.text) != options_.servers.end();
    }

    static void keep(Judged judged, Outcome& outcome) {
        outcome.findings = std::move(judged.findings);
        outcome.suppressed = judged.suppressed;
        outcome.suppressed_findings = std::move(judged.suppressed_findings);
        // Here each thread sorts its own; what is put together in the end is in order already, or nearly.
        sort(outcome.findings);
    }

    LintResult merge() {
        LintResult result;
        result.failures = inputs_.failures;
        std::vector<Handsets> handsets;
        std::vector<SiteClaims> claims;
        std::set<std::string> shared;
        std::size_t found = 0;
        for (const Outcome& outcome : outcomes_) found += outcome.findings.size();
        // Findings are large, and there may be many.
        result.findings.reserve(found);
        for (Outcome& outcome : outcomes_) {
            std::ranges::move(outcome.findings, std::back_inserter(result.findings));
            std::ranges::move(outcome.suppressed_findings, std::back_inserter(result.suppressed_findings));
            std::ranges::move(outcome.failures, std::back_inserter(result.failures));
            std::ranges::move(outcome.read, std::back_inserter(result.read));
            std::ranges::move(outcome.handsets, std::back_inserter(handsets));
            if (!outcome.claims.servers.empty()) claims.push_back(std::move(outcome.claims));
            result.suppressed += outcome.suppressed;
            result.files += outcome.files;
            for (std::string& path : outcome.shared) shared.insert(std::move(path));
            result.servers += outcome.servers;
            outcome = {};
        }
        result.files += shared.size();
        for (Collision& one : compare_sites(claims, files_, options_.thresholds))
            result.findings.push_back(std::move(one.finding));
        for (Finding& finding : compare_handsets(
                 files_, handsets, [this](const std::string& path) { return info_of(path); },
                 options_.thresholds)) {
            if (!repeated_.contains(finding.server)) finding.folder.clear();
            result.findings.push_back(std::move(finding));
        }
        sort(result.findings);
        say_once(result.findings);
        sort(result.suppressed_findings);
        result.policies = std::move(policies_);
        return result;
    }

    // The version file of a firmware is one file, however many servers of its folder load that firmware.
    static void say_once(std::vector<Finding>& sorted) {
        const auto again = [](const Finding& a, const Finding& b) {
            return a.rule == b.rule && a.begin == b.begin && a.server != b.server && a.file == b.file &&
                   a.file.ends_with(".ver") && a.message == b.message;
        };
        sorted.erase(std::unique(sorted.begin(), sorted.end(), again), sorted.end());
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

    const Files& files_;
    const Inputs& inputs_;
    const LintOptions& options_;
    Crew crew_;
    std::set<std::string, std::less<>> repeated_;  // identities that lie in several folders
    bool shared_folders_ = false;  // some servers stand in one folder, so handsets are compared
    PolicySets policies_;
    LayerCache layers_;
    std::vector<Outcome> outcomes_;
    std::mutex progress_mutex_;
    std::size_t done_ = 0;
    std::size_t done_files_ = 0;
};

}  // namespace

LintResult lint(const Files& files, const Inputs& inputs, const LintOptions& options) {
    return Linter(files, inputs, options).run();
}

}  // namespace dectprov
