// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "load/keys.hpp"

namespace dectprov {

// The keys of .dectprov.yaml: at the top, of a server, of a path's section and of a policy.
std::vector<Key> config_keys();
std::vector<Key> config_server_keys();
std::vector<Key> config_path_keys();
std::vector<Key> policy_keys();

}  // namespace dectprov
