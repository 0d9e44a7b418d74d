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
};

// `parent` is known, `node` is not.
Meant meant_by_name(const Tree& tree, NodeIndex parent, NodeIndex node);

// Finds what stands in for what, so that rules see nothing missing for the sake of a slip.
void find_stand_ins(Tree& tree);

}  // namespace dectprov
