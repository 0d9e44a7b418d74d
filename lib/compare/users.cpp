// SPDX-License-Identifier: MIT
#include "compare/users.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <unordered_map>
#include <utility>

#include "catalog/entries.hpp"
#include "catalog/value_type.hpp"
#include "diag/shorten.hpp"
#include "doc/secret.hpp"

namespace dectprov {
namespace {

// Pairs the users of both lists that have no partner and the same key, those of one key in their order; `key`
// gives nothing for a user that has none.
template <class Key, class KeyOf>
void pair_by(const std::vector<UserKey>& before, const std::vector<UserKey>& after, const KeyOf& key,
             UserMatch& match) {
    using Waiting = std::vector<std::pair<Key, std::uint32_t>>;
    const auto waiting = [&key](const std::vector<UserKey>& users,
                                const std::vector<std::uint32_t>& partners) {
        Waiting all;
        for (std::uint32_t i = 0; i < users.size(); ++i) {
            if (partners[i] != UserMatch::none) continue;
            if (const std::optional<Key> own = key(users[i])) all.emplace_back(*own, i);
        }
        std::ranges::sort(all);
        return all;
    };
    const Waiting old_users = waiting(before, match.partner_of_before);
    const Waiting new_users = waiting(after, match.partner_of_after);
    std::size_t i = 0;
    std::size_t k = 0;
    while (i < old_users.size() && k < new_users.size()) {
        if (old_users[i].first < new_users[k].first) {
            ++i;
        } else if (new_users[k].first < old_users[i].first) {
            ++k;
        } else {
            match.partner_of_before[old_users[i].second] = new_users[k].second;
            match.partner_of_after[new_users[k].second] = old_users[i].second;
            ++i;
            ++k;
        }
    }
}

std::optional<std::string_view> some(std::string_view text) {
    return text.empty() ? std::nullopt : std::optional(text);
}

// As far as the users of both lists go by the same in the same order, they are the same: the first of them
// is the first of its key on either side, and so on. Mostly that is all or nearly all.
void pair_first(const std::vector<UserKey>& before, const std::vector<UserKey>& after, UserMatch& match) {
    const auto end = static_cast<std::uint32_t>(std::min(before.size(), after.size()));
    for (std::uint32_t i = 0; i < end; ++i) {
        const UserKey& a = before[i];
        const UserKey& b = after[i];
        if (a.ipei != b.ipei || a.username != b.username || a.localno != b.localno) return;
        match.partner_of_before[i] = i;
        match.partner_of_after[i] = i;
    }
}

bool is_nameless(const UserKey& user) {
    return user.ipei == 0 && user.username.empty() && user.localno.empty();
}

}  // namespace

std::vector<UserKey> user_keys(const Tree& users) {
    std::vector<UserKey> keys;
    if (users.empty()) return keys;
    for (NodeIndex node = users.first(0); node < users.after(0); node = users.after(node)) {
        if (users.entry(node) != entry("users.user")) continue;
        UserKey& key = keys.emplace_back();
        key.node = node;
        key.number = static_cast<std::uint32_t>(keys.size());
        if (!users.has_children(node)) continue;
        for (NodeIndex field = users.first(node); field < users.after(node); field = users.after(field)) {
            const EntryId id = users.entry(field);
            const bool known = id == entry("users.user.ipei") || id == entry("users.user.username") ||
                               id == entry("users.user.localno") || id == entry("users.user.configgroup");
            if (!known || users.is_opaque(field)) continue;
            const std::string_view value = users.value(field);
            if (id != entry("users.user.ipei") && users.referred(field) != nullptr) key.hidden = true;
            if (id == entry("users.user.username")) {
                key.username = value;
            } else if (id == entry("users.user.localno")) {
                key.localno = value;
            } else if (id == entry("users.user.configgroup")) {
                key.configgroup = value;
            } else if (const auto ipei = parse_ipei(value)) {
                key.ipei = ipei->number;
            }
        }
    }
    return keys;
}

std::vector<std::string> user_labels(const std::vector<UserKey>& users) {
    std::vector<std::string> labels;
    labels.reserve(users.size());
    // By the labels of the first users of each name, which stay as and where they are.
    std::unordered_map<std::string_view, std::uint32_t> seen;
    constexpr std::uint64_t portable_part = 10'000'000;
    for (const UserKey& user : users) {
        std::string label;
        if (!user.hidden && !user.username.empty()) {
            label = shortened_name(shown_text(user.username));
        } else if (!user.hidden && !user.localno.empty()) {
            label = shortened_name(shown_text(user.localno));
        } else if (user.ipei != 0) {
            label = fmt::format("{:05} {:07}", user.ipei / portable_part, user.ipei % portable_part);
        } else {
            label = fmt::format("#{}", user.number);
        }
        labels.push_back(std::move(label));
        const std::uint32_t count = ++seen[labels.back()];
        if (count > 1) labels.back() += fmt::format("#{}", count);
    }
    return labels;
}

bool is_by_number(ModelSet of_server) { return !of_server.empty() && of_server.within(dect_models); }

UserMatch match_users(const std::vector<UserKey>& before, const std::vector<UserKey>& after, bool by_number) {
    UserMatch match{.partner_of_before = std::vector<std::uint32_t>(before.size(), UserMatch::none),
                    .partner_of_after = std::vector<std::uint32_t>(after.size(), UserMatch::none)};
    pair_first(before, after, match);
    using Name = std::string_view UserKey::*;
    const std::array<Name, 2> order = by_number ? std::array<Name, 2>{&UserKey::localno, &UserKey::username}
                                                : std::array<Name, 2>{&UserKey::username, &UserKey::localno};
    for (const Name name : order) {
        pair_by<std::string_view>(
            before, after, [name](const UserKey& user) { return some(user.*name); }, match);
    }
    pair_by<std::uint64_t>(
        before, after,
        [](const UserKey& user) { return user.ipei == 0 ? std::nullopt : std::optional(user.ipei); }, match);
    pair_by<bool>(
        before, after,
        [](const UserKey& user) { return is_nameless(user) ? std::optional(true) : std::nullopt; }, match);
    return match;
}

UnknownFields unknown_fields(const Tree* list, const std::vector<UserKey>& users,
                             const std::vector<std::uint32_t>& partners) {
    UnknownFields found;
    for (std::size_t i = 0; i < users.size(); ++i) {
        if (partners[i] != UserMatch::none || !list->has_children(users[i].node)) continue;
        const NodeIndex end = list->after(users[i].node);
        for (NodeIndex field = list->first(users[i].node); field < end; field = list->after(field)) {
            if (list->is_opaque(field) || list->referred(field) != nullptr) found.insert(list->entry(field));
        }
    }
    return found;
}

std::optional<std::vector<UserKey>> without_fields(const std::vector<UserKey>& users,
                                                   const UnknownFields& hidden,
                                                   const std::vector<std::uint32_t>& partners) {
    if (hidden.empty()) return std::nullopt;
    std::vector<UserKey> named = users;
    for (std::size_t i = 0; i < named.size(); ++i) {
        if (partners[i] != UserMatch::none) continue;
        if (hidden.contains(entry("users.user.username"))) named[i].username = {};
        if (hidden.contains(entry("users.user.localno"))) named[i].localno = {};
        if (hidden.contains(entry("users.user.ipei"))) named[i].ipei = 0;
    }
    return named;
}

}  // namespace dectprov
