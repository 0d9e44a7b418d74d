// SPDX-License-Identifier: MIT
#pragma once

#include <functional>

#include "diag/diagnostic.hpp"
#include "model/server.hpp"

namespace dectprov {

// Judges a tree by its table, whatever the model: `element/unknown`, `element/misplaced`,
// `element/duplicate`, `element/attribute`, `element/text`, and the `value/*` rules. After it, rules need
// not check a type again: they look at values that bind() accepted or do not mind. Fragments are known to be
// without a finding of these rules. What none of `takers` has is `element/not-for-model`, and not validated.
void bind(const Tree& tree, Report& report, ModelSet takers = all_models);

// Children of a root that follow each other, from `begin` up to `end`.
struct Children {
    NodeIndex begin;
    NodeIndex end;
};

// The same of some children of the root, with `visit` called for each that the catalogue knows when it was
// validated: what is looked at next is still in the processor's cache. The root is validated with its first
// child. Several threads may do so at once.
void bind(const Tree& tree, Children children, Report& report, ModelSet takers,
          const std::function<void(NodeIndex)>& visit);

// Narrows server.models by every element of the server's files, then validates what depends on the model:
// `model/conflict`, `element/not-for-model`, `element/missing`. Sets server.models and server.merge.
void infer(Server& server, Report& report);

}  // namespace dectprov
