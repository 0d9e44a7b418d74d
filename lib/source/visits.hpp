// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

namespace dectprov {

// How many nodes of documents a thread has looked at, so that a test can say that the work grows with the
// input and no faster, whatever the machine is doing. Counted where assertions are on; where they are not
// (NDEBUG, every release) there is nothing of it, not a byte and not an instruction.
#ifdef NDEBUG
inline constexpr bool counts_visits = false;
constexpr void count_visit() {}
constexpr std::uint64_t visits() { return 0; }
#else
inline constexpr bool counts_visits = true;
// A count for tests cannot be handed through every function that looks at a node.
// NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables)
inline constinit thread_local std::uint64_t visit_count = 0;
inline void count_visit() { ++visit_count; }
inline std::uint64_t visits() { return visit_count; }
#endif

}  // namespace dectprov
