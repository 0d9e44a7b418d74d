// SPDX-License-Identifier: MIT
#pragma once

#include "doc/mask.hpp"

namespace dectprov {

// What secrets() needs to know of the keys of a site description, and of those of .dectprov.yaml.
const KeyNames& names_of_description_keys();
const KeyNames& names_of_config_keys();

}  // namespace dectprov
