// SPDX-License-Identifier: MIT
#pragma once

#include <stdexcept>

namespace dectprov {

// What the system refuses, or wrong usage: exit status 2. The text is complete and, where there is a
// place, starts with FILE:LINE:COLUMN. Thrown anywhere, caught in run() and where one input's failure
// must not hide the findings of the others. Mistakes in the user's files are diagnostics, never this.
class Failure : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

}  // namespace dectprov
