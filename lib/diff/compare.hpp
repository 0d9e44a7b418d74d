// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "catalog/models.hpp"
#include "compare/change.hpp"
#include "lint/resolve.hpp"
#include "load/inputs.hpp"
#include "source/files.hpp"

namespace dectprov {

// OLD or NEW of the command line.
struct CompareInput {
    const Files* files = nullptr;
    Inputs inputs = {};
    std::string root = {};  // the folder that was named; "" where it is a file
    bool file = false;      // a provisioning file was named: it alone is compared
};

struct CompareOptions {
    std::optional<Model> model = {};
    Thresholds thresholds = {};
    unsigned jobs = 1;
    std::vector<std::string> servers = {};  // --server, as identity texts: narrows within site descriptions
    std::function<void(std::size_t done, std::size_t all)> progress = {};  // one call at a time
};

// Compares two states of a fleet, several servers at a time. The result does not depend on the number of
// jobs.
Comparison compare(const CompareInput& before, const CompareInput& after, const CompareOptions& options);

}  // namespace dectprov
