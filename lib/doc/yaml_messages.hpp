// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace dectprov {

struct YamlMessage {
    std::string message;
    std::string help = {};
};

// A message of yaml-cpp as it is told.
YamlMessage said_better(std::string_view message);

}  // namespace dectprov
