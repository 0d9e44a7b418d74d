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

#include "analysis/site_parts.hpp"
#include "analysis/site_unit.hpp"
#include "doc/write_xml.hpp"
#include "lint/across.hpp"
#include "model/firmware_names.hpp"
#include "render/explain_setting.hpp"
#include "render/file_diff.hpp"
#include "render/leftovers.hpp"
#include "render/previous_server.hpp"
#include "render/site_result.hpp"
#include "render/versions.hpp"
#include "rules/check.hpp"
#include "source/failure.hpp"

namespace dectprov {
namespace {

class Renderer {
public:
    Renderer(const Session& session, const Inputs& inputs, const RenderPlan& plan)
        : session_(session),
          inputs_(inputs),
          plan_(plan),
          output_(plan.output, plan.mode,
                  plan.shards > 1 ? FolderLock::With::parts : FolderLock::With::nobody, plan.waiting) {}

    RenderResult run() {
        results_.resize(inputs_.sites.size());
        session_.pool().parallel_for(results_.size(), [this](std::size_t site) { work(site); });
        return finish();
    }

private:
    // What is made of one server on its way to the output folder.
    struct Making {
        Report report;
        std::string subfolder;
        std::vector<SettledGroup> groups = {};
        std::vector<OutputFile> files = {};
        std::optional<std::string> failure = {};
    };

    // A Failure comes from the output folder: no other site will fare better.
    void work(std::size_t site) {
        render_site(site);
        const std::lock_guard lock(mutex_);
        done_files_ += results_[site].counts.all() + results_[site].servers.changes();
        if (plan_.progress) plan_.progress({.done = ++done_, .all = results_.size(), .files = done_files_});
    }

    [[nodiscard]] bool is_named(const Server& server) const { return session_.wants(server.identity.text); }
    [[nodiscard]] bool wanted(const Server& server) const {
        return shard_of(server.identity.text, plan_.shards) == plan_.shard && is_named(server);
    }

    void render_site(std::size_t number) {
        SiteResult& all = results_[number];
        SiteParts parts(session_, inputs_.sites[number]);
        try {
            parts.open();
        } catch (const Failure& failure) {
            all.failures.emplace_back(failure.what());
            return;
        }
        std::vector<Conclusion> conclusions(parts.size());
        // There may be very many parts, so each is taken in as soon as those before it are.
        std::mutex mutex;
        std::map<std::size_t, SiteResult> done;
        std::size_t next = 0;
        parts.each([&](std::size_t part, SiteUnit& unit) {
            SiteResult result;
            conclusions[part] = render_part(number, unit, result);
            const std::lock_guard lock(mutex);
            done.emplace(part, std::move(result));
            for (auto first = done.find(next); first != done.end(); first = done.find(++next)) {
                all.take(std::move(first->second));
                done.erase(first);
            }
        });
        if (!all.failures.empty()) return;
        Conclusion conclusion = parts.merge(std::move(conclusions));
        all.bad = all.bad || std::ranges::any_of(conclusion.findings, is_error);
        if (all.stands_in && !all.bad)
            all.failures.push_back(refusal_of_stand_in(inputs_.sites[number].path));
        all.findings = std::move(conclusion.findings);
        all.suppressed = conclusion.suppressed;
        all.notes = conclusion.notes;
        all.claims.config = inputs_.sites[number].config;
    }

    Conclusion render_part(std::size_t number, SiteUnit& unit, SiteResult& part) {
        const Site& site = unit.site();
        Report& report = unit.report();
        part.layer = site.layer;
        part.whole = site.whole || site.layer;
        part.stands_in = site.stands_in;
        const std::string subfolder = subfolder_of(site, plan_.layout, report);
        std::vector<Making> makings;
        makings.reserve(site.servers.size());
        for (const SiteServer& one : site.servers)
            makings.push_back({.report = report.another(),
                               .subfolder = subfolder_of(one, subfolder, plan_.layout, report)});
        const bool sound = !report.has_errors();
        session_.pool().parallel_for(makings.size(), [&](std::size_t i) {
            if (wanted(site.servers[i].server)) make(unit, i, sound, makings[i]);
        });
        for (std::size_t i = 0; i < makings.size(); ++i) {
            part.named = part.named || is_named(site.servers[i].server);
            part.servers_seen += wanted(site.servers[i].server) ? 1 : 0;
            if (makings[i].failure) {
                part.failures.push_back(std::move(*makings[i].failure));
                return {};
            }
            report.take(std::move(makings[i].report));
        }
        Conclusion conclusion = unit.conclude();
        part.bad = std::ranges::any_of(conclusion.findings, is_error);
        claim(unit, makings, subfolder, part);
        if (!plan_.explain.empty()) {
            for (const SiteServer& one : site.servers) {
                // Of one without an identity nobody could say whose answer it is.
                const bool known = one.server.identity.kind != Identity::Kind::none;
                if (known && wanted(one.server))
                    part.text += explain_setting(one, unit.sources(), plan_.explain);
            }
        } else if (!part.bad) {
            stage(number, site, makings, part);
        }
        return conclusion;
    }

    // Validates a server and, where nothing is wrong with it or its site, makes its files.
    void make(SiteUnit& unit, std::size_t server, bool sound, Making& to) {
        const SiteServer& one = unit.site().servers[server];
        try {
            std::string users = validate_and_write(unit, server, sound, to.report);
            const std::string previous = join(plan_.previous, to.subfolder);
            const Files& earlier = nothing_earlier() ? no_files_ : session_.files();
            to.groups = settle_versions(one, earlier, previous, to.report);
            if (!plan_.explain.empty() || !sound || to.report.has_errors()) return;
            to.files = render(one, std::move(to.groups), to.subfolder, std::move(users));
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

    // What other descriptions must not say too, and what keeps files in the output folder from being left
    // over.
    void claim(const SiteUnit& unit, const std::vector<Making>& makings, const std::string& subfolder,
               SiteResult& part) const {
        const Site& site = unit.site();
        const auto folder = [&](const SiteServer& one) {
            return makings[static_cast<std::size_t>(&one - site.servers.data())].subfolder;
        };
        part.claims.collect(site, folder, unit.sources());
        for (std::size_t i = 0; i < unit.sources().size(); ++i)
            part.read.push_back(unit.sources().name(static_cast<FileId>(i)));
        // A description without servers has a folder all the same.
        part.folders[subfolder];
        for (const SiteServer& one : site.servers) {
            FolderClaims& claims = part.folders[folder(one)];
            const std::string& identity = one.server.identity.text;
            claims.described.insert(identity);
            if (one.replaces) claims.described.insert(*one.replaces);
            for (const auto& firmware : one.firmware_versions) claims.versions.insert(firmware.file + ".ver");
            claims.unnamed_versions = claims.unnamed_versions || one.unnamed_firmware_version;
            if (!wanted(one.server) || plan_.prune == RenderPlan::Prune::none) continue;
            claims.rendered.insert(identity);
            add_previous_firmware(session_, join(plan_.output, folder(one)), identity, claims.firmware);
            if (!one.server.config) continue;
            const Tree& config = *one.server.config;
            for (const NodeIndex node : firmware_names(config)) {
                if (!config.is_opaque(node)) claims.firmware.emplace(config.value(node));
            }
        }
    }

    void stage(std::size_t unit, const Site& site, std::vector<Making>& makings, SiteResult& part) {
        std::vector<FileSet::Batch> batches(makings.size());
        session_.pool().parallel_for(makings.size(), [&](std::size_t i) {
            const SiteServer& server = site.servers[i];
            if (!wanted(server.server)) return;
            Making& making = makings[i];
            // A site whose errors are all suppressed has not been rendered yet.
            if (making.files.empty())
                making.files = render(server, std::move(making.groups), making.subfolder);
            // What was found unchanged elsewhere is not so here.
            if (plan_.previous != plan_.output)
                for (OutputFile& file : making.files) file.unchanged = false;
            batches[i] = output_.prepare(making.files, removals_of(server, making.files, making.subfolder));
        });
        for (std::size_t i = 0; i < makings.size(); ++i) {
            const Server& server = site.servers[i].server;
            if (!wanted(server)) continue;
            RenderedServer rendered{.identity = server.identity.text,
                                    .site = inputs_.sites[unit].path,
                                    .changes = output_.add(unit, std::move(batches[i]))};
            if (session_.options().unset_is_unknown) part.without_secrets += count_unknown(makings[i].files);
            if (plan_.diff) add_diff(rendered.changes, makings[i].files, part.text);
            ++part.rendered;
            part.counts.take(rendered.identity, rendered.changes,
                             [this](const FileChange& one) { return is_listed(one); });
            if (plan_.listed || !rendered.changes.empty()) part.servers.add(rendered);
        }
    }

    // Whether somebody looks at a change by itself.
    [[nodiscard]] bool is_listed(const FileChange& change) const {
        const bool shown = plan_.mode == FileSet::Mode::plan && change.status != FileStatus::unchanged;
        return plan_.listed || shown;
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
        ReadAgain files(session_.files());
        for (Collision& one : compare_sites(claims, files, Thresholds())) {
            // Which of the two is meant is not known: neither is written.
            for (const std::size_t site : {one.first, one.second})
                results_[site].bad = results_[site].bad || is_error(one.finding);
            results_[one.second].findings.push_back(std::move(one.finding));
        }
        if (!files.failures().empty()) throw Failure(files.failures().begin()->second);
    }

    // All that the descriptions say of each folder of the output.
    ClaimsByFolder claims_by_folder() {
        ClaimsByFolder folders;
        for (SiteResult& site_result : results_) {
            if (site_result.layer) continue;
            for (auto& [folder, claims] : site_result.folders) folders[folder].take(std::move(claims));
        }
        for (auto& [folder, claims] : folders) claims.settle();
        if (plan_.layout == Layout::site) add_other_folders(session_, output_, plan_.output, folders);
        return folders;
    }

    // Removes, or names, what lies in the output folder and nobody yields any more. Nothing is known of what
    // a description with errors would yield, so then all stays.
    void sweep(RenderResult& result) {
        if (!plan_.explain.empty() || !result.bad.empty() || !result.failures.empty()) return;
        const auto part = std::ranges::find(results_, false, &SiteResult::whole);
        if (plan_.prune == RenderPlan::Prune::servers && part != results_.end())
            refuse_to_prune(inputs_.sites[static_cast<std::size_t>(part - results_.begin())].path,
                            "a finding about them is suppressed or off");
        for (const auto& [subfolder, claims] : claims_by_folder()) {
            if (plan_.prune != RenderPlan::Prune::none) {
                for (const std::string& name :
                     unclaimed_versions(session_, output_, plan_.output, subfolder, claims))
                    remove(join(subfolder, name), result);
            }
            for (const std::string& identity : undescribed_servers(output_, subfolder, claims)) {
                // A rendered one has its files in another folder now.
                const bool moved = claims.rendered.contains(identity);
                if (plan_.prune != RenderPlan::Prune::servers && !moved) {
                    result.undescribed.push_back(join(subfolder, identity));
                    continue;
                }
                std::vector<std::string> names = output_.files_of(identity, subfolder);
                lists_first(names);
                result.servers.add({.identity = identity, .site = {}, .changes = {}});
                if (!moved) ++result.rendered;
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
        result.counts.add(FileStatus::removed);
        if (result.servers.empty()) result.servers.add(RenderedServer{});
        for (const FileChange& change : changes) result.servers.add(change);
    }

    RenderResult finish() {
        compare();
        RenderResult result;
        result.failures = inputs_.failures;
        gather(result);
        result.refused = no_server();
        if (result.refused) return result;
        sweep(result);
        if (!plan_.keep_going && (!result.bad.empty() || !result.failures.empty())) {
            result.servers = {};
            result.counts = {};
            result.rendered = 0;
        } else if (plan_.mode == FileSet::Mode::write) {
            if (plan_.refusal) result.refused = plan_.refusal(result);
            if (!result.refused) output_.publish();
            result.published = !result.refused;
        }
        return result;
    }

    // Why there is nothing to render, where nothing that was found wrong says it.
    [[nodiscard]] std::optional<std::string> no_server() const {
        const auto is_wrong = [](const SiteResult& one) { return one.bad || !one.failures.empty(); };
        if (!inputs_.failures.empty() || std::ranges::any_of(results_, is_wrong)) return std::nullopt;
        if (std::ranges::all_of(results_, &SiteResult::layer))
            return "no server in the inputs: they are only layers for other files";
        const std::vector<std::string>& asked = session_.options().servers;
        if (asked.empty() || std::ranges::any_of(results_, &SiteResult::named)) return std::nullopt;
        return fmt::format("no site describes {}", fmt::join(asked, " or "));
    }

    // What has become of the descriptions, in their order.
    void gather(RenderResult& result) {
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
            // What a description with errors says of a setting is an answer all the same.
            if (!plan_.explain.empty()) result.text += site_result.text;
            if (site_result.bad || !site_result.failures.empty()) {
                output_.discard(i);
                continue;
            }
            if (plan_.explain.empty()) result.text += site_result.text;
            result.without_secrets += site_result.without_secrets;
            result.counts.add(site_result.counts);
            result.rendered += site_result.rendered;
            site_result.servers.drain([&](RenderedServer& server) {
                // A firmware's version file may come from several servers; it is the first one's.
                std::erase_if(server.changes, [&](const FileChange& change) {
                    return !base_name(change.path).starts_with(server.identity) &&
                           !seen.insert(change.path).second;
                });
                for (const FileChange& change : server.changes) result.counts.add(change.status);
                std::erase_if(server.changes, [&](const FileChange& change) { return !is_listed(change); });
                if (plan_.listed || !server.changes.empty()) result.servers.add(server);
            });
        }
        result.summary.files = read.size();
        result.read.assign(read.begin(), read.end());
        sort(result.findings);
        deduplicate(result.findings);
        // Notes are only counted, above.
        count(result.findings, result.summary);
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
