// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "probe/conversation.hpp"

namespace dectprov {

// What a fleet asks of its provisioning servers, at the intervals and times of its own configurations. Groups
// and images are asked for when they are new alone, and are no part of it.
struct FleetLoad {
    struct Minute {
        std::string time;  // "05:08"
        std::size_t servers = 0;
        std::size_t requests = 0;
        std::uint64_t bytes = 0;
    };

    double requests_per_second = 0;
    double bytes_per_hour = 0;
    std::size_t by_interval = 0;         // servers that look at intervals
    std::size_t silent = 0;              // and those that look neither at intervals nor at a time
    std::optional<Minute> busiest = {};  // of the times of day
};

FleetLoad load_of(const std::vector<Talk>& talks);

}  // namespace dectprov
