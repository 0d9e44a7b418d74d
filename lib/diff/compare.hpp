// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <functional>
#include <string>

#include "analysis/session.hpp"
#include "compare/change.hpp"
#include "load/inputs.hpp"

namespace dectprov {

// OLD or NEW of the command line.
struct CompareInput {
    const Session* session = nullptr;  // of the files of this side; both sides share a thread pool
    Inputs inputs = {};
    std::string root = {};  // the folder that was named; "" where it is a file
    bool file = false;      // a provisioning file was named: it alone is compared
};

// Compares two states of a fleet, several servers at a time. The result does not depend on the number of
// threads. `progress`: how many of how many pairs of servers are done; one call at a time.
Comparison compare(const CompareInput& before, const CompareInput& after,
                   const std::function<void(std::size_t done, std::size_t all)>& progress = {});

}  // namespace dectprov
