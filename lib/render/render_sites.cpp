// SPDX-License-Identifier: MIT
#include "render/render_sites.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "analysis/site_unit.hpp"
#include "doc/mask.hpp"
#include "doc/unified_diff.hpp"
#include "doc/write_xml.hpp"
#include "lint/across.hpp"
#include "model/firmware_names.hpp"
#include "render/explain_setting.hpp"
#include "render/leftovers.hpp"
#include "render/previous_server.hpp"
#include "render/versions.hpp"
#include "rules/check.hpp"
#include "source/failure.hpp"

namespace dectprov {
namespace {

// What is left of a site when its sources are gone.
struct SiteResult {
    std::vector<Finding> findings;
    SiteClaims claims;
    std::vector<RenderedServer> servers;
    std::string subfolder;
    FolderClaims folder;
    std::string text;
    std::vector<std::string> failures;
    std::vector<std::string> read;  // paths; sites share some
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

std::string diff_of(const Files& files, const std::string& path, const FileChange& change,
                    const OutputFile& made) {
    SourceSet sources;
    const auto side = [&](bool there, std::string text) {
        const FileId file = sources.add(path, std::move(text));
        const std::string_view bytes = sources.text(file);
        const Span all{.file = file, .begin = 0, .end = static_cast<std::uint32_t>(bytes.size())};
        return DiffText{.name = there ? path : "/dev/null",
                        .text = bytes,
                        .masked = made.all_secret
                                      ? std::vector{all}
                                      : secrets(sources, file, syntax_of(path), made.secret_names)};
    };
    const bool before = change.status != FileStatus::created;
    const bool after = change.status != FileStatus::removed;
    return unified_diff(side(before, before ? files.read(path) : std::string()), side(after, made.bytes));
}

// In the reverse of the publish order: a list is removed before the groups that it names.
void lists_first(std::vector<std::string>& removals) {
    std::stable_partition(removals.begin(), removals.end(),
                          [](const std::string& path) { return path.ends_with(".ver"); });
}

class Renderer {
public:
    Renderer(const Session& session, const Inputs& inputs, const RenderPlan& plan)
        : session_(session), inputs_(inputs), plan_(plan), output_(plan.output, plan.mode) {}

    RenderResult run() {
        results_.resize(inputs_.sites.size());
        session_.pool().parallel_for(results_.size(), [this](std::size_t site) { work(site); });
        return finish();
    }

private:
    // What is made of one server on its way to the output folder.
    struct Making {
        Report report;
        std::vector<SettledGroup> groups = {};
        std::vector<OutputFile> files = {};
        std::optional<std::string> failure = {};
    };

    // A Failure comes from the output folder: no other site will fare better.
    void work(std::size_t site) {
        render_site(site);
        const std::lock_guard lock(mutex_);
        for (const RenderedServer& server : results_[site].servers) done_files_ += server.changes.size();
        if (plan_.progress) plan_.progress({.done = ++done_, .all = results_.size(), .files = done_files_});
    }

    [[nodiscard]] bool is_named(const Server& server) const { return session_.wants(server.identity.text); }
    [[nodiscard]] bool wanted(const Server& server) const {
        return shard_of(server.identity.text, plan_.shards) == plan_.shard && is_named(server);
    }

    void render_site(std::size_t number) {
        SiteResult& site_result = results_[number];
        SiteUnit unit(session_, inputs_.sites[number]);
        try {
            unit.open();
        } catch (const Failure& failure) {
            site_result.failures.emplace_back(failure.what());
            return;
        }
        const Site& site = unit.site();
        Report& report = unit.report();
        site_result.layer = site.layer;
        const std::string subfolder = subfolder_of(site, plan_.layout, report);
        std::vector<Making> makings(site.servers.size(), Making{.report = report.another()});
        const bool sound = !has_errors(report);
        session_.pool().parallel_for(makings.size(), [&](std::size_t i) {
            if (wanted(site.servers[i].server)) make(unit, i, subfolder, sound, makings[i]);
        });
        for (std::size_t i = 0; i < makings.size(); ++i) {
            site_result.named = site_result.named || is_named(site.servers[i].server);
            site_result.servers_seen += wanted(site.servers[i].server) ? 1 : 0;
            if (makings[i].failure) {
                site_result.failures.push_back(std::move(*makings[i].failure));
                return;
            }
            report.take(std::move(makings[i].report));
        }
        conclude(unit, subfolder, site_result);
        claim(site, subfolder, site_result);
        if (!plan_.explain.empty()) {
            for (const SiteServer& one : site.servers) {
                if (wanted(one.server)) site_result.text += explain_setting(one, plan_.explain);
            }
            return;
        }
        if (site_result.bad) return;
        stage(number, site, makings, subfolder, site_result);
    }

    // Validates a server and, where nothing is wrong with it or its site, makes its files.
    void make(SiteUnit& unit, std::size_t server, const std::string& subfolder, bool sound, Making& to) {
        const SiteServer& one = unit.site().servers[server];
        try {
            std::string users = validate_and_write(unit, server, sound, to.report);
            const std::string previous = join(plan_.previous, subfolder);
            const Files& earlier = nothing_earlier() ? no_files_ : session_.files();
            to.groups = settle_versions(one, earlier, previous, to.report);
            if (!plan_.explain.empty() || !sound || has_errors(to.report)) return;
            to.files = render(one, std::move(to.groups), subfolder, std::move(users));
            check_against_previous(one, to.files, earlier, previous, to.report);
        } catch (const Failure& failure) {
            to.failure = failure.what();
        }
    }

    // Then nobody need look for files.
    [[nodiscard]] bool nothing_earlier() const { return plan_.previous == plan_.output && output_.fresh(); }

    // The users file of a large server is written while it is validated; "" where it is left for later.
    std::string validate_and_write(SiteUnit& unit, std::size_t number, bool sound, Report& report) const {
        const Server& server = unit.site().servers[number].server;
        std::string text;
        const bool large = server.users && server.users->size() >= worth_sharing;
        const bool ahead = large && sound && plan_.explain.empty() && session_.pool().threads() > 1;
        session_.pool().parallel_for(ahead ? 2 : 1, [&](std::size_t piece) {
            if (piece == 0) unit.validate(number, report);
            if (piece == 1) text = write_xml(*server.users);
        });
        return text;
    }

    static void conclude(SiteUnit& unit, const std::string& subfolder, SiteResult& site_result) {
        Conclusion conclusion = unit.conclude();
        site_result.findings = std::move(conclusion.findings);
        site_result.suppressed = conclusion.suppressed;
        site_result.notes = conclusion.notes;
        site_result.bad = std::ranges::any_of(site_result.findings, is_error);
        site_result.claims.config = unit.input().config;
        site_result.claims.collect(unit.site(), subfolder, unit.sources());
        for (std::size_t i = 0; i < unit.sources().size(); ++i)
            site_result.read.push_back(unit.sources().name(static_cast<FileId>(i)));
    }

    // What keeps files in the output folder from being left over.
    void claim(const Site& site, const std::string& subfolder, SiteResult& site_result) const {
        site_result.subfolder = subfolder;
        FolderClaims& claims = site_result.folder;
        for (const SiteServer& one : site.servers) {
            const std::string& identity = one.server.identity.text;
            claims.described.insert(identity);
            if (one.replaces) claims.described.insert(*one.replaces);
            for (const auto& firmware : one.firmware_versions) claims.versions.insert(firmware.file + ".ver");
            if (!wanted(one.server)) continue;
            claims.rendered.insert(identity);
            if (plan_.prune == RenderPlan::Prune::none) continue;
            add_previous_firmware(session_, join(plan_.output, subfolder), identity, claims.firmware);
            if (!one.server.config) continue;
            const Tree& config = *one.server.config;
            for (const NodeIndex node : firmware_names(config)) {
                if (!config.is_opaque(node)) claims.firmware.emplace(config.value(node));
            }
        }
    }

    void stage(std::size_t unit, const Site& site, std::vector<Making>& makings, const std::string& subfolder,
               SiteResult& site_result) {
        std::vector<FileSet::Batch> batches(makings.size());
        session_.pool().parallel_for(makings.size(), [&](std::size_t i) {
            const SiteServer& server = site.servers[i];
            if (!wanted(server.server)) return;
            Making& making = makings[i];
            // A site whose errors are all suppressed has not been rendered yet.
            if (making.files.empty()) making.files = render(server, std::move(making.groups), subfolder);
            // What was found unchanged elsewhere is not so here.
            if (plan_.previous != plan_.output)
                for (OutputFile& file : making.files) file.unchanged = false;
            batches[i] = output_.prepare(making.files, removals_of(server, making.files, subfolder));
        });
        for (std::size_t i = 0; i < makings.size(); ++i) {
            const Server& server = site.servers[i].server;
            if (!wanted(server)) continue;
            RenderedServer& rendered = site_result.servers.emplace_back();
            rendered.identity = server.identity.text;
            rendered.site = inputs_.sites[unit].path;
            rendered.changes = output_.add(unit, std::move(batches[i]));
            if (plan_.diff) add_diff(rendered.changes, makings[i].files, site_result.text);
        }
    }

    std::vector<std::string> removals_of(const SiteServer& server, const std::vector<OutputFile>& made,
                                         const std::string& subfolder) {
        std::vector<std::string> removals;
        if (plan_.prune == RenderPlan::Prune::none) return removals;
        for (const std::string& name : output_.files_of(server.server.identity.text, subfolder)) {
            const std::string path = join(subfolder, name);
            if (std::ranges::find(made, path, &OutputFile::path) == made.end()) removals.push_back(path);
        }
        lists_first(removals);
        return removals;
    }

    void add_diff(const std::vector<FileChange>& changes, const std::vector<OutputFile>& made,
                  std::string& text) const {
        const OutputFile none{};
        std::size_t index = 0;
        for (const FileChange& change : changes) {
            const OutputFile& file = index < made.size() ? made[index] : none;
            ++index;
            if (change.status == FileStatus::unchanged) continue;
            text += diff_of(session_.files(), join(plan_.output, change.path), change, file);
        }
    }

    // What only shows when all sites are read: two that describe one server or want one file to say two
    // things.
    void compare() {
        std::vector<SiteClaims> claims;
        claims.reserve(results_.size());
        for (SiteResult& site_result : results_) claims.push_back(std::move(site_result.claims));
        for (Collision& one : compare_sites(claims, session_.files(), Thresholds())) {
            // Which of the two is meant is not known: neither is written.
            for (const std::size_t site : {one.first, one.second})
                results_[site].bad = results_[site].bad || is_error(one.finding);
            results_[one.second].findings.push_back(std::move(one.finding));
        }
    }

    // All that the descriptions say of each folder of the output.
    std::map<std::string, FolderClaims> claims_by_folder() {
        std::map<std::string, FolderClaims> folders;
        for (SiteResult& site_result : results_) {
            if (site_result.layer) continue;
            FolderClaims& all = folders[site_result.subfolder];
            all.described.merge(site_result.folder.described);
            all.rendered.merge(site_result.folder.rendered);
            all.firmware.merge(site_result.folder.firmware);
            all.versions.merge(site_result.folder.versions);
        }
        return folders;
    }

    // Removes, or names, what lies in the output folder and nobody yields any more. Nothing is known of what
    // a description with errors would yield, so then all stays.
    void sweep(RenderResult& result) {
        if (!plan_.explain.empty() || !result.bad.empty() || !result.failures.empty()) return;
        for (const auto& [subfolder, claims] : claims_by_folder()) {
            if (plan_.prune != RenderPlan::Prune::none) {
                for (const std::string& name :
                     unclaimed_versions(session_, output_, plan_.output, subfolder, claims))
                    remove(join(subfolder, name), result);
            }
            for (const std::string& identity : undescribed_servers(output_, subfolder, claims)) {
                if (plan_.prune != RenderPlan::Prune::servers) {
                    result.undescribed.push_back(identity);
                    continue;
                }
                std::vector<std::string> names = output_.files_of(identity, subfolder);
                lists_first(names);
                result.servers.push_back({.identity = identity, .site = {}, .changes = {}});
                for (const std::string& name : names) remove(join(subfolder, name), result);
            }
        }
    }

    // As a change of the last of the servers.
    void remove(const std::string& path, RenderResult& result) {
        FileSet::Batch batch{
            .staged = {}, .removals = {path}, .changes = {{.path = path, .status = FileStatus::removed}}};
        const std::vector<FileChange> changes = output_.add(results_.size(), std::move(batch));
        if (plan_.diff) add_diff(changes, {}, result.text);
        if (result.servers.empty()) return;
        std::ranges::copy(changes, std::back_inserter(result.servers.back().changes));
    }

    RenderResult finish() {
        if (std::ranges::all_of(results_, &SiteResult::layer) && inputs_.failures.empty()) {
            throw Failure("no server among the inputs, which are layers for others to extend");
        }
        const auto may_be_named = [](const SiteResult& one) {
            return one.named || one.bad || !one.failures.empty();
        };
        if (!session_.options().servers.empty() && inputs_.failures.empty() &&
            std::ranges::none_of(results_, may_be_named)) {
            throw Failure(fmt::format("no site describes {}", fmt::join(session_.options().servers, " or ")));
        }
        compare();
        RenderResult result;
        result.failures = inputs_.failures;
        std::set<std::string> seen;
        std::set<std::string> read;
        for (std::size_t i = 0; i < results_.size(); ++i) {
            SiteResult& site_result = results_[i];
            for (std::string& path : site_result.read) read.insert(std::move(path));
            result.summary.servers += site_result.servers_seen;
            result.summary.notes += site_result.notes;
            result.summary.suppressed += site_result.suppressed;
            std::ranges::move(site_result.findings, std::back_inserter(result.findings));
            std::ranges::move(site_result.failures, std::back_inserter(result.failures));
            if (site_result.bad) result.bad.push_back(inputs_.sites[i].path);
            if (site_result.bad || !site_result.failures.empty()) {
                output_.discard(i);
                continue;
            }
            result.text += site_result.text;
            for (RenderedServer& server : site_result.servers) {
                // A firmware's version file may come from several servers; it is the first one's.
                std::erase_if(server.changes, [&](const FileChange& change) {
                    return !base_name(change.path).starts_with(server.identity) &&
                           !seen.insert(change.path).second;
                });
                result.servers.push_back(std::move(server));
            }
        }
        result.summary.files = read.size();
        result.read.assign(read.begin(), read.end());
        sort(result.findings);
        deduplicate(result.findings);
        // Notes are only counted, above.
        count(result.findings, result.summary);
        sweep(result);
        if (!plan_.keep_going && (!result.bad.empty() || !result.failures.empty())) {
            result.servers.clear();
        } else if (plan_.mode == FileSet::Mode::write) {
            if (plan_.refusal) result.refused = plan_.refusal(result);
            if (!result.refused) output_.publish();
            result.published = !result.refused;
        }
        return result;
    }

    const Session& session_;
    const Inputs& inputs_;
    const RenderPlan& plan_;
    FileSet output_;
    const Files no_files_ = Files::memory();
    std::vector<SiteResult> results_;
    std::mutex mutex_;
    std::size_t done_ = 0;
    std::size_t done_files_ = 0;
};

}  // namespace

RenderResult render_sites(const Session& session, const Inputs& inputs, const RenderPlan& plan) {
    return Renderer(session, inputs, plan).run();
}

}  // namespace dectprov
