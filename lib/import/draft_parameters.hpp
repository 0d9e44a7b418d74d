// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "analysis/session.hpp"
#include "load/inputs.hpp"

namespace dectprov {

struct DraftedParameters {
    std::string text;  // of a file for `parameters:`
    std::size_t count = 0;
    std::vector<std::string> broken;    // files that are no XML of their kind, a message each
    std::vector<std::string> failures;  // what cannot be read
};

// Rows for what the catalogue does not know of the elements in the servers' files, in the order of their
// paths. Types are those that all values seen fit; what a setting does is left to whoever knows.
DraftedParameters draft_parameters(const Session& session, const Inputs& inputs);

}  // namespace dectprov
