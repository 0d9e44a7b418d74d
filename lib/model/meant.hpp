// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <vector>

#include "doc/tree.hpp"

namespace dectprov {

// What an element that the catalogue does not know may be meant as.
struct Meant {
    // The nearest name that the parent takes.
    std::optional<EntryId> near = {};
    // Where the name stands as it is: with elements in it the sections alone, without any the settings.
    std::vector<EntryId> places = {};
    // An entry of a menu is called so, and this section is what the entry locks.
    std::optional<EntryId> locked = {};
    // Holds what its parent takes, as a list that is written twice around its items does.
    bool wraps = false;
    // Holds what none of the places takes.
    bool holds_other = false;
    // The root once more, straight below it.
    bool is_root_again = false;
};

// Where files of other kinds have the name of an element, or the name is that of a root.
struct Elsewhere {
    std::vector<EntryId> places = {};
    // Whether it is that element, and no unknown one of the same name.
    bool certain = false;
};

// `parent` is known, `node` is not.
Meant meant_by_name(const Tree& tree, NodeIndex parent, NodeIndex node);

// Of a name that has no place in files of this kind.
Elsewhere find_elsewhere(const Tree& tree, NodeIndex node);

// Finds what stands in for what, so that rules see nothing missing for the sake of a slip.
void find_stand_ins(Tree& tree);

}  // namespace dectprov
