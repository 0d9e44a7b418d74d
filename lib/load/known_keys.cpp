// SPDX-License-Identifier: MIT
#include "load/known_keys.hpp"

#include <vector>

#include "load/config_keys.hpp"
#include "load/site_keys.hpp"

namespace dectprov {
namespace {

void add_keys(KeyNames& names, const std::vector<Key>& keys) {
    for (const Key& key : keys) {
        names.known.insert(key.name);
        if (key.own_names) names.own.insert(key.name);
    }
}

}  // namespace

const KeyNames& names_of_description_keys() {
    static const KeyNames names = [] {
        KeyNames all;
        for (const KeyLevel& level : key_levels()) add_keys(all, level.keys());
        return all;
    }();
    return names;
}

const KeyNames& names_of_config_keys() {
    static const KeyNames names = [] {
        KeyNames all;
        for (auto* const keys : {config_keys, config_server_keys, config_path_keys, policy_keys})
            add_keys(all, keys());
        return all;
    }();
    return names;
}

}  // namespace dectprov
