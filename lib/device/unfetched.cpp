// SPDX-License-Identifier: MIT
#include "device/unfetched.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace dectprov {
namespace {

// Changes of which the same is said.
struct Gathered {
    Change change = {};
    std::set<Import> kinds = {};
};

std::string name_of(const Change& change) {
    const std::string_view path = change.path.empty() ? "the file" : std::string_view(change.path);
    return change.role == Role::group ? fmt::format("group {}: {}", change.group, path) : std::string(path);
}

std::string what_differs(const Change& change) {
    if (change.before && change.after) return fmt::format("{} -> {}", *change.before, *change.after);
    const std::string& value = change.before ? *change.before : change.after.value_or("");
    return fmt::format("{}{}{}", value, value.empty() ? "" : ", ", to_text(change.kind));
}

// What is said of a change that neither comes to the server nor shows what comes; nothing of others.
std::optional<Effect> instead_of(const Change& change, const DeviceState& state) {
    const Import kind = import_of(change.role);
    const std::string_view reason = state.not_fetched(kind);
    if (!reason.empty())
        return Effect{.kind = EffectKind::ignored,
                      .text = fmt::format("not fetched, so nothing changes: {}", reason),
                      .count = 0};
    // Another box has nothing of the old files in any case.
    if (state.replaces()) return std::nullopt;
    const Server& now = *state.new_side().server;
    const bool users = kind == Import::users && now.users;
    const bool groups = kind == Import::handset_groups && now.list;
    if ((!users && !groups) || !state.was_not_fetched(kind)) return std::nullopt;
    return Effect{
        .kind = EffectKind::told,
        .text = fmt::format("the old {} not fetched: what changes in the {} is not known",
                            users ? "users were" : "handset groups were", users ? "server" : "handsets"),
        .count = 0};
}

void add(Gathered& to, const Change& change, Effect effect) {
    const bool first = to.kinds.empty();
    to.kinds.insert(import_of(change.role));
    Change& all = to.change;
    all.fields.emplace_back(name_of(change), what_differs(change));
    if (first) {
        all.role = change.role == Role::group ? Role::list : change.role;
        all.file = change.file;
        all.effects.push_back(std::move(effect));
    }
    ++all.effects.front().count;
    if (to.kinds.size() < 2 && all.role != Role::none) return;
    // Of several kinds of files it is said of the server.
    all.role = Role::none;
    all.file.clear();
}

}  // namespace

void gather_unfetched(std::vector<Change>& changes, const DeviceState& state) {
    std::map<std::string, Gathered> gathered;
    std::erase_if(changes, [&](const Change& change) {
        // That a file cannot be compared is to be told all the same.
        if (!change.effects.empty()) return false;
        std::optional<Effect> effect = instead_of(change, state);
        if (!effect) return false;
        Gathered& same = gathered[effect->text];
        add(same, change, std::move(*effect));
        return true;
    });
    for (auto& [text, one] : gathered) changes.push_back(std::move(one.change));
}

}  // namespace dectprov
