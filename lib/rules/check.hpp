// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <vector>

#include "diag/diagnostic.hpp"
#include "model/server.hpp"
#include "source/thread_pool.hpp"

namespace dectprov {

// Fewer nodes of users are done with before another thread is at work.
inline constexpr std::size_t worth_sharing = 40'000;

// Judges the records of one server: bind(), then every check whose rule is on. Users are walked once: `walks`
// go along, each in the order of the users and in one thread. A long list of users is shared with the `pool`,
// where there is one; what is found is the same.
void check(const Server& server, Report& report, std::vector<UserWalk> walks = {},
           ThreadPool* pool = nullptr);

}  // namespace dectprov
