// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "editor/groups.hpp"
#include "editor/spot.hpp"

namespace dectprov {

// A place in a file, in bytes of its text.
struct TextPlace {
    std::string path;
    std::size_t begin;
    std::size_t end;
    bool defines = false;    // here it is said what the others refer to
    std::string value = {};  // that is given to a variable here
};

// The group whose number stands at a place; null where none does.
std::optional<GroupPlace> group_at(const View& view, const Document& document, std::size_t offset);

// The variable of a description that is named at a place ("${var:NAME}", or as a key of `vars`), and where.
struct VariableName {
    std::string name;
    std::size_t begin;
    std::size_t end;
};
std::optional<VariableName> variable_at(const Document& document, const Spot& spot, std::size_t offset);
// Every place that names it, in the files that belong together with the text.
std::vector<TextPlace> variable_places(const View& view, const Document& document, std::string_view name);

// Where the value of a key of a server stands that layers may give: in the description and in every layer.
// `path` is that of the key, from `servers` or `defaults`.
std::vector<TextPlace> setting_places(const View& view, const Document& document,
                                      const std::vector<std::string>& path);

// The names of the variables that are set in the files that belong together with the text.
std::set<std::string> variable_names(const View& view, const Document& document);

// The places of descriptions that name a file: as a layer, or as a table.
std::vector<TextPlace> mentions_of(const View& view, const std::string& path);

}  // namespace dectprov
