// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace dectprov {

// Adds a text that is broken at blanks before column 80; lines after the first begin `indent` columns in.
// `column`: where on its line the text begins. What cannot be seen is escaped. Returns the column behind it.
std::size_t append_wrapped(std::string& out, std::string_view text, std::size_t column, std::size_t indent);

}  // namespace dectprov
