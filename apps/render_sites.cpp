// SPDX-License-Identifier: MIT
#include "render_sites.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <atomic>
#include <exception>
#include <future>
#include <iterator>
#include <mutex>
#include <set>
#include <string_view>
#include <thread>
#include <utility>

#include "diff/earlier.hpp"
#include "doc/mask.hpp"
#include "doc/unified_diff.hpp"
#include "doc/write_xml.hpp"
#include "explain_setting.hpp"
#include "lint/across.hpp"
#include "lint/judge.hpp"
#include "lint/policies.hpp"
#include "lint/resolve.hpp"
#include "load/layer_cache.hpp"
#include "load/site.hpp"
#include "model/bind.hpp"
#include "render/versions.hpp"
#include "rules/check.hpp"
#include "source/failure.hpp"

namespace dectprov {
namespace {

// What is left of a site when its sources are gone.
struct SiteOutcome {
    std::vector<Finding> findings;
    SiteClaims claims;
    std::vector<RenderedServer> servers;
    std::string text;
    std::vector<std::string> failures;
    std::size_t files = 0;
    std::size_t servers_seen = 0;
    std::size_t notes = 0;
    std::size_t suppressed = 0;
    bool layer = false;
    bool named = false;  // describes a server that --server asks for
    bool bad = false;
};

bool has_errors(const Report& report) {
    return std::ranges::any_of(report.all(),
                               [](const Diagnostic& one) { return one.rule->severity == Severity::error; });
}

bool is_error(const Finding& finding) { return finding.severity == Severity::error; }

std::string diff_of(const Files& files, const std::string& path, const FileChange& change,
                    std::string_view bytes) {
    SourceSet sources;
    const auto side = [&](bool there, std::string text) {
        const FileId file = sources.add(path, std::move(text));
        return DiffText{.name = there ? path : "/dev/null",
                        .text = sources.text(file),
                        .masked = secrets(sources, file, syntax_of(path))};
    };
    const bool before = change.outcome != Outcome::created;
    const bool after = change.outcome != Outcome::removed;
    return unified_diff(side(before, before ? files.read(path) : std::string()),
                        side(after, std::string(bytes)));
}

class Renderer {
public:
    Renderer(const Files& files, const Inputs& inputs, const RenderPlan& plan)
        : files_(files), inputs_(inputs), plan_(plan), output_(plan.output, plan.mode) {
        for (const SiteInput& site : inputs.sites) prepare_policies(site.config, policies_);
    }

    RenderResult run() {
        outcomes_.resize(inputs_.sites.size());
        const std::size_t wanted = std::clamp<std::size_t>(inputs_.sites.size(), 1, std::max(plan_.jobs, 1U));
        spare_ = std::max(plan_.jobs, 1U) - static_cast<unsigned>(wanted);
        std::vector<std::thread> helpers;
        for (std::size_t i = 1; i < wanted; ++i) helpers.emplace_back([this] { work(); });
        work();
        for (std::thread& helper : helpers) helper.join();
        if (stopped_by_) std::rethrow_exception(stopped_by_);
        return finish();
    }

private:
    void work() {
        for (std::size_t i = next_++; i < outcomes_.size(); i = next_++) {
            try {
                render_site(i);
            } catch (const Failure&) {
                // The output folder refuses: no other site will fare better.
                const std::lock_guard lock(mutex_);
                if (!stopped_by_) stopped_by_ = std::current_exception();
                next_ = outcomes_.size();
            }
            const std::lock_guard lock(mutex_);
            for (const RenderedServer& server : outcomes_[i].servers) done_files_ += server.changes.size();
            if (plan_.progress)
                plan_.progress({.done = ++done_, .all = outcomes_.size(), .files = done_files_});
        }
    }

    [[nodiscard]] bool is_named(const Server& server) const {
        return plan_.servers.empty() ||
               std::ranges::find(plan_.servers, server.identity.text) != plan_.servers.end();
    }
    [[nodiscard]] bool wanted(const Server& server) const {
        return shard_of(server.identity.text, plan_.shards) == plan_.shard && is_named(server);
    }

    // Empty where a thread is worth more than it would do, or all are at work.
    [[nodiscard]] std::future<std::string> start_writing(const Server& server) const {
        if (spare_ == 0 || !plan_.explain.empty()) return {};
        if (!server.users || server.users->size() < worth_a_thread) return {};
        return std::async(std::launch::async, [&users = *server.users] { return write_xml(users); });
    }

    void render_site(std::size_t number) {
        const SiteInput& input = inputs_.sites[number];
        SiteOutcome& outcome = outcomes_[number];
        Report report(Severities({}, input.config).off({input.path}));
        SourceSet sources;
        Site site{};
        std::vector<std::vector<SettledGroup>> groups;
        std::vector<std::vector<OutputFile>> made;
        std::string subfolder;
        try {
            site = load_site(files_, input.path, sources, catalog_of(input.config),
                             {.resolve = plan_.explain.empty(), .layers = &layers_}, report);
            outcome.layer = site.layer;
            subfolder = subfolder_of(site, plan_.layout, report);
            for (SiteServer& one : site.servers) {
                groups.emplace_back();
                made.emplace_back();
                outcome.named = outcome.named || is_named(one.server);
                if (!wanted(one.server)) continue;
                ++outcome.servers_seen;
                infer(one.server, report);
                // Most servers are small. The users of a large one are written while they are judged.
                std::future<std::string> users_file = start_writing(one.server);
                check(one.server, report, {}, users_file.valid() ? spare_ : 1 + spare_);
                check_policies(input.config, policies_, one.server, report);
                check_names(one, report);
                const std::string previous = join(plan_.previous, subfolder);
                groups.back() = settle_versions(one, files_, previous, report);
                if (!plan_.explain.empty() || has_errors(report)) continue;
                made.back() = render(one, std::move(groups.back()), subfolder, std::move(users_file));
                check_earlier(one, made.back(), files_, previous, report);
            }
        } catch (const Failure& failure) {
            outcome.failures.emplace_back(failure.what());
            return;
        }
        judge(input, site, subfolder, sources, report, outcome);
        if (!plan_.explain.empty()) {
            for (const SiteServer& one : site.servers) {
                if (wanted(one.server)) outcome.text += explain_setting(one, plan_.explain);
            }
            return;
        }
        if (outcome.bad) return;
        for (std::size_t i = 0; i < site.servers.size(); ++i) {
            if (!wanted(site.servers[i].server)) continue;
            // A site whose errors are all suppressed has not been rendered yet.
            if (made[i].empty()) made[i] = render(site.servers[i], std::move(groups[i]), subfolder);
            // What was found unchanged elsewhere is not so here.
            if (plan_.previous != plan_.output)
                for (OutputFile& file : made[i]) file.unchanged = false;
            stage(number, site.servers[i], made[i], subfolder, outcome);
        }
    }

    // From diagnostics to findings, as lint does it.
    void judge(const SiteInput& input, const Site& site, const std::string& subfolder,
               const SourceSet& sources, Report& report, SiteOutcome& outcome) const {
        const std::vector<SourceInfo> infos = infos_of_site(sources, input.config);
        // Nobody sees notes here, and a fleet has many.
        const Thresholds thresholds{.notes = false};
        Judged judged = judge_site(report, sources, infos, site, thresholds, policies_, true);
        outcome.findings = std::move(judged.findings);
        outcome.suppressed = judged.suppressed;
        outcome.notes = judged.notes;
        outcome.bad = std::ranges::any_of(outcome.findings, is_error);
        outcome.claims.config = input.config;
        outcome.claims.collect(site, subfolder, sources);
        outcome.files = sources.size();
    }

    void stage(std::size_t unit, const SiteServer& server, const std::vector<OutputFile>& made,
               const std::string& subfolder, SiteOutcome& outcome) {
        const std::string& identity = server.server.identity.text;
        std::vector<std::string> removals;
        if (plan_.prune) {
            for (const std::string& name : output_.files_of(identity, subfolder)) {
                const std::string path = join(subfolder, name);
                if (std::ranges::find(made, path, &OutputFile::path) == made.end()) removals.push_back(path);
            }
            // In the reverse of the publish order: a list goes before the groups that it names.
            std::stable_partition(removals.begin(), removals.end(),
                                  [](const std::string& path) { return path.ends_with(".ver"); });
        }
        RenderedServer& rendered = outcome.servers.emplace_back();
        rendered.identity = identity;
        rendered.site = inputs_.sites[unit].path;
        rendered.changes = output_.add(unit, made, removals);
        if (!plan_.diff) return;
        std::size_t index = 0;
        for (const FileChange& change : rendered.changes) {
            const std::string_view bytes =
                index < made.size() ? std::string_view(made[index].bytes) : std::string_view();
            ++index;
            if (change.outcome == Outcome::unchanged) continue;
            outcome.text += diff_of(files_, join(plan_.output, change.path), change, bytes);
        }
    }

    // What only shows when all sites are read: two that describe one server or want one file to say two
    // things.
    void compare() {
        std::vector<SiteClaims> claims;
        claims.reserve(outcomes_.size());
        for (SiteOutcome& outcome : outcomes_) claims.push_back(std::move(outcome.claims));
        for (Collision& one : compare_sites(claims, files_, Thresholds())) {
            SiteOutcome& outcome = outcomes_[one.site];
            outcome.bad = outcome.bad || is_error(one.finding);
            outcome.findings.push_back(std::move(one.finding));
        }
    }

    RenderResult finish() {
        if (std::ranges::all_of(outcomes_, &SiteOutcome::layer) && inputs_.failures.empty()) {
            throw Failure("no server among the inputs, which are layers for others to extend");
        }
        const auto may_be_named = [](const SiteOutcome& one) {
            return one.named || one.bad || !one.failures.empty();
        };
        if (!plan_.servers.empty() && inputs_.failures.empty() &&
            std::ranges::none_of(outcomes_, may_be_named)) {
            throw Failure(fmt::format("no site describes {}", fmt::join(plan_.servers, " or ")));
        }
        compare();
        RenderResult result;
        result.failures = inputs_.failures;
        std::set<std::string> seen;
        for (std::size_t i = 0; i < outcomes_.size(); ++i) {
            SiteOutcome& outcome = outcomes_[i];
            result.summary.files += outcome.files;
            result.summary.servers += outcome.servers_seen;
            result.summary.notes += outcome.notes;
            result.summary.suppressed += outcome.suppressed;
            std::ranges::move(outcome.findings, std::back_inserter(result.findings));
            std::ranges::move(outcome.failures, std::back_inserter(result.failures));
            if (outcome.bad) result.bad.push_back(inputs_.sites[i].path);
            if (outcome.bad || !outcome.failures.empty()) {
                output_.discard(i);
                continue;
            }
            result.text += outcome.text;
            for (RenderedServer& server : outcome.servers) {
                // A firmware's version file may come from several servers; it is the first one's.
                std::erase_if(server.changes, [&](const FileChange& change) {
                    return !base_name(change.path).starts_with(server.identity) &&
                           !seen.insert(change.path).second;
                });
                result.servers.push_back(std::move(server));
            }
        }
        sort(result.findings);
        count(result);
        if (!plan_.keep_going && (!result.bad.empty() || !result.failures.empty())) {
            result.servers.clear();
        } else if (plan_.mode == FileSet::Mode::write) {
            output_.publish();
            result.published = true;
        }
        result.policies = std::move(policies_);
        return result;
    }

    static void count(RenderResult& result) {
        for (const Finding& finding : result.findings) {
            result.summary.errors += finding.severity == Severity::error ? 1 : 0;
            result.summary.warnings += finding.severity == Severity::warning ? 1 : 0;
        }
    }

    const Files& files_;
    const Inputs& inputs_;
    PolicySets policies_;
    const RenderPlan& plan_;
    LayerCache layers_;
    FileSet output_;
    std::vector<SiteOutcome> outcomes_;
    unsigned spare_ = 0;  // threads that no site keeps busy
    std::atomic<std::size_t> next_ = 0;
    std::mutex mutex_;
    std::size_t done_ = 0;
    std::size_t done_files_ = 0;
    std::exception_ptr stopped_by_;
};

}  // namespace

RenderResult render_sites(const Files& files, const Inputs& inputs, const RenderPlan& plan) {
    return Renderer(files, inputs, plan).run();
}

}  // namespace dectprov
