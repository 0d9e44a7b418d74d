// SPDX-License-Identifier: MIT
#include "model/server.hpp"

#include <algorithm>

namespace dectprov {

bool Server::has(Role role) const {
    if (of_site) {
        switch (role) {
            case Role::config:
                return config != nullptr;
            case Role::users:
                return users != nullptr;
            case Role::group:
                return !groups.empty();
            case Role::list:
                return list.has_value();
            case Role::none:
            case Role::site:
                return false;
        }
    }
    return input(role) != nullptr;
}

const InputFile* Server::input(Role role) const {
    const auto found =
        std::ranges::find_if(files, [&](const InputFile& file) { return file.name.role == role; });
    return found == files.end() ? nullptr : &*found;
}

NodeIndex node_at(const std::unique_ptr<Tree>& tree, EntryId id) {
    return tree && !tree->empty() ? tree->find(id) : Tree::none;
}

std::string_view value_at(const std::unique_ptr<Tree>& tree, EntryId id) {
    const NodeIndex node = node_at(tree, id);
    return node == Tree::none || tree->is_opaque(node) ? std::string_view() : tree->value(node);
}

EntryId meant_by(const Tree& tree, NodeIndex node) {
    const auto& all = tree.stand_ins();
    const auto found = std::ranges::lower_bound(all, node, {}, &Tree::StandIn::node);
    return found != all.end() && found->node == node ? found->meant : EntryId::none;
}

bool stands_in(const Tree& tree, EntryId meant) {
    for (EntryId above = meant; above != EntryId::none; above = tree.catalog()[above].parent) {
        if (std::ranges::find(tree.stand_ins(), above, &Tree::StandIn::meant) != tree.stand_ins().end())
            return true;
    }
    return false;
}

bool stands_in(const Tree& tree, NodeIndex node, EntryId meant) {
    const auto& all = tree.stand_ins();
    auto one = std::ranges::lower_bound(all, node, {}, &Tree::StandIn::node);
    while (one != all.end() && one->node == node && one->meant != meant) ++one;
    return one != all.end() && one->node == node;
}

NodeIndex seen(const Server& server, const Tree& tree, EntryId id) {
    if (tree.empty() || lacks(server, tree.catalog(), id)) return Tree::none;
    const NodeIndex node = tree.find(id);
    if (node != Tree::none) return node;
    for (const Tree::StandIn& one : tree.stand_ins()) {
        for (EntryId above = id; above != EntryId::none; above = tree.catalog()[above].parent) {
            if (one.meant == above) return one.node;
        }
    }
    return Tree::none;
}

UserView validated_user(const Server& server, std::uint32_t number) {
    UserView user{.server = server,
                  .tree = *server.users,
                  .node = 0,
                  .number = number,
                  .fields = {},
                  .lacking = 0,
                  .validated = true};
    constexpr auto base = static_cast<std::size_t>(entry("users.user"));
    constexpr auto after = std::min(base + UserView::most_fields, builtin_rows.size());
    for (std::size_t id = base + 1; id < after; ++id) {
        if (lacks(server, user.tree.catalog(), static_cast<EntryId>(id)))
            user.lacking |= std::uint32_t{1} << (id - base);
    }
    return user;
}

}  // namespace dectprov
