// SPDX-License-Identifier: MIT
#pragma once

#include <ostream>
#include <string>

#include "analysis/session.hpp"
#include "load/config_file.hpp"

namespace dectprov {

// `lint --show-config FILE`: which configuration, model and rules apply to a file, and why.
void show_config(std::ostream& out, const Session& session, const std::string& given, ConfigFiles& configs);

}  // namespace dectprov
