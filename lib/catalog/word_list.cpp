// SPDX-License-Identifier: MIT
#include "catalog/word_list.hpp"

#include <cstddef>

namespace dectprov {

std::string word_list(std::span<const std::string_view> words, std::string_view last) {
    std::string text;
    for (std::size_t at = 0; at != words.size(); ++at) {
        if (at != 0) text += at + 1 == words.size() ? last : ", ";
        text += words[at];
    }
    return text;
}

}  // namespace dectprov
