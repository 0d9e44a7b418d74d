// SPDX-License-Identifier: MIT
#include "model/meant.hpp"

#include <algorithm>
#include <iterator>
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
    const std::optional<std::size_t> found = nearest_index(name, names);
    return found ? std::optional(children[*found]) : std::nullopt;
}

// Whether one of its elements has a name that the section takes.
bool holds_what_fits(const Tree& tree, NodeIndex node, EntryId section) {
    const Catalog& catalog = tree.catalog();
    for (NodeIndex child = tree.first(node); child < tree.after(node); child = tree.after(child)) {
        const EntryId id = catalog.child(section, tree.name(child));
        if (id != EntryId::none && !catalog.is_wildcard(id)) return true;
    }
    return false;
}

// The section that one of these menu entries locks: it is what the name of the entry means where elements
// stand in it.
std::optional<EntryId> locked_section(const Catalog& catalog, const std::vector<EntryId>& places) {
    std::optional<EntryId> locked;
    for (const EntryId place : places) {
        const HandsetLock* lock = find_lock(place);
        if (lock != nullptr && catalog.is_section(lock->locked)) locked = lock->locked;
    }
    return locked;
}

class Finder {
public:
    explicit Finder(const Tree& tree) : tree_(tree), catalog_(tree.catalog()), seen_(catalog_.size()) {}

    std::vector<Tree::StandIn> run() {
        // Whatever is not there.
        if (tree_.is_part()) add(0, tree_.entry(0), false);
        below(0);
        torn_users();
        return std::move(found_);
    }

private:
    // Nesting is limited by the readers, and an unknown element is not entered.
    void below(NodeIndex parent) {
        for (NodeIndex node = tree_.first(parent); node < tree_.after(parent); node = tree_.after(node)) {
            if (tree_.entry(node) == EntryId::none) {
                unknown(parent, node);
                continue;
            }
            wrong_form(node);
            if (tree_.has_children(node)) below(node);
        }
    }

    void unknown(NodeIndex parent, NodeIndex node) {
        const Meant meant = meant_by_name(tree_, parent, node);
        const EntryId above = tree_.entry(parent);
        const bool again = catalog_.has(above, Trait::repeatable);
        if (meant.near) add(node, *meant.near, again);
        if (meant.locked) add(node, *meant.locked, again);
        for (const EntryId place : meant.places) add(node, place, again);
        if (meant.wraps || meant.is_root_again) add(node, above, again);
        if (!meant.near && catalog_.has(above, Trait::closed)) switches(above, node);
    }

    // A switch under another name: the `enable` of `rfp.auto` in `suota`.
    void switches(EntryId section, NodeIndex node) {
        const auto is_switch = [&](EntryId id) { return catalog_.type(id).kind == Kind::boolean; };
        const std::string_view value = tree_.value(node);
        if (value != "true" && value != "false") return;
        for (const EntryId child : catalog_.children(section)) {
            if (is_switch(child)) add(node, child, false);
        }
    }

    // A section with a text in place of its elements, and a setting with elements in place of its value:
    // what it says is not known.
    void wrong_form(NodeIndex node) {
        const EntryId id = tree_.entry(node);
        const bool section = catalog_.is_section(id);
        if (section == tree_.has_children(node) || (section && tree_.value(node).empty())) return;
        if (catalog_.is_wildcard(id)) return;
        add(node, id, catalog_.has(id, Trait::repeatable));
    }

    // A text between the fields of a user may be one that has lost its tags.
    void torn_users() {
        const std::size_t before = found_.size();
        for (const Tree::Stray& stray : tree_.strays()) {
            const EntryId id = tree_.entry(stray.parent);
            if (id == entry("users.user")) add(stray.parent, id, true);
        }
        if (found_.size() != before) std::ranges::stable_sort(found_, {}, &Tree::StandIn::node);
    }

    // Of what stands once the first is enough.
    void add(NodeIndex node, EntryId meant, bool again) {
        const auto index = static_cast<std::size_t>(meant);
        if (seen_[index] && !again) return;
        seen_[index] = true;
        found_.push_back({.node = node, .meant = meant});
    }

    const Tree& tree_;
    const Catalog& catalog_;
    std::vector<bool> seen_;
    std::vector<Tree::StandIn> found_;
};

}  // namespace

Meant meant_by_name(const Tree& tree, NodeIndex parent, NodeIndex node) {
    const Catalog& catalog = tree.catalog();
    const EntryId above = tree.entry(parent);
    const std::string_view name = tree.name(node);
    Meant meant{.near = nearest_child(catalog, above, name), .places = catalog.named(above, name)};
    const bool section = tree.has_children(node);
    meant.wraps = section && holds_what_fits(tree, node, above);
    const bool alone = !meant.near && meant.places.empty();
    meant.is_root_again = parent == 0 && name == catalog[above].name && (meant.wraps || alone);
    if (meant.places.empty()) return meant;
    meant.holds_other = section && std::ranges::none_of(meant.places, [&](EntryId place) {
                            return holds_what_fits(tree, node, place);
                        });
    const auto fits = [&](EntryId place) { return catalog.is_section(place) == section; };
    if (std::ranges::any_of(meant.places, fits)) {
        std::erase_if(meant.places, [&](EntryId place) { return !fits(place); });
    } else if (section) {
        meant.locked = locked_section(catalog, meant.places);
    }
    return meant;
}

Elsewhere find_elsewhere(const Tree& tree, NodeIndex node) {
    const Catalog& catalog = tree.catalog();
    const EntryId own = tree.entry(0);
    const std::string_view name = tree.name(node);
    const bool section = tree.has_children(node);
    Elsewhere found;
    for (const EntryId root : {entry("config"), entry("users"), entry("cota")}) {
        if (catalog[root].name == name) found.places.push_back(root);
        if (root != own) std::ranges::copy(catalog.named(root, name), std::back_inserter(found.places));
    }
    const auto fits = [&](EntryId place) {
        return section ? holds_what_fits(tree, node, place) : !catalog.is_section(place);
    };
    if (!std::ranges::any_of(found.places, fits)) {
        const auto locked = section ? locked_section(catalog, found.places) : std::nullopt;
        if (locked) found.places = {*locked};
        return found;
    }
    std::erase_if(found.places, [&](EntryId place) { return !fits(place); });
    // A setting may be one of newer firmware; a section is known by what is in it.
    found.certain = section && found.places.size() == 1;
    return found;
}

void find_stand_ins(Tree& tree) {
    // Of users, who may be millions, most lists have nothing unknown.
    const bool sound = !tree.has_unknown() && tree.strays().empty();
    if (tree.empty() || (sound && tree.entry(0) == entry("users"))) return;
    tree.set_stand_ins(Finder(tree).run());
}

}  // namespace dectprov
