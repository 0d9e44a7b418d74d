// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compare/changes.hpp"

namespace dectprov {

// Says of each change what comes of it, from what the two states and the catalogue tell.
void add_effects(std::vector<Change>& changes, const Side& before, const Side& after);

// The handsets of a group: the users of the server that name it.
std::optional<std::size_t> handsets_of(const Side& side, std::uint32_t group);

// What the old group of a handset sets and its new one does not, from `data` on: its old values stay in the
// handset.
std::vector<std::string> stale_settings(const Side& before, std::uint32_t from, const Side& after,
                                        std::uint32_t to);

// The first few of some names: "a, b and 3 more".
std::string some_of(const std::vector<std::string>& names);

// The default that a setting goes back to; nothing where no source states it.
std::optional<std::string_view> preset_of(const Catalog& catalog, EntryId entry, ModelSet of_server);

}  // namespace dectprov
