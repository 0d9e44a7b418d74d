// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "doc/write_yaml.hpp"
#include "import/draft.hpp"

namespace dectprov {

// Takes what all servers say alike out of them: what `defaults` are to hold. Empty for a single server and
// where they have nothing in common. Users, names and models stay.
YamlValue lift(std::vector<ServerDraft>& servers);

}  // namespace dectprov
