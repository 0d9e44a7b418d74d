// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <vector>

#include "probe/exchange.hpp"

namespace dectprov {

// Asks everything that is given and everything that answers lead to, each host at most `per_host` questions
// at a time, the first given first. `take` gets each answer and says what to ask next. A connection that was
// dropped is tried once more. Where a host was never reached and cannot be, or is not to be trusted, nobody
// else is sent there: `take` gets the same answer for each of its questions. False where the user had enough.
bool ask_all(const Network& network, unsigned per_host, std::vector<Request> first,
             const std::function<std::vector<Request>(const Request&, const Answer&)>& take);

// Whether nothing more need be asked of a host that answered so.
bool is_dead_end(Trouble trouble);

}  // namespace dectprov
