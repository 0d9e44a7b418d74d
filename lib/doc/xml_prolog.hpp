// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace dectprov {

// Where `<!DOCTYPE` stands before the first element, in whatever case.
std::optional<std::size_t> find_doctype(std::string_view text);

}  // namespace dectprov
