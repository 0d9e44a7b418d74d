// SPDX-License-Identifier: MIT
#include "model/meant.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "catalog/handset_locks.hpp"

namespace dectprov {

namespace {

std::optional<EntryId> nearest_child(const Catalog& catalog, EntryId parent, std::string_view name) {
    std::vector<EntryId> children;
    std::vector<std::string_view> names;
    for (const EntryId child : catalog.children(parent)) {
        if (catalog.is_wildcard(child)) continue;
        children.push_back(child);
        names.push_back(catalog[child].name);
    }
    const auto found = nearest(name, names);
    if (!found) return {};
    return children[static_cast<std::size_t>(std::ranges::find(names, *found) - names.begin())];
}

class Finder {
public:
    explicit Finder(const Tree& tree) : tree_(tree), seen_(tree.catalog().size()) {}

    std::vector<Tree::StandIn> run() {
        below(0);
        return std::move(found_);
    }

private:
    // Nesting is limited by the readers, and an unknown element is not entered.
    void below(NodeIndex parent) {
        for (NodeIndex node = tree_.first(parent); node < tree_.after(parent); node = tree_.after(node)) {
            if (tree_.entry(node) == EntryId::none) {
                unknown(parent, node);
            } else if (tree_.has_children(node)) {
                below(node);
            }
        }
    }

    void unknown(NodeIndex parent, NodeIndex node) {
        const Meant meant = meant_by_name(tree_, parent, node);
        const bool again = tree_.catalog().has(tree_.entry(parent), Trait::repeatable);
        if (meant.near) add(node, *meant.near, again);
        if (meant.locked) add(node, *meant.locked, again);
        for (const EntryId place : meant.places) add(node, place, again);
    }

    // Of what stands once the first is enough.
    void add(NodeIndex node, EntryId meant, bool again) {
        const auto index = static_cast<std::size_t>(meant);
        if (seen_[index] && !again) return;
        seen_[index] = true;
        found_.push_back({.node = node, .meant = meant});
    }

    const Tree& tree_;
    std::vector<bool> seen_;
    std::vector<Tree::StandIn> found_;
};

}  // namespace

Meant meant_by_name(const Tree& tree, NodeIndex parent, NodeIndex node) {
    const Catalog& catalog = tree.catalog();
    const EntryId above = tree.entry(parent);
    const std::string_view name = tree.name(node);
    Meant meant{.near = nearest_child(catalog, above, name), .places = catalog.named(above, name)};
    if (meant.places.empty()) return meant;
    const bool section = tree.has_children(node);
    const auto fits = [&](EntryId place) { return catalog.is_section(place) == section; };
    if (std::ranges::any_of(meant.places, fits)) {
        std::erase_if(meant.places, [&](EntryId place) { return !fits(place); });
    } else if (section) {
        for (const EntryId place : meant.places) {
            const HandsetLock* lock = find_lock(place);
            if (lock != nullptr && catalog.is_section(lock->locked)) meant.locked = lock->locked;
        }
    }
    return meant;
}

void find_stand_ins(Tree& tree) {
    if (!tree.has_unknown() || tree.empty()) return;
    tree.set_stand_ins(Finder(tree).run());
}

}  // namespace dectprov
