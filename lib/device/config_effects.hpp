// SPDX-License-Identifier: MIT
#pragma once

#include "compare/change.hpp"
#include "device/state.hpp"

namespace dectprov {

// What comes of a change to the configuration, and of one to the version file of a firmware.
void add_config_effects(Change& change, const DeviceState& state);
void add_firmware_effects(Change& change, const DeviceState& state);

}  // namespace dectprov
