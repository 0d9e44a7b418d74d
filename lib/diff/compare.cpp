// SPDX-License-Identifier: MIT
#include "diff/compare.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <deque>
#include <iterator>
#include <mutex>
#include <set>
#include <utility>

#include "analysis/server_unit.hpp"
#include "analysis/site_unit.hpp"
#include "catalog/entries.hpp"
#include "compare/changes.hpp"
#include "device/check_changes.hpp"
#include "device/effects.hpp"
#include "device/forecast.hpp"
#include "diag/rules.hpp"
#include "diag/tally.hpp"
#include "diff/pair_up.hpp"
#include "diff/repeated_servers.hpp"
#include "diff/same_files.hpp"
#include "diff/whole_server.hpp"
#include "doc/secret.hpp"
#include "rules/families.hpp"
#include "source/failure.hpp"

namespace dectprov {
namespace {

struct PairResult {
    std::optional<ServerDiff> diff;
    std::vector<Finding> findings;
    std::vector<std::string> failures;
    std::size_t unknown = 0;
};

// What keeps a file from being compared is told with the rules by comparison.
bool is_wanted(const Rule& rule) {
    static constexpr const Rule* faults[] = {
        &rule::xml_malformed, &rule::xml_doctype,   &rule::xml_root,
        &rule::file_empty,    &rule::file_encoding, &rule::file_name,
        &rule::site_yaml,     &rule::site_key,      &rule::site_reference,
    };
    const auto own = rules_by_comparison();
    return std::ranges::find(own, &rule) != own.end() || std::ranges::find(faults, &rule) != std::end(faults);
}

// The others, which nobody has to look for.
std::vector<const Rule*> unwanted_rules() {
    std::vector<const Rule*> all;
    for (const Rule* rule : all_rules()) {
        if (!is_wanted(*rule)) all.push_back(rule);
    }
    std::ranges::sort(all);
    return all;
}

void keep(Conclusion conclusion, std::vector<Finding>& to) {
    for (Finding& finding : conclusion.findings) {
        if (is_wanted(*finding.rule)) to.push_back(std::move(finding));
    }
}

class Run {
public:
    Run(const CompareInput& before, const CompareInput& after,
        const std::function<void(std::size_t, std::size_t)>& progress)
        : before_(before), after_(after), progress_(progress), pool_(before.session->pool()) {
        scope_.whole = !before.file && !after.file;
        for (const CompareInput* input : {&before, &after}) {
            if (!input->file) continue;
            for (const ServerInput& server : input->inputs.servers) {
                for (const Candidate& file : server.files) {
                    if (file.reported) scope_.named.emplace(file.name.role, file.name.group);
                }
            }
        }
    }

    Comparison run() {
        open_sites(before_, old_sites_);
        open_sites(after_, new_sites_);
        list(before_, old_sites_, old_servers_);
        list(after_, new_sites_, new_servers_);
        leave_out_repeated_servers(old_servers_, new_servers_, notes_);
        pairs_ = pair_up(old_servers_, new_servers_, before_.file && after_.file);
        results_.resize(pairs_.size());
        pool_.parallel_for(pairs_.size(), [this](std::size_t i) { work(i); });
        return merge();
    }

private:
    void open_sites(const CompareInput& from, std::deque<OpenSite>& to) {
        for (const SiteInput& input : from.inputs.sites) to.emplace_back(*from.session, input, unwanted_);
        pool_.parallel_for(to.size(), [&](std::size_t i) {
            OpenSite& open = to[i];
            try {
                open.unit.open();
                for (std::size_t one = 0; one < open.unit.site().servers.size(); ++one)
                    open.unit.narrow(one, open.unit.report());
                open.firmware = firmware_texts(open.unit.site());
            } catch (const Failure& failure) {
                open.failure = failure.what();
            }
        });
    }

    static const std::string& named_file(const ServerInput& server) {
        return std::ranges::find_if(server.files, &Candidate::reported)->path;
    }

    static void list(const CompareInput& from, std::deque<OpenSite>& sites, std::deque<SideServer>& to) {
        const Session& session = *from.session;
        for (const ServerInput& input : from.inputs.servers) {
            std::string folder = input.folder;
            if (folder == from.root) folder.clear();
            if (folder.starts_with(from.root + "/")) folder.erase(0, from.root.size() + 1);
            to.push_back({.identity = input.identity.text, .folder = std::move(folder), .input = &input});
        }
        for (OpenSite& open : sites) {
            const Site& site = open.unit.site();
            for (std::size_t i = 0; i < site.servers.size(); ++i) {
                const SiteServer& server = site.servers[i];
                const std::string& identity = server.server.identity.text;
                // The description is not whole, and says so.
                if (server.server.identity.kind == Identity::Kind::none) continue;
                if (!session.wants(identity) && !(server.replaces && session.wants(*server.replaces)))
                    continue;
                to.push_back({.identity = identity,
                              .folder = {},
                              .site = &open,
                              .index = i,
                              .replaces = server.replaces,
                              .name = server.name});
            }
        }
    }

    void work(std::size_t i) {
        PairResult& pair_result = results_[i];
        try {
            pair(pairs_[i], pair_result);
        } catch (const Failure& failure) {
            pair_result.failures.emplace_back(failure.what());
        }
        if (!progress_) return;
        const std::scoped_lock lock(mutex_);
        progress_(++done_, pairs_.size());
    }

    void pair(const ServerPair& pair, PairResult& pair_result) {
        const SideServer* before = pair.before;
        const SideServer* after = pair.after;
        assert(before != nullptr || after != nullptr);
        const bool files =
            before != nullptr && after != nullptr && before->input != nullptr && after->input != nullptr;
        BothRead read;
        if (files)
            read =
                read_both(before_.session->files(), *before->input, after_.session->files(), *after->input);
        if (read.same) return;
        // Descriptions are locked in the order of the sides; no site stands on both.
        std::unique_lock<std::mutex> old_lock;
        std::unique_lock<std::mutex> new_lock;
        if (before != nullptr && before->site != nullptr) old_lock = std::unique_lock(before->site->mutex);
        if (after != nullptr && after->site != nullptr) new_lock = std::unique_lock(after->site->mutex);
        std::optional<ServerUnit> old_open;
        std::optional<ServerUnit> new_open;
        // What is declared of the newer state holds for both.
        const Declared declared = declared_of(after != nullptr ? *after : *before);
        Side old_side = open(before_, before, std::move(read.before), declared, old_open, pair_result);
        Side new_side = open(after_, after, std::move(read.after), declared, new_open, pair_result);
        ServerDiff diff;
        const SideServer& named = *(after != nullptr ? after : before);
        diff.identity = named.identity;
        // As the newer description has it, where there is one.
        for (const SideServer* server : {before, after}) {
            if (server != nullptr && !server->name.empty()) diff.set_name(shown_text(server->name));
        }
        diff.folder = named.folder;
        if (before != nullptr && after != nullptr) {
            if (before->identity != after->identity) diff.replaced = before->identity;
            both({old_side, old_open, before}, {new_side, new_open, after}, diff, pair_result);
        } else if (scope_.whole && !are_whole(after != nullptr ? old_sites_ : new_sites_)) {
            tell_not_compared(after == nullptr, diff);
        } else if (scope_.whole) {
            tell_whole(after != nullptr ? new_side : old_side, after != nullptr, diff);
        } else if ((after != nullptr ? after_ : before_).file) {
            pair_result.failures.push_back(
                fmt::format("{}: the other side has nothing of this server", named_file(*named.input)));
        }
        faults(old_open, pair_result);
        faults(new_open, pair_result);
        if (diff.changes.empty()) return;
        pair_result.diff = std::move(diff);
    }

    // What stands of a server beside its files.
    static Declared declared_of(const SideServer& server) {
        if (server.site == nullptr) return dectprov::declared_of(*server.input);
        return {.options = server.site->unit.site().servers[server.index].server.options,
                .catalog = &catalog_of(server.site->config)};
    }

    Side open(const CompareInput& from, const SideServer* server, std::vector<ReadAhead> read,
              const Declared& declared, std::optional<ServerUnit>& to, PairResult& pair_result) const {
        if (server == nullptr) return {};
        if (server->site != nullptr) {
            const SiteUnit& unit = server->site->unit;
            const SiteServer& own = unit.site().servers[server->index];
            return {.server = &own.server,
                    .site = &own,
                    .sources = &unit.sources(),
                    .beside = &server->site->firmware,
                    .root = {}};
        }
        // What no description describes has files.
        assert(server->input != nullptr);
        ServerUnit& unit = to.emplace(*from.session, *server->input, unwanted_);
        unit.declare(declared);
        unit.open(std::move(read));
        std::ranges::copy(unit.failures(), std::back_inserter(pair_result.failures));
        return {.server = &unit.server(),
                .site = nullptr,
                .sources = &unit.sources(),
                .beside = nullptr,
                .root = from.root};
    }

    // A side that was opened: by its files where it has some, else by its description.
    struct Opened {
        Side& side;
        std::optional<ServerUnit>& unit;
        const SideServer* server;
    };

    // Until here groups were left out where both sides have the same ones. Those that users come from and go
    // to tell what stays in their handsets, and those that the list sends whether they can be read.
    static void read_left_groups(const std::vector<Change>& changes, const Opened& before,
                                 const Opened& after) {
        std::set<std::uint32_t> from;
        std::set<std::uint32_t> to = groups_to_send(changes, after.side);
        // A handset that was passed on, too, goes from one group to another.
        if (std::ranges::any_of(changes, moves_handset)) {
            for_each_user(*before.side.server, [&](const UserView& user) {
                from.insert(group_number(user.value(entry("users.user.configgroup"))));
            });
            for_each_user(*after.side.server, [&](const UserView& user) {
                to.insert(group_number(user.value(entry("users.user.configgroup"))));
            });
        }
        open_groups(before, from);
        open_groups(after, to);
    }

    // The groups of which the list changed.
    static std::set<std::uint32_t> groups_to_send(const std::vector<Change>& changes, const Side& after) {
        std::set<std::uint32_t> groups;
        for (const Change& change : changes) {
            if (change.role != Role::list) continue;
            groups.insert(change.group);
            if (!change.path.empty() || !after.server->list) continue;
            for (const VersionLine& line : after.server->list->lines) groups.insert(group_number(line.group));
        }
        return groups;
    }

    static void open_groups(const Opened& of, const std::set<std::uint32_t>& groups) {
        if (!of.unit || groups.empty()) return;
        of.unit->open_groups(groups);
        of.side.index = SideIndex(of.side.server, of.side.site);
    }

    // What the new configuration leaves alone, or gives to no server, the server fetches as before.
    static void read_held_firmware(const DeviceState& state, const Opened& after, PairResult& pair_result) {
        std::vector<std::string> names = state.held_firmware();
        const auto named = firmware_of(after.side);
        std::erase_if(names, [&](const std::string& name) { return named.contains(name); });
        if (after.unit && !names.empty()) {
            const std::size_t told = after.unit->failures().size();
            after.unit->open_firmware(names);
            for (std::size_t i = told; i < after.unit->failures().size(); ++i)
                pair_result.failures.push_back(after.unit->failures()[i]);
        }
        after.side.held_firmware = std::move(names);
    }

    // Whether a server that they do not have is in none of them.
    static bool are_whole(const std::deque<OpenSite>& sites) {
        return std::ranges::all_of(
            sites, [](const OpenSite& open) { return !open.failure && open.unit.site().whole; });
    }

    void both(const Opened& old_one, const Opened& new_one, ServerDiff& diff, PairResult& pair_result) {
        const Side& before = old_one.side;
        const Side& after = new_one.side;
        const DeviceState state(before, after, !diff.replaced.empty());
        if (scope_.whole) read_held_firmware(state, new_one, pair_result);
        Changes changes = compare_servers(before, after, scope_);
        read_left_groups(changes.all, old_one, new_one);
        pair_result.unknown = changes.unknown;
        diff.kind = ChangeKind::changed;
        diff.changes = std::move(changes.all);
        add_effects(diff.changes, state);
        Report report;
        check_changes(diff.changes, state, report);
        if (state.replaces()) tell_takeover(state, diff);
        diff.forecast = forecast(diff, state);
        if (!report.all().empty()) {
            keep(new_one.unit ? new_one.unit->conclude(report) : new_one.server->site->unit.conclude(report),
                 pair_result.findings);
        }
        for (Change& change : diff.changes) {
            change.before_tree = nullptr;
            change.after_tree = nullptr;
        }
    }

    // Why files of a tree could not be compared.
    static void faults(std::optional<ServerUnit>& unit, PairResult& pair_result) {
        if (unit && !unit->report().all().empty()) keep(unit->conclude(), pair_result.findings);
    }

    static void merge_sites(const CompareInput& from, std::deque<OpenSite>& sites, Comparison& to) {
        std::ranges::copy(from.inputs.failures, std::back_inserter(to.failures));
        for (OpenSite& open : sites) {
            if (open.failure) to.failures.push_back(*open.failure);
            if (!open.unit.report().all().empty()) keep(open.unit.conclude(), to.findings);
        }
    }

    Comparison merge() {
        Comparison result;
        // Beside a file that was named stand others that nobody asked for.
        result.compared = static_cast<std::size_t>(std::ranges::count_if(pairs_, [&](const ServerPair& pair) {
            return scope_.whole || (pair.before != nullptr && pair.after != nullptr);
        }));
        merge_sites(before_, old_sites_, result);
        merge_sites(after_, new_sites_, result);
        for (PairResult& pair_result : results_) {
            if (pair_result.diff) result.servers.push_back(std::move(*pair_result.diff));
            std::ranges::move(pair_result.findings, std::back_inserter(result.findings));
            std::ranges::move(pair_result.failures, std::back_inserter(result.failures));
            result.unknown += pair_result.unknown;
        }
        result.notes = std::move(notes_);
        sort(result.findings);
        deduplicate(result.findings);
        return result;
    }

    const CompareInput& before_;
    const CompareInput& after_;
    const std::function<void(std::size_t, std::size_t)>& progress_;
    ThreadPool& pool_;
    const std::vector<const Rule*> unwanted_ = unwanted_rules();
    Scope scope_;
    std::deque<OpenSite> old_sites_;
    std::deque<OpenSite> new_sites_;
    std::deque<SideServer> old_servers_;
    std::deque<SideServer> new_servers_;
    std::vector<ServerPair> pairs_;
    std::vector<std::string> notes_;
    std::vector<PairResult> results_;
    std::mutex mutex_;
    std::size_t done_ = 0;
};

}  // namespace

std::string_view to_text(ChangeKind kind) {
    switch (kind) {
        case ChangeKind::added:
            return "added";
        case ChangeKind::removed:
            return "removed";
        case ChangeKind::changed:
            return "changed";
    }
    return {};
}

std::size_t Comparison::count(ChangeKind kind) const {
    std::size_t sum = 0;
    for (const ServerDiff& server : servers)
        sum += static_cast<std::size_t>(std::ranges::count(server.changes, kind, &Change::kind));
    return sum;
}

Comparison compare(const CompareInput& before, const CompareInput& after,
                   const std::function<void(std::size_t done, std::size_t all)>& progress) {
    return Run(before, after, progress).run();
}

}  // namespace dectprov
