// SPDX-License-Identifier: MIT
#pragma once

#include <benchmark/benchmark.h>

#include <cstddef>

#include "bench/allocations.hpp"

namespace bench {

// What one round of a benchmark goes through.
struct Amount {
    std::size_t bytes = 0;
    std::size_t nodes = 0;
    std::size_t users = 0;
};

// Counts what one round takes of the memory, then times rounds without counting.
template <class Round>
void measure(benchmark::State& state, const Amount& amount, Round&& round) {
    round();  // what is made once and kept is made here
    start_counting();
    round();
    const Allocations taken = stop_counting();
    for ([[maybe_unused]] auto unused : state) round();

    const auto each_round = benchmark::Counter::kIsIterationInvariantRate;
    state.counters["MB"] = {static_cast<double>(amount.bytes) / 1e6, each_round};
    if (amount.nodes != 0) state.counters["nodes"] = {static_cast<double>(amount.nodes), each_round};
    const auto a_user = [&](std::uint64_t count) {
        return static_cast<double>(count) / static_cast<double>(amount.users);
    };
    state.counters["allocs"] = static_cast<double>(taken.count);
    state.counters["allocs/user"] = a_user(taken.count);
    state.counters["bytes/user"] = a_user(taken.bytes);
    if (amount.nodes != 0)
        state.counters["bytes/node"] = static_cast<double>(taken.bytes) / static_cast<double>(amount.nodes);
    state.counters["peak_MB"] = static_cast<double>(taken.peak) / 1e6;
}

}  // namespace bench
