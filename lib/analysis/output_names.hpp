// SPDX-License-Identifier: MIT
#pragma once

#include "diag/diagnostic.hpp"
#include "load/site.hpp"

namespace dectprov {

// Reports names that a description gives to files which it yields and that no such file can have: outside the
// output folder, hidden, or in place of another file (`site/output-collision`).
void check_output_names(const SiteServer& server, Report& report);

}  // namespace dectprov
