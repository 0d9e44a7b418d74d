// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "command.hpp"

namespace dectprov {

// What `generate KIND --fleet` is told.
struct FleetRequest {
    const std::string& kind;
    const std::string& model;
    bool has_identity;  // of one server, which has no meaning here
    const std::string& folder;
    bool force;
};

// Writes a description and its two tables. Throws Failure where one of them is there and is not to be
// replaced.
int generate_fleet(const FleetRequest& request, const Context& context);

}  // namespace dectprov
