// SPDX-License-Identifier: MIT
#include "device/check_changes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "catalog/characters.hpp"
#include "catalog/entries.hpp"
#include "compare/values.hpp"
#include "device/effects.hpp"
#include "diag/rules.hpp"
#include "doc/secret.hpp"
#include "doc/ver_list.hpp"

namespace dectprov {
namespace {

// Where the version of a group stands; where it is missing, what it is missing from.
Place version_place(const HandsetGroup& group) {
    const NodeIndex version = group.tree.find(entry("cota.info.version"));
    if (version != Tree::none) return group.tree.value_place(version);
    const NodeIndex info = group.tree.find(entry("cota.info"));
    return group.tree.name_place(info != Tree::none ? info : 0);
}

void check_versions(const std::vector<Change>& changes, const Side& before, const Side& after,
                    Report& report) {
    std::set<std::uint32_t> resettled;  // groups whose settings differ
    for (const Change& change : changes) {
        const bool setting = change.role == Role::group && change.path.starts_with("data");
        if (setting) resettled.insert(change.group);
    }
    for (const HandsetGroup& group : after.server->groups) {
        if (group_of(before, group.number) == nullptr) continue;
        const GroupVersion was = version_of(before, group.number);
        const GroupVersion is = version_of(after, group.number);
        if (was.automatic || is.automatic || is.stated.empty()) continue;
        const VersionLine* line = line_of(after, group.number);
        const bool listed_as_before = line == nullptr || same_version(was.listed, is.listed);
        if (resettled.contains(group.number) && same_version(was.stated, is.stated) && listed_as_before) {
            report.add(rule::handset_version_not_bumped, version_place(group),
                       fmt::format("version is still {}, but the settings of group {} changed",
                                   shown_text(is.stated), group.number),
                       "raise the version, here and in the list");
        }
        if (same_version(was.stated, is.stated) || line == nullptr || !same_version(was.listed, is.listed))
            continue;
        // No list can have what is not digits alone.
        if (!all_digits(is.stated)) continue;
        Place place{.span = line->version_digits};
        place.path = fmt::format("GROUP{}", group.number);
        report
            .add(rule::handset_version_not_listed, std::move(place),
                 fmt::format("version is still {}, but the file of group {} went from {} to {}", is.listed,
                             group.number, shown_text(was.stated), is.stated),
                 fmt::format("write VERSION{}", is.stated))
            .related.push_back({.span = version_place(group).span, .message = "the version of the file"});
    }
}

struct Move {
    const Change* first = nullptr;
    std::size_t users = 0;
};

void check_stale(const std::vector<Change>& changes, const Side& before, const Side& after, Report& report) {
    std::map<std::pair<std::uint32_t, std::uint32_t>, Move> moves;
    for (const Change& change : changes) {
        const bool between_groups =
            change.role == Role::users && change.before && change.after && change.after_tree != nullptr &&
            change.after_tree->entry(change.after_node) == entry("users.user.configgroup");
        if (!between_groups) continue;
        Move& move = moves[{group_number(*change.before), group_number(*change.after)}];
        if (move.first == nullptr) move.first = &change;
        ++move.users;
    }
    for (const auto& [groups, move] : moves) {
        const auto [from, to] = groups;
        const HandsetGroup* target = group_of(after, to);
        if (target == nullptr) continue;
        const std::vector<std::string> stale = stale_settings(before, from, after, to);
        if (stale.empty()) continue;
        report
            .add(rule::handset_stale_settings, move.first->after_tree->value_place(move.first->after_node),
                 fmt::format("{} from group {} to {}, which does not set {}; the old values stay in the "
                             "handsets",
                             move.users == 1 ? "1 user moves" : fmt::format("{} users move", move.users),
                             from, to, some_of(stale)),
                 fmt::format("set them in group {} too", to))
            .related.push_back({.span = version_place(*target).span, .message = "the new group"});
    }
}

// The name of the nearest element above a missing one.
Place place_above(const Tree& tree, EntryId id) {
    for (EntryId above = tree.catalog()[id].parent; above != EntryId::none;
         above = tree.catalog()[above].parent) {
        const NodeIndex node = tree.find(above);
        if (node != Tree::none) return tree.name_place(node);
    }
    return tree.name_place(0);
}

void check_reverts(const std::vector<Change>& changes, const Side& after, Report& report) {
    if (!after.server->has_config() || after.server->merge) return;
    for (const Change& change : changes) {
        const bool dropped = change.role == Role::config && change.kind == ChangeKind::removed &&
                             change.before_tree != nullptr && !change.path.empty();
        if (!dropped) continue;
        const EntryId id = change.before_tree->entry(change.before_node);
        if (id == EntryId::none || is_licence(change.before_tree->catalog(), id)) continue;
        const auto default_value = default_of(change.before_tree->catalog(), id, after.server->models);
        if (default_value && *default_value == change.before_tree->value(change.before_node)) continue;
        const std::string to = !default_value           ? "its default, which no source states"
                               : default_value->empty() ? "its default, which is empty"
                                                        : fmt::format("its default, {}", *default_value);
        report.add(rule::config_reverts_to_default, place_above(*after.server->config, id),
                   fmt::format("{} is left out: it goes back to {}", change.path, to));
    }
}

// Whether the old files of a kind were fetched and the new ones are, as far as that is known.
bool compares(const DeviceState& state, Import what) {
    return state.not_fetched(what).empty() && !state.was_not_fetched(what);
}

}  // namespace

void check_changes(const std::vector<Change>& changes, const DeviceState& state, Report& report) {
    // Another box has no version of any group, and of what was not fetched none is known.
    if (!state.replaces() && compares(state, Import::handset_groups))
        check_versions(changes, state.old_side(), state.new_side(), report);
    check_settings(changes, state, report);
}

void check_settings(const std::vector<Change>& changes, const DeviceState& state, Report& report) {
    const Side& after = state.new_side();
    // Where no group was fetched, handsets have nothing of one.
    if (compares(state, Import::users) && !state.was_not_fetched(Import::handset_groups))
        check_stale(changes, state.old_side(), after, report);
    if (!state.replaces() && state.not_fetched(Import::configuration).empty())
        check_reverts(changes, after, report);
}

std::span<const Rule* const> rules_by_comparison() {
    static constexpr const Rule* rows[] = {&rule::handset_version_not_bumped,
                                           &rule::handset_version_not_listed, &rule::handset_stale_settings,
                                           &rule::config_reverts_to_default};
    return rows;
}

}  // namespace dectprov
