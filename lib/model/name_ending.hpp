// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string_view>

#include "model/identity.hpp"

namespace dectprov {

// What a file's name says behind the identity. The group counts for Role::group alone.
struct Ending {
    Role role = Role::none;
    FileName::State state = FileName::State::other;
    std::uint32_t group = 0;
};

// What follows the identity: "-config.xml".
Ending read_ending(std::string_view rest);

}  // namespace dectprov
