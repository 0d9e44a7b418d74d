// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "doc/mask_scan.hpp"

namespace dectprov {

// Hides what stands in the list of users behind `colon` and is no field of one: the row of a table that was
// pasted there, or a field that lost its key.
void hide_rows(std::string_view text, std::size_t colon, SecretNames& names, std::vector<TextPart>& hidden);

}  // namespace dectprov
