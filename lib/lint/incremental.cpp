// SPDX-License-Identifier: MIT
#include "lint/incremental.hpp"

#include <algorithm>
#include <iterator>
#include <unordered_map>
#include <utility>

#include "analysis/server_unit.hpp"
#include "analysis/site_parts.hpp"
#include "analysis/site_unit.hpp"
#include "diag/rules.hpp"
#include "lint/near_identity.hpp"
#include "lint/read_again.hpp"
#include "source/failure.hpp"

namespace dectprov {
namespace {

// A suppression in a layer counts where it suppresses: it is idle only where no description that was read
// with the layer has any use for it. `readers`: how many descriptions have read a file.
void drop_used_elsewhere(std::vector<Finding>& sorted,
                         const std::function<std::size_t(const std::string& file)>& readers) {
    const auto is_same = [](const Finding& a, const Finding& b) {
        return a.rule == b.rule && a.file == b.file && a.begin == b.begin && a.message == b.message;
    };
    const auto is_idle = [](const Finding& one) { return one.rule == &rule::suppression_unused; };
    if (std::ranges::none_of(sorted, is_idle)) return;
    std::vector<Finding> kept;
    for (auto at = sorted.begin(); at != sorted.end();) {
        const auto behind =
            std::find_if_not(at, sorted.end(), [&](const Finding& one) { return is_same(*at, one); });
        const bool used = is_idle(*at) && static_cast<std::size_t>(behind - at) < readers(at->file);
        if (!used) std::move(at, behind, std::back_inserter(kept));
        at = behind;
    }
    sorted = std::move(kept);
}

// Whether two states of a unit have the same handsets, wherever they stand in the files.
bool same_handsets(const std::vector<Handsets>& a, const std::vector<Handsets>& b) {
    return std::ranges::equal(a, b, [](const Handsets& one, const Handsets& other) {
        return one.identity == other.identity &&
               std::ranges::equal(one.handsets, other.handsets, {}, &Handsets::Handset::number,
                                  &Handsets::Handset::number);
    });
}

// What is known of the files of a run, by their paths: asked of few, but maybe of many.
class InfoOfFiles {
public:
    explicit InfoOfFiles(const Inputs& inputs) : inputs_(inputs) {}

    [[nodiscard]] SourceInfo operator()(const std::string& path) {
        if (!made_) make();
        const auto found = known_.find(path);
        if (found == known_.end()) return {.reported = true, .syntax = syntax_of(path), .config = nullptr};
        return {
            .reported = found->second.reported, .syntax = syntax_of(path), .config = found->second.config};
    }

private:
    struct Known {
        bool reported;
        const ConfigFile* config;
    };

    void make() {
        made_ = true;
        for (const ServerInput& server : inputs_.servers) {
            for (const Candidate& file : server.files)
                known_.emplace(file.path, Known{.reported = file.reported, .config = server.config});
        }
        for (const SiteInput& site : inputs_.sites)
            known_.emplace(site.path, Known{.reported = true, .config = site.config});
    }

    const Inputs& inputs_;
    bool made_ = false;
    std::unordered_map<std::string_view, Known> known_ = {};
};

}  // namespace

IncrementalLint::IncrementalLint(const Session& session, const Inputs& inputs)
    : session_(session), inputs_(inputs), results_(inputs.servers.size() + inputs.sites.size()) {
    for (std::size_t i = 1; i < inputs.servers.size(); ++i) {
        shared_folders_ = shared_folders_ || inputs.servers[i].folder == inputs.servers[i - 1].folder;
    }
    std::set<std::string_view> identities;
    for (const ServerInput& server : inputs.servers) {
        if (!identities.insert(server.identity.text).second) repeated_.insert(server.identity.text);
    }
}

void IncrementalLint::work(std::span<const std::size_t> units,
                           const std::function<void(const Progress&)>& progress) {
    std::size_t done = 0;
    std::size_t files = 0;
    session_.pool().parallel_for(units.size(), [&](std::size_t at) {
        UnitResult result = analyse(units[at]);
        const std::size_t read = result.files + result.shared.size();
        const std::scoped_lock lock(mutex_);
        keep(units[at], std::move(result));
        files += read;
        if (progress) progress({.done = ++done, .all = units.size(), .files = files});
    });
}

IncrementalLint::UnitResult IncrementalLint::analyse(std::size_t unit) const {
    UnitResult result;
    try {
        if (unit < inputs_.servers.size()) {
            server(inputs_.servers[unit], result);
        } else {
            site(inputs_.sites[unit - inputs_.servers.size()], result);
        }
    } catch (const Failure& failure) {
        result.failures.emplace_back(failure.what());
    }
    // Here each thread sorts its own; what is put together in the end is in order already, or nearly.
    sort(result.findings);
    return result;
}

void IncrementalLint::conclude(Conclusion conclusion, UnitResult& result) {
    result.findings = std::move(conclusion.findings);
    result.suppressed = conclusion.suppressed;
    result.suppressed_findings = std::move(conclusion.suppressed_findings);
}

void IncrementalLint::server(const ServerInput& input, UnitResult& result) const {
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
        result.files += file.own && file.reported ? 1 : 0;
        if (!file.own && file.reported) result.shared.emplace_back(file.path);
        result.read.push_back({.path = std::string(file.path), .whole = file.reported});
    }
    result.servers = 1;
    result.failures = unit.failures();
    conclude(unit.conclude(), result);
    if (repeated_.contains(server.identity.text)) {
        for (std::vector<Finding>* all : {&result.findings, &result.suppressed_findings}) {
            for (Finding& finding : *all) finding.folder = input.folder;
        }
    }
    if (shared_folders_) result.handsets.push_back(std::move(handsets));
}

void IncrementalLint::site(const SiteInput& input, UnitResult& result) const {
    SiteParts parts(session_, input);
    parts.open();
    std::vector<UnitResult> results(parts.size());
    std::vector<Conclusion> conclusions(parts.size());
    parts.each([&](std::size_t part, SiteUnit& unit) { conclusions[part] = site_part(unit, results[part]); });
    result.claims.config = input.config;
    std::set<std::string> read;
    for (UnitResult& part : results) {
        result.servers += part.servers;
        for (std::string& path : part.shared) read.insert(std::move(path));
        std::ranges::move(part.handsets, std::back_inserter(result.handsets));
        result.claims.take(std::move(part.claims));
    }
    for (const std::string& path : read) {
        result.read.push_back({.path = path, .whole = session_.options().servers.empty()});
        result.shared.push_back(path);
    }
    conclude(parts.merge(std::move(conclusions)), result);
}

Conclusion IncrementalLint::site_part(SiteUnit& unit, UnitResult& part) {
    unit.validate();
    const Site& site = unit.site();
    for (std::size_t i = 0; i < site.servers.size(); ++i) part.servers += unit.wants(i) ? 1 : 0;
    for (std::size_t i = 0; i < unit.sources().size(); ++i)
        part.shared.push_back(unit.sources().name(static_cast<FileId>(i)));
    const auto folder = [](const SiteServer& /*server*/) { return std::string(); };
    part.claims.collect(site, folder, unit.sources());
    for (const SiteServer& one : site.servers) {
        Handsets handsets;
        handsets.prefix = "servers[" + std::to_string(one.number) + "].users";
        handsets.collect(one.server, unit.sources());
        if (!handsets.handsets.empty()) part.handsets.push_back(std::move(handsets));
    }
    return unit.conclude();
}

void IncrementalLint::keep(std::size_t unit, UnitResult result) {
    UnitResult& before = results_[unit];
    across_is_old_ = across_is_old_ || !same_handsets(before.handsets, result.handsets) ||
                     !before.claims.same_as(result.claims) || concerns_others(before) ||
                     concerns_others(result);
    before = std::move(result);
}

// Whether something that shows between units stands in a file of this one: its place may be another now.
bool IncrementalLint::concerns_others(const UnitResult& result) const {
    return !across_files_.empty() && std::ranges::any_of(result.read, [&](const ReadFile& file) {
        return across_files_.contains(file.path);
    });
}

std::vector<Finding> IncrementalLint::compare(const std::vector<SiteClaims>& claims,
                                              const std::vector<Handsets>& handsets) {
    std::vector<Finding> found;
    const Thresholds& thresholds = session_.thresholds();
    ReadAgain files(session_.files());
    for (Collision& one : compare_sites(claims, files, thresholds)) found.push_back(std::move(one.finding));
    const auto add = [&](std::vector<Finding> findings) {
        for (Finding& finding : findings) {
            if (!repeated_.contains(finding.server)) finding.folder.clear();
            found.push_back(std::move(finding));
        }
    };
    InfoOfFiles infos(inputs_);
    const auto info = [&](const std::string& path) { return infos(path); };
    add(compare_handsets(files, handsets, info, thresholds));
    add(compare_identities(files, inputs_.servers, info, thresholds));
    across_failures_.clear();
    for (const auto& [path, failure] : files.failures()) across_failures_.push_back(failure);
    return found;
}

const std::vector<Finding>& IncrementalLint::across() {
    if (!across_is_old_) return across_;
    std::vector<SiteClaims> claims;
    std::vector<Handsets> handsets;
    for (const UnitResult& result : results_) {
        if (!result.claims.servers.empty()) claims.push_back(result.claims);
        handsets.insert(handsets.end(), result.handsets.begin(), result.handsets.end());
    }
    across_ = compare(claims, handsets);
    across_files_.clear();
    for (const Finding& finding : across_) {
        across_files_.insert(finding.file);
        for (const RelatedPlace& place : finding.related) across_files_.insert(place.file);
    }
    across_is_old_ = false;
    return across_;
}

LintResult IncrementalLint::take() {
    LintResult all;
    all.failures = inputs_.failures;
    std::vector<Handsets> handsets;
    std::vector<SiteClaims> claims;
    std::set<std::string> shared;
    std::map<std::string, std::size_t> readers;  // how many descriptions have read a file
    std::size_t found = 0;
    for (const UnitResult& result : results_) found += result.findings.size();
    // Findings are large, and there may be many.
    all.findings.reserve(found);
    for (UnitResult& result : results_) {
        std::ranges::move(result.findings, std::back_inserter(all.findings));
        std::ranges::move(result.suppressed_findings, std::back_inserter(all.suppressed_findings));
        std::ranges::move(result.failures, std::back_inserter(all.failures));
        std::ranges::move(result.read, std::back_inserter(all.read));
        std::ranges::move(result.handsets, std::back_inserter(handsets));
        if (!result.claims.servers.empty()) claims.push_back(std::move(result.claims));
        all.suppressed += result.suppressed;
        all.files += result.files;
        for (std::string& path : result.shared) {
            ++readers[path];
            shared.insert(std::move(path));
        }
        all.servers += result.servers;
        result = {};
    }
    all.files += shared.size();
    std::ranges::move(compare(claims, handsets), std::back_inserter(all.findings));
    std::ranges::move(across_failures_, std::back_inserter(all.failures));
    sort(all.findings);
    drop_used_elsewhere(all.findings, [&](const std::string& file) {
        const auto reader = readers.find(file);
        return reader == readers.end() ? 0 : reader->second;
    });
    deduplicate(all.findings);
    sort(all.suppressed_findings);
    return all;
}

std::vector<Finding> IncrementalLint::in_file(std::string_view file, std::size_t readers,
                                              std::span<const std::vector<Finding>* const> units) {
    std::vector<Finding> found;
    for (const std::vector<Finding>* unit : units) {
        std::ranges::copy_if(*unit, std::back_inserter(found),
                             [&](const Finding& finding) { return finding.file == file; });
    }
    sort(found);
    drop_used_elsewhere(found, [&](const std::string&) { return readers; });
    deduplicate(found);
    return found;
}

}  // namespace dectprov
