// SPDX-License-Identifier: MIT
#pragma once

#include "doc/tree.hpp"

namespace dectprov {

// Whether a tree holds what nobody but the server is to read: a secret that is not empty, or a URL with a
// password in it.
bool holds_secret(const Tree& tree);

// The same of the nodes from `begin` up to `end`.
bool holds_secret(const Tree& tree, NodeIndex begin, NodeIndex end);

}  // namespace dectprov
