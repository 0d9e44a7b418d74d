// SPDX-License-Identifier: MIT
#include "model/secret.hpp"

#include <optional>
#include <string_view>

#include "catalog/value_type.hpp"

namespace dectprov {

bool holds_secret(const Tree& tree) { return holds_secret(tree, 0, static_cast<NodeIndex>(tree.size())); }

bool holds_secret(const Tree& tree, NodeIndex begin, NodeIndex end) {
    for (NodeIndex node = begin; node < end;) {
        // What is laid under many trees holds none.
        if (tree.fragment(node) != nullptr) {
            node = tree.after(node);
            continue;
        }
        const NodeIndex leaf = node++;
        if (tree.has_children(leaf)) continue;
        const EntryId id = tree.entry(leaf);
        const std::string_view value = tree.value(leaf);
        if (value.empty()) continue;
        if (id == EntryId::none ? is_secret_name(tree.name(leaf)) : tree.catalog().has(id, Trait::secret))
            return true;
        if (id == EntryId::none || !tree.catalog().has(id, Trait::credential)) continue;
        const std::optional<UrlParts> url = parse_url(value);
        if (url && !url->password.empty()) return true;
    }
    return false;
}

}  // namespace dectprov
