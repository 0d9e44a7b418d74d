// SPDX-License-Identifier: MIT
#pragma once

#include <istream>
#include <ostream>
#include <string>
#include <vector>

#include "probe/exchange.hpp"

namespace dectprov {

// The standard streams of a run; tests give their own.
struct Streams {
    std::istream& in;
    std::ostream& out;
    std::ostream& err;
    bool out_is_terminal = false;
    bool err_is_terminal = false;
    unsigned out_columns = 0;  // of the terminal; 0: not known, or none
    unsigned err_columns = 0;
    const int* out_error = nullptr;         // why `out` failed (errno), where that is known
    const NetworkMaker* network = nullptr;  // what asks provisioning servers; null: another program does
    bool own_process = false;               // which can give up what it does not need (fence.hpp)
    int in_descriptor = -1;                 // of the file that `in` reads, where waiting for it must be ended
};

// The whole program: `args` without the program's name. Returns the exit status of the contract.
int run(const std::vector<std::string>& args, const Streams& streams);

}  // namespace dectprov
