// SPDX-License-Identifier: MIT
#pragma once

#include "diag/rule.hpp"

// Rules of site descriptions that their reader alone reports; see rules.hpp for those that several rooms
// know.
namespace dectprov::rule {

extern const Rule site_tag, site_empty_key, site_unused_variable;

}  // namespace dectprov::rule
