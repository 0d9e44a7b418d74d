// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace dectprov {

// Where a byte of a YAML text stands, as far as its lines up to there tell: the text is being typed, and a
// reader of YAML would refuse it.
struct YamlSpot {
    enum class Part : unsigned char { none, key, value, comment };

    // One level: a key of a mapping, or an item of a list.
    struct Step {
        std::string_view key;
        std::size_t item = 0;  // from 1; 0 for a key
    };

    Part part = Part::none;
    // From the top. Of a key: to the mapping that it is typed in; of a value: with its key or its item.
    std::vector<Step> path;
    std::size_t begin = 0;  // of the key or the value, without quotes
    std::size_t end = 0;
    bool behind_colon = false;  // nothing is between the ':' and the place: a value begins with a blank
};

YamlSpot yaml_spot(std::string_view text, std::size_t offset);

}  // namespace dectprov
