// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "editor/places.hpp"
#include "editor/spot.hpp"

namespace dectprov {

// Where a variable of a description is named: "${var:NAME}", a key of `vars`, or a column "var.NAME" of a
// table of servers, by its heading or by what a description says of it.
struct VariablePlace {
    TextPlace at;
    std::string name;
    std::string value = {};  // that it is given here
    bool is_column = false;  // the cells of a table give it values
};

// The one that is named at a place.
std::optional<VariablePlace> variable_at(const View& view, const Document& document, const Spot& spot,
                                         std::size_t offset);
// Every place of these files that names a variable.
std::vector<VariablePlace> variable_places(const View& view, const std::set<std::string>& files,
                                           std::string_view name);
// The same in the files that belong together with a text.
std::vector<VariablePlace> variable_places(const View& view, const Document& document, std::string_view name);

// The files in which a name stands for the same variable: those that belong together with the text, and with
// each of them that names it.
std::set<std::string> reach_of_variable(const View& view, const Document& document, std::string_view name);

// The names of the variables that are set in the files that belong together with the text.
std::set<std::string> variable_names(const View& view, const Document& document);

}  // namespace dectprov
