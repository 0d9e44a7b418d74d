// SPDX-License-Identifier: MIT
#include "load/known_keys.hpp"

#include <vector>

#include "load/config_keys.hpp"
#include "load/site_keys.hpp"

namespace dectprov {

const KeyNames& known_keys() {
    static const KeyNames names = [] {
        KeyNames all;
        const auto add = [&all](const std::vector<Key>& keys) {
            for (const Key& key : keys) {
                all.known.insert(key.name);
                if (key.own_names) all.own.insert(key.name);
            }
        };
        for (const KeyLevel& level : key_levels()) add(level.keys());
        for (auto* const keys : {config_keys, config_server_keys, config_path_keys, policy_keys}) add(keys());
        return all;
    }();
    return names;
}

}  // namespace dectprov
