// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

// What a program asks of the memory, counted exactly: a program that is linked with allocations.cpp has its
// `operator new` and the allocator of libxml2 replaced by counting ones. Times differ from machine to machine
// and from minute to minute; these numbers do not.
namespace bench {

struct Allocations {
    std::uint64_t count = 0;
    std::uint64_t bytes = 0;  // in all, whether given back or not
    std::uint64_t peak = 0;   // the most that was held at one time, over what was held at the start
};

// Counts from here to stop(), of all threads. Outside of that nothing is counted and nothing slowed down.
void start_counting();
Allocations stop_counting();

}  // namespace bench
