// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <vector>

#include "doc/fragments.hpp"
#include "load/site_layers.hpp"

namespace dectprov {

// What the `defaults` of a source lay under many servers as it stands, built once: the elements of
// `settings`, and of the `settings` of each handset group. Those that a finding is due to, that hold a secret
// or a reference, are left to be built for each server.
class LayerParts {
public:
    // An element, with the node of the source that says it.
    struct Element {
        std::uint32_t node;
        const Fragments* of;
        NodeIndex begin;
        NodeIndex end;
    };

    // Whether so many servers are worth it.
    static bool pay(std::size_t servers) { return servers >= 4; }

    // `sources` holds the text of `source` and outlives this, and keeps texts for it.
    LayerParts(SourceSet& sources, const SiteSource& source);

    // Null where it has to be built. Those of one mapping follow each other.
    [[nodiscard]] const Element* find(std::uint32_t node) const;
    // The one behind it in the same mapping, null where there is none.
    [[nodiscard]] const Element* next(const Element& element) const;

private:
    void add(SiteContext& context, const SiteSource& source, std::uint32_t settings, EntryId parent,
             unsigned depth);

    std::deque<Fragments> fragments_;
    std::vector<Element> elements_;  // by node
};

}  // namespace dectprov
