// SPDX-License-Identifier: MIT
#pragma once

#include "doc/tree.hpp"

// What can only be meant as `merge_type="merge"`, the one attribute that a server reads: where another text
// stands in its place, the server overwrites.
namespace dectprov {

// Whether an attribute of the root of a configuration stands in the place of merge_type: a name or a value
// like its own. The rules `config/merge-type` and `config/merge-unsupported` validate it then, no other.
bool is_meant_as_merge_type(const Tree& tree, const Tree::Attribute& attribute);

// Whether an attribute of an inner element of a configuration belongs on its root. Never beside the right
// one. The rule `config/merge-type` validates it then, no other; DECT servers have nothing to merge.
bool is_merge_type_out_of_place(const Tree& tree, const Tree::Attribute& attribute);

// The same of an element that the catalogue does not know.
bool is_merge_type_out_of_place(const Tree& tree, NodeIndex unknown);

}  // namespace dectprov
