// SPDX-License-Identifier: MIT
#include "model/mac_notation.hpp"

#include <cstddef>

namespace dectprov {

std::string spelled_mac(std::string_view digits, char separator) {
    std::string text;
    for (std::size_t at = 0; at != digits.size(); ++at) {
        if (at != 0 && at % 2 == 0) text += separator;
        text += digits[at];
    }
    return text;
}

}  // namespace dectprov
