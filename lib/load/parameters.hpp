// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "catalog/catalog.hpp"
#include "source/files.hpp"

namespace dectprov {

// Adds what a `parameters:` file says to a catalogue. The file is a list, at the top or under the key
// `parameters`; an item is a path alone ("sip.*") or a mapping:
//
//   - path: sip.srtp.mode        # needed; as findings name it, or `users.user.…`
//     type: choice               # as `explain` names it; text where absent
//     choices: [off, on]         # of a choice
//     range: [0, 10]             # of an integer
//     longest: 20                # characters, of texts
//     models: ["6500", vso]      # all where absent
//     secret: true               # never printed
//     summary: what it does
//     origin: where that is known from
//
// Throws Failure "FILE:LINE:COLUMN: error: …" for what is not of that form, an unknown key, type or model
// (with the nearest name), and a path that can be no addition.
void read_parameters(const Files& files, const std::string& path, Catalog& catalog);

// Whether an item of `parameters:` in a configuration is the name of a setting itself ("sip.*") and no file.
bool is_parameter_path(std::string_view item);

}  // namespace dectprov
