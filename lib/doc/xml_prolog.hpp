// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace dectprov {

// What is looked for in front of the root element, and before the parser sees a text.

// Where `<!DOCTYPE` stands before the first element, in whatever case.
std::optional<std::size_t> find_doctype(std::string_view text);

// Where a tag begins with so many attributes that comparing each with all others, as libxml2 2.9 does, takes
// minutes. Looks at long tags alone: in a tag of a few thousand bytes there is no room for so many.
std::optional<std::size_t> find_crowded_tag(std::string_view text);

inline constexpr std::size_t most_attributes = 500;

// What is wrong with the value of a key in an XML declaration; empty for nothing, and for an encoding, which
// whoever decodes the bytes judges.
std::string_view fault_of_declared(std::string_view key, std::string_view value);

}  // namespace dectprov
