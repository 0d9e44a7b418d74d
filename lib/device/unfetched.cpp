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

// Files that are not fetched for one reason.
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

void add(Gathered& to, const Change& change, std::string_view reason) {
    const bool first = to.kinds.empty();
    to.kinds.insert(import_of(change.role));
    Change& all = to.change;
    all.fields.emplace_back(name_of(change), what_differs(change));
    if (first) {
        all.role = change.role == Role::group ? Role::list : change.role;
        all.file = change.file;
        all.effects.push_back({.kind = EffectKind::ignored,
                               .text = fmt::format("not fetched, so nothing changes: {}", reason),
                               .count = 0});
    }
    ++all.effects.front().count;
    if (to.kinds.size() < 2 && all.role != Role::none) return;
    // Of several kinds of files it is said of the server.
    all.role = Role::none;
    all.file.clear();
}

}  // namespace

void gather_unfetched(std::vector<Change>& changes, const DeviceState& state) {
    std::map<std::string_view, Gathered> gathered;
    std::erase_if(changes, [&](const Change& change) {
        // That a file cannot be compared is to be told all the same.
        if (!change.effects.empty()) return false;
        const std::string_view reason = state.not_fetched(import_of(change.role));
        if (reason.empty()) return false;
        add(gathered[reason], change, reason);
        return true;
    });
    for (auto& [reason, one] : gathered) changes.push_back(std::move(one.change));
}

}  // namespace dectprov
