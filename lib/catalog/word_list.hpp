// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace dectprov {

// "200, 400 and vso": words as people list them. `last`: what stands in front of the last one, " and ".
std::string word_list(std::span<const std::string_view> words, std::string_view last);

}  // namespace dectprov
