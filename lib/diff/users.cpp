// SPDX-License-Identifier: MIT
#include "diff/users.hpp"

#include <fmt/format.h>

#include <optional>
#include <unordered_map>

#include "catalog/entries.hpp"
#include "catalog/value_type.hpp"

namespace dectprov {
namespace {

// Users of one list by what they have in common; those of one key in their order.
template <class Key>
class Waiting {
public:
    void add(const Key& key, std::uint32_t index) { queues_[key].push_back(index); }

    // The first of that key that was not taken yet.
    std::optional<std::uint32_t> take(const Key& key) {
        const auto found = queues_.find(key);
        if (found == queues_.end() || found->second.next == found->second.indices.size()) return std::nullopt;
        return found->second.indices[found->second.next++];
    }

private:
    struct Queue {
        std::vector<std::uint32_t> indices;
        std::size_t next = 0;
        void push_back(std::uint32_t index) { indices.push_back(index); }
    };
    std::unordered_map<Key, Queue> queues_;
};

// Pairs the users of both lists that have no partner and the same key; `key` gives nothing for a user that
// has none.
template <class Key, class KeyOf>
void pair_by(const std::vector<UserKey>& before, const std::vector<UserKey>& after, const KeyOf& key,
             UserMatch& match) {
    Waiting<Key> waiting;
    for (std::uint32_t i = 0; i < before.size(); ++i) {
        if (match.partner_of_before[i] != UserMatch::none) continue;
        if (const std::optional<Key> own = key(before[i])) waiting.add(*own, i);
    }
    for (std::uint32_t i = 0; i < after.size(); ++i) {
        if (match.partner_of_after[i] != UserMatch::none) continue;
        const std::optional<Key> own = key(after[i]);
        if (!own) continue;
        if (const auto partner = waiting.take(*own)) {
            match.partner_of_after[i] = *partner;
            match.partner_of_before[*partner] = i;
        }
    }
}

std::optional<std::string_view> some(std::string_view text) {
    return text.empty() ? std::nullopt : std::optional(text);
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
                               id == entry("users.user.localno");
            if (!known || users.is_opaque(field)) continue;
            const std::string_view value = users.value(field);
            if (id == entry("users.user.username")) {
                key.username = value;
            } else if (id == entry("users.user.localno")) {
                key.localno = value;
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
    std::unordered_map<std::string, std::uint32_t> seen;
    constexpr std::uint64_t portable_part = 10'000'000;
    for (const UserKey& user : users) {
        std::string label;
        if (!user.username.empty()) {
            label = user.username;
        } else if (!user.localno.empty()) {
            label = user.localno;
        } else if (user.ipei != 0) {
            label = fmt::format("{:05} {:07}", user.ipei / portable_part, user.ipei % portable_part);
        } else {
            label = fmt::format("#{}", user.number);
        }
        const std::uint32_t count = ++seen[label];
        if (count > 1) label += fmt::format("#{}", count);
        labels.push_back(std::move(label));
    }
    return labels;
}

UserMatch match_users(const std::vector<UserKey>& before, const std::vector<UserKey>& after) {
    UserMatch match{.partner_of_before = std::vector<std::uint32_t>(before.size(), UserMatch::none),
                    .partner_of_after = std::vector<std::uint32_t>(after.size(), UserMatch::none)};
    pair_by<std::uint64_t>(
        before, after,
        [](const UserKey& user) { return user.ipei == 0 ? std::nullopt : std::optional(user.ipei); }, match);
    pair_by<std::string_view>(
        before, after, [](const UserKey& user) { return some(user.username); }, match);
    pair_by<std::string_view>(
        before, after, [](const UserKey& user) { return some(user.localno); }, match);
    pair_by<bool>(
        before, after,
        [](const UserKey& user) { return is_nameless(user) ? std::optional(true) : std::nullopt; }, match);
    return match;
}

}  // namespace dectprov
