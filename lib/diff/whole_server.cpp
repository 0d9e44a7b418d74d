// SPDX-License-Identifier: MIT
#include "diff/whole_server.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "diag/tally.hpp"

namespace dectprov {
namespace {

std::size_t users_of(const Server& server) {
    std::size_t users = 0;
    for_each_user(server, [&](const UserView&) { ++users; });
    return users;
}

// What a server that has nothing yet fetches of its users and handset groups.
struct Fetched {
    std::size_t users = 0;
    std::size_t groups = 0;
};
Fetched fetched_of(const DeviceState& state) {
    const Server& server = *state.new_side().server;
    const auto is_fetched = [&](Import what) { return state.not_fetched(what).empty(); };
    return {.users = is_fetched(Import::users) ? users_of(server) : 0,
            .groups = is_fetched(Import::handset_groups) ? server.groups.size() : 0};
}

// Says which of them it does not fetch, and why.
void add_unfetched(Change& change, const DeviceState& state) {
    const auto add = [&](Import what, std::size_t number, std::string_view thing) {
        const std::string_view reason = state.not_fetched(what);
        if (number == 0 || reason.empty()) return;
        change.effects.push_back({.kind = EffectKind::ignored,
                                  .text = fmt::format("{} not fetched: {}", count_of(number, thing), reason),
                                  .count = 0});
    };
    const Server& server = *state.new_side().server;
    add(Import::users, users_of(server), "user");
    add(Import::handset_groups, server.groups.size(), "handset group");
}

void add_fields(Change& change, std::size_t users, std::size_t groups) {
    change.fields.emplace_back("users", std::to_string(users));
    change.fields.emplace_back("handset groups", std::to_string(groups));
}

std::string first_import(const Server& server) {
    if (!server.has_config()) return "first import: without a configuration its settings stay as they are";
    return server.merge ? "first import: a merge, which keeps what is not in the files"
                        : "first import: what is not in its files gets its default";
}

void tell_gone(const Side& side, ServerDiff& diff) {
    const std::size_t users = users_of(*side.server);
    Change& change = diff.changes.back();
    add_fields(change, users, side.server->groups.size());
    change.effects.push_back(
        {.kind = EffectKind::left_behind, .text = "gets no more files, and keeps what it has"});
    diff.forecast.rank = static_cast<std::size_t>(EffectKind::left_behind);
    diff.forecast.text = fmt::format("removed, with {}; it keeps what it has", count_of(users, "user"));
}

// Whether no server asks for any of its files, by their names.
bool is_misnamed(const Server& server) {
    return !server.files.empty() &&
           std::ranges::all_of(server.files, [](const InputFile& file) { return file.name.is_set_aside(); });
}

void tell_new(const Side& side, ServerDiff& diff) {
    const Side nothing;
    const DeviceState state(nothing, side);
    const Server& server = *side.server;
    Change& change = diff.changes.back();
    if (is_misnamed(server)) {
        change.effects.push_back({.kind = EffectKind::ignored,
                                  .text = "nothing is fetched: no server asks for files with these names"});
        diff.forecast.rank = static_cast<std::size_t>(EffectKind::ignored);
        diff.forecast.text = "nothing is fetched";
        return;
    }
    add_fields(change, users_of(server), server.groups.size());
    add_unfetched(change, state);
    change.effects.push_back({.kind = EffectKind::told, .text = first_import(server)});
    diff.forecast.rank = static_cast<std::size_t>(change.effects.front().kind);
    const std::size_t users = fetched_of(state).users;
    diff.forecast.text =
        users != 0 || users_of(server) == 0
            ? fmt::format("first import, with {}", count_of(users, "user"))
            : fmt::format("first import; {} not fetched", count_of(users_of(server), "user"));
}

}  // namespace

void tell_takeover(const DeviceState& state, ServerDiff& diff) {
    Change change;
    change.before = diff.replaced;
    change.after = diff.identity;
    const Fetched fetched = fetched_of(state);
    std::vector<std::string> all;
    if (state.new_side().server->has_config()) all.emplace_back("its configuration");
    if (fetched.users != 0) all.push_back(count_of(fetched.users, "user"));
    if (fetched.groups != 0) all.push_back(count_of(fetched.groups, "handset group"));
    add_fields(change, fetched.users, fetched.groups);
    add_unfetched(change, state);
    std::string text = fmt::format("replaces {}: another server, which gets all files again", diff.replaced);
    for (std::size_t i = 0; i < all.size(); ++i)
        text += fmt::format("{}{}", i == 0 ? ": " : i + 1 < all.size() ? ", " : " and ", all[i]);
    change.effects.push_back({.kind = EffectKind::told, .text = std::move(text)});
    diff.changes.insert(diff.changes.begin(), std::move(change));
}

void tell_whole(const Side& side, bool came, ServerDiff& diff) {
    diff.kind = came ? ChangeKind::added : ChangeKind::removed;
    diff.changes.emplace_back().kind = diff.kind;
    if (came) {
        tell_new(side, diff);
    } else {
        tell_gone(side, diff);
    }
}

void tell_not_compared(bool is_new, ServerDiff& diff) {
    Change& change = diff.changes.emplace_back();
    change.kind = diff.kind = ChangeKind::changed;
    change.effects.push_back({.kind = EffectKind::not_compared,
                              .text = fmt::format("not compared: a part of the {} descriptions that cannot "
                                                  "be read (`lint` says which) may be this server",
                                                  is_new ? "new" : "old")});
    diff.forecast.rank = static_cast<std::size_t>(EffectKind::not_compared);
    diff.forecast.text = "not compared; restart not known";
}

}  // namespace dectprov
