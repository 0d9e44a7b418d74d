// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <string_view>

namespace dectprov {

// What `licenses:` of a description or of .dectprov.yaml may name. Anything else there may be the key of a
// licence, which nobody is to see.
inline constexpr std::array<std::string_view, 4> licence_names{"enhanced_provisioning", "multi_cell", "cucm",
                                                               "handset_sharing"};

}  // namespace dectprov
