// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "doc/yaml.hpp"

namespace dectprov {

// What YAML 1.1 and 1.2 keep out of a stream: where the first such character stands. yaml-cpp takes some of
// it for the end of the text or for another encoding.
std::optional<std::size_t> find_forbidden(std::string_view text);

// Comments that speak to us. `hashes`: the quoted scalars and blocks that hold a '#', in order.
std::vector<YamlComment> find_comments(std::string_view text, FileId file, const std::vector<Span>& hashes);

// Where a value that is not there belongs, when the next token stands at `at`: at the '-' of an empty item of
// a list, else at `at`.
std::uint32_t null_at(std::string_view text, std::uint32_t at);

}  // namespace dectprov
