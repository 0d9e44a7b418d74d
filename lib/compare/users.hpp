// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "catalog/models.hpp"
#include "doc/tree.hpp"

namespace dectprov {

// A user as it is told from others. Texts are empty where the user has none, or one that is not known yet.
struct UserKey {
    NodeIndex node = Tree::none;
    std::uint64_t ipei = 0;  // of the first twelve digits; 0 for none
    std::string_view username;
    std::string_view localno;
    std::string_view configgroup;
    std::uint32_t number = 0;  // in the list, from 1
    bool hidden = false;       // its names came out of secrets
};

std::vector<UserKey> user_keys(const Tree& users);

// How people name each user: by its user name, its local number, its IPEI or its place ("#3"), with "#2"
// behind what an earlier user is called too.
std::vector<std::string> user_labels(const std::vector<UserKey>& users);

// The same, made when the first one is asked for: of most lists none is.
class UserLabels {
public:
    explicit UserLabels(const std::vector<UserKey>& users) : users_(users) {}

    const std::string& operator[](std::size_t index) {
        if (labels_.empty()) labels_ = user_labels(users_);
        return labels_[index];
    }

private:
    const std::vector<UserKey>& users_;
    std::vector<std::string> labels_;
};

// Which users of two lists are the same. A user is its name, whatever handset it has: by user name, then by
// local number (`by_number`: the other way round, for DECT servers), those left over by IPEI, and those
// without all three in their order. `none` stands for no partner; indices are those of the lists.
struct UserMatch {
    static constexpr std::uint32_t none = 0xffff'ffff;

    std::vector<std::uint32_t> partner_of_before;
    std::vector<std::uint32_t> partner_of_after;
};
bool is_by_number(ModelSet of_server);
UserMatch match_users(const std::vector<UserKey>& before, const std::vector<UserKey>& after,
                      bool by_number = false);

// Fields that hold what only `render` knows, in some user of a list who has no partner in the other one.
// There such a text may stand in the clear, and is not shown. `list`: null where there are no users.
using UnknownFields = std::set<EntryId>;
UnknownFields unknown_fields(const Tree* list, const std::vector<UserKey>& users,
                             const std::vector<std::uint32_t>& partners);
// The users, with those who have no partner called by nothing that is not shown of them. Nothing where all is
// shown, as it mostly is: there may be very many.
std::optional<std::vector<UserKey>> without_fields(const std::vector<UserKey>& users,
                                                   const UnknownFields& hidden,
                                                   const std::vector<std::uint32_t>& partners);

}  // namespace dectprov
