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

}  // namespace dectprov
