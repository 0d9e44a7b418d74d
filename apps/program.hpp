// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "probe/exchange.hpp"

namespace dectprov {

// The arguments of a process. What they hold of passwords in URLs is gone from the list of processes then.
std::vector<std::string> take_arguments(int argc, char** argv);

// What main() does: standard streams, signals, run(). `network`: what asks provisioning servers; null in a
// program that has none.
int run_program(const std::vector<std::string>& args, const NetworkMaker* network = nullptr);

}  // namespace dectprov
