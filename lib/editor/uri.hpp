// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace dectprov {

// The path that a `file:` URI names, normal; nothing for a text that no editor has saved yet ("untitled:…"),
// another machine, or what is no URI.
std::optional<std::string> path_of_uri(std::string_view uri);

// Of a path from the root.
std::string uri_of_path(std::string_view path);

}  // namespace dectprov
