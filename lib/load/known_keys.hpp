// SPDX-License-Identifier: MIT
#pragma once

#include "doc/mask.hpp"

namespace dectprov {

// The keys of descriptions and of .dectprov.yaml: what secrets() needs to know of them.
const KeyNames& known_keys();

}  // namespace dectprov
