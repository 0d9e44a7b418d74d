// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "load/inputs.hpp"
#include "model/server.hpp"

namespace dectprov {

// What a server does with its configuration, as far as asking goes.
struct Switches {
    // Whether it fetches something; nothing: what it held before decides (a merge that does not say).
    std::optional<bool> users = false;
    std::optional<bool> groups = false;
    std::vector<std::string> firmware = {};  // names of images, each once
    // Names of images that cannot be asked for below the URL, each once.
    struct Unaskable {
        std::string name;
        std::string_view why;
    };
    std::vector<Unaskable> unaskable = {};
    std::string url = {};        // of its provisioning server
    std::uint32_t interval = 0;  // minutes; 0: never
    std::string time = {};       // of day; empty: never
};

// Reads the switches of a configuration. Nothing where it is none that could be read. Throws Failure where a
// declared model does not go with the identity.
std::optional<Switches> read_switches(std::string bytes, const ServerInput& server,
                                      std::optional<Model> model);

// The groups of a handset list, in its order.
std::vector<std::uint32_t> read_groups_of_list(std::string bytes);

}  // namespace dectprov
