// SPDX-License-Identifier: MIT
#pragma once

#include <ostream>
#include <string>

#include "lint/lint.hpp"
#include "load/config_file.hpp"
#include "source/files.hpp"

namespace dectprov {

// `lint --show-config FILE`: which configuration, model and rules apply to a file, and why.
void show_config(std::ostream& out, const Files& files, const std::string& given, ConfigFiles& configs,
                 const LintOptions& options);

}  // namespace dectprov
