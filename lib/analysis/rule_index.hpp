// SPDX-License-Identifier: MIT
#pragma once

#include "load/config_file.hpp"

namespace dectprov {

// How load/ learns of the rules, which it does not know.
RuleIndex rule_index();

}  // namespace dectprov
