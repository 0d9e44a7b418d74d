// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "doc/tree.hpp"

namespace dectprov {

// One value below a section, with the path that leads to it from there: "dtmf.duration" below `sip`. Of
// several elements of one name the later ones have "#2" behind theirs.
struct Leaf {
    std::string path;
    EntryId entry = EntryId::none;
    const Tree* tree = nullptr;
    NodeIndex node = Tree::none;
    EntryId section = EntryId::none;  // where the path begins

    // The two states may be read by different catalogues: what only one of them has is ordered as unknown.
    [[nodiscard]] EntryId order() const;
    [[nodiscard]] std::string_view value() const { return tree->value(node); }
    [[nodiscard]] bool is_opaque() const { return tree->is_opaque(node); }
};

// Whether an entry is the same in every catalogue.
bool is_builtin(EntryId entry);

// A row's own name may be that of the description's key for it.
std::string_view element_name(const Tree& tree, NodeIndex node);

// Calls `visit(path, node)` for every value below `section`, in their order. `below(path, name)` makes the
// path of an element from that of the one around it. A known section without a value below it says nothing.
template <class Path, class Below, class Visit>
void for_each_leaf(const Tree& tree, NodeIndex section, const Path& path, const Below& below,
                   const Visit& visit) {
    for (NodeIndex node = tree.first(section); node < tree.after(section); node = tree.after(node)) {
        Path inner = below(path, element_name(tree, node));
        if (tree.has_children(node)) {
            for_each_leaf(tree, node, inner, below, visit);
            continue;
        }
        const EntryId id = tree.entry(node);
        const bool says_nothing =
            id != EntryId::none && tree.catalog().is_section(id) && tree.value(node).empty();
        if (!says_nothing) visit(std::move(inner), node);
    }
}

// The values below `section` in the order of the catalogue, what it does not know last: the same for every
// order of the elements.
std::vector<Leaf> leaves(const Tree& tree, NodeIndex section);

// The quick look that most sections get: whether both have the same elements with the same values in the
// same order. Where they do not they may still say the same.
bool same_elements(const Tree& a, NodeIndex section_a, const Tree& b, NodeIndex section_b);

// What is shown of a text of which another state says that only `render` knows it.
inline constexpr std::string_view hidden_text = "***";

// The keys of a licence text, in its order.
std::vector<std::string_view> licence_keys(std::string_view text);
bool is_licence(const Catalog& catalog, EntryId entry);
// "<2 keys>", "<1 key>", "<at least 2 keys>"
std::string shown_keys(std::size_t count, bool at_least = false);
// A value as it may be printed: a secret as "<secret>", licence keys by their number, the password of a URL
// as "***".
std::string shown(const Catalog& catalog, EntryId entry, std::string_view path, std::string_view value);
std::string shown(const Leaf& leaf);

// A path below `section` as it may be printed. Within a secret a name may be the secret, written as an
// element: "authpassword.***".
std::string shown_path(const Catalog& catalog, EntryId section, std::string_view path);
std::string shown_path(const Leaf& leaf);

// Whether two plain values mean the same: licence keys do in any order, an IPEI with and without its blank or
// its check character, a version of a group with and without leading zeros.
bool same_value(const Catalog& catalog, EntryId entry, std::string_view a, std::string_view b);

// Whether two values mean the same. Of two texts that stand for something else (`${…}`) only equal ones do;
// one of them and a plain text may.
enum class Same : unsigned char { no, yes, unknown };
Same compare(const Leaf& before, const Leaf& after);

}  // namespace dectprov
