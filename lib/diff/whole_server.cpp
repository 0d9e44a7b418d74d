// SPDX-License-Identifier: MIT
#include "diff/whole_server.hpp"

#include <fmt/format.h>

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

}  // namespace

void tell_takeover(const Side& side, ServerDiff& diff) {
    Change change;
    change.before = diff.replaced;
    change.after = diff.identity;
    const Server& server = *side.server;
    std::vector<std::string> all;
    if (server.config && !server.config->empty()) all.emplace_back("its configuration");
    if (server.users) all.push_back(count_of(users_of(server), "user"));
    if (!server.groups.empty()) all.push_back(count_of(server.groups.size(), "handset group"));
    change.fields.emplace_back("users", std::to_string(users_of(server)));
    change.fields.emplace_back("handset groups", std::to_string(server.groups.size()));
    std::string text = fmt::format("replaces {}: another server, which gets all files again", diff.replaced);
    for (std::size_t i = 0; i < all.size(); ++i)
        text += fmt::format("{}{}", i == 0 ? ": " : i + 1 < all.size() ? ", " : " and ", all[i]);
    change.effects.push_back({.kind = EffectKind::told, .text = std::move(text)});
    diff.changes.insert(diff.changes.begin(), std::move(change));
}

void tell_whole(const Side& side, bool came, ServerDiff& diff) {
    diff.kind = came ? ChangeKind::added : ChangeKind::removed;
    Change& change = diff.changes.emplace_back();
    change.kind = diff.kind;
    const Server& server = *side.server;
    const std::size_t users = users_of(server);
    change.fields.emplace_back("users", std::to_string(users));
    change.fields.emplace_back("handset groups", std::to_string(server.groups.size()));
    if (!came) {
        change.effects.push_back(
            {.kind = EffectKind::left_behind, .text = "gets no more files, and keeps what it has"});
        diff.forecast.rank = static_cast<std::size_t>(EffectKind::left_behind);
        diff.forecast.text = fmt::format("removed, with {}; it keeps what it has", count_of(users, "user"));
        return;
    }
    change.effects.push_back({.kind = EffectKind::told,
                              .text = server.merge
                                          ? "first import: a merge, which keeps what is not in the files"
                                          : "first import: what is not in its files gets its default"});
    diff.forecast.rank = static_cast<std::size_t>(EffectKind::told);
    diff.forecast.text = fmt::format("first import, with {}", count_of(users, "user"));
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
