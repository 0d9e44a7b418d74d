// SPDX-License-Identifier: MIT
#include "device/handset_moves.hpp"

#include <algorithm>
#include <utility>

#include "compare/side.hpp"

namespace dectprov {
namespace {

std::vector<UserKey> keys_of(const Tree* list) {
    return list != nullptr ? user_keys(*list) : std::vector<UserKey>();
}

// The user in whom a node stands: users are in the order of their nodes.
std::optional<std::size_t> user_at(const std::vector<UserKey>& users, NodeIndex node) {
    const auto behind = std::ranges::upper_bound(users, node, {}, &UserKey::node);
    if (node == Tree::none || behind == users.begin()) return std::nullopt;
    return static_cast<std::size_t>(behind - users.begin()) - 1;
}

}  // namespace

HandsetMoves::HandsetMoves(const Tree* before, const Tree* after, bool by_number)
    : known_before_(before != nullptr),
      known_after_(after != nullptr),
      old_users_(keys_of(before)),
      new_users_(keys_of(after)),
      match_(match_users(old_users_, new_users_, by_number)),
      handsets_(new_users_.size()),
      goes_to_(old_users_.size(), Handset::nobody) {
    link();
}

void HandsetMoves::link() {
    std::vector<std::pair<std::uint64_t, std::uint32_t>> by_ipei;
    for (std::uint32_t i = 0; i < old_users_.size(); ++i) {
        if (old_users_[i].ipei != 0) by_ipei.emplace_back(old_users_[i].ipei, i);
    }
    std::ranges::sort(by_ipei);
    for (std::uint32_t i = 0; i < new_users_.size(); ++i) {
        const UserKey& user = new_users_[i];
        Handset& handset = handsets_[i];
        handset.to = group_number(user.configgroup);
        const std::uint32_t same_user = match_.partner_of_after[i];
        const auto found = std::ranges::lower_bound(by_ipei, std::pair(user.ipei, 0U));
        if (user.ipei != 0 && found != by_ipei.end() && found->first == user.ipei) {
            handset.owner = found->second;
        } else if (same_user != UserMatch::none && (user.ipei == 0 || old_users_[same_user].ipei == 0)) {
            handset.owner = same_user;
        }
        if (handset.owner == Handset::nobody) continue;
        handset.passed_on = handset.owner != same_user;
        handset.from = group_number(old_users_[handset.owner].configgroup);
        goes_to_[handset.owner] = i;
    }
}

const Handset* HandsetMoves::at(NodeIndex node_after) const {
    const auto user = user_at(new_users_, node_after);
    return user ? &handsets_[*user] : nullptr;
}

const Handset* HandsetMoves::at_before(NodeIndex node_before) const {
    const auto user = user_at(old_users_, node_before);
    if (!user || match_.partner_of_before[*user] == UserMatch::none) return nullptr;
    return &handsets_[match_.partner_of_before[*user]];
}

std::optional<std::size_t> HandsetMoves::in_group(std::uint32_t group) const {
    if (!known_after_) return std::nullopt;
    return static_cast<std::size_t>(std::ranges::count(handsets_, group, &Handset::to));
}

std::optional<std::size_t> HandsetMoves::staying(std::uint32_t group) const {
    return keeping(group, [group](std::uint32_t to) { return to == group; });
}

std::optional<std::size_t> HandsetMoves::keeping(std::uint32_t group,
                                                 const std::function<bool(std::uint32_t to)>& keeps) const {
    if (!known_before_) return std::nullopt;
    std::size_t count = 0;
    for (std::size_t i = 0; i < old_users_.size(); ++i) {
        if (group_number(old_users_[i].configgroup) != group) continue;
        const std::uint32_t there = goes_to_[i];
        count += keeps(there == Handset::nobody ? 0 : handsets_[there].to) ? 1 : 0;
    }
    return count;
}

}  // namespace dectprov
