// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "compare/users.hpp"
#include "doc/tree.hpp"

namespace dectprov {

// The handset of a user, who may have got it from another one. Groups are 0 where there is none.
struct Handset {
    static constexpr std::uint32_t nobody = UserMatch::none;

    std::uint32_t from = 0;        // the group that it was in
    std::uint32_t to = 0;          // the group that it is in
    std::uint32_t owner = nobody;  // who had it, by the place in the old list
    bool passed_on = false;        // from one user to another
};

// The handsets of a server and their groups, before and after new users are imported. A handset is known by
// its IPEI, where its user has one, and by its user otherwise.
class HandsetMoves {
public:
    // Either may be null: not known. They must outlive this.
    HandsetMoves(const Tree* before, const Tree* after, bool by_number);
    ~HandsetMoves() = default;
    HandsetMoves(const HandsetMoves&) = delete;
    HandsetMoves& operator=(const HandsetMoves&) = delete;
    HandsetMoves(HandsetMoves&&) = delete;
    HandsetMoves& operator=(HandsetMoves&&) = delete;

    // That of the user of the new list in whom a node stands; null where there is none.
    [[nodiscard]] const Handset* at(NodeIndex node_after) const;
    // The same by a node of the old list, of a user who is in the new one too.
    [[nodiscard]] const Handset* at_before(NodeIndex node_before) const;
    // How the user who had it is called.
    const std::string& owner_of(const Handset& handset) { return old_labels_[handset.owner]; }

    // Those of a group in the new list; those that stay in it; those that keep something of what it set,
    // where `keeps` says it of the group that they go to. Nothing where it is not known.
    [[nodiscard]] std::optional<std::size_t> in_group(std::uint32_t group) const;
    [[nodiscard]] std::optional<std::size_t> staying(std::uint32_t group) const;
    [[nodiscard]] std::optional<std::size_t> keeping(
        std::uint32_t group, const std::function<bool(std::uint32_t to)>& keeps) const;

private:
    void link();

    bool known_before_;
    bool known_after_;
    std::vector<UserKey> old_users_;
    UserLabels old_labels_{old_users_};
    std::vector<UserKey> new_users_;
    UserMatch match_;
    std::vector<Handset> handsets_;       // one a user of the new list
    std::vector<std::uint32_t> goes_to_;  // by users of the old list: the handset's place in the new list
};

}  // namespace dectprov
