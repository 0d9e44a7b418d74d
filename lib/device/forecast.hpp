// SPDX-License-Identifier: MIT
#pragma once

#include "compare/changes.hpp"
#include "device/state.hpp"

namespace dectprov {

// All of a server's changes in one line, and when the server will notice.
Forecast forecast(const ServerDiff& server, const DeviceState& state);

}  // namespace dectprov
