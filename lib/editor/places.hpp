// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "editor/groups.hpp"
#include "editor/spot.hpp"

namespace dectprov {

// A place in a file, in bytes of its text.
struct TextPlace {
    std::string path;
    std::size_t begin;
    std::size_t end;
    bool defines = false;  // here it is said what the others refer to
};

// The group whose number stands at a place; null where none does.
std::optional<GroupPlace> group_at(const View& view, const Document& document, std::size_t offset);

// Where the value of a key of a server stands that layers may give: in the description and in every layer.
// `path` is that of the key, from `servers` or `defaults`.
std::vector<TextPlace> setting_places(const View& view, const Document& document,
                                      const std::vector<std::string>& path);

// The places of descriptions that name a file: as a layer, or as a table.
std::vector<TextPlace> mentions_of(const View& view, const std::string& path);

}  // namespace dectprov
