// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <vector>

#include "probe/exchange.hpp"

namespace dectprov {

// What an asker says next: to an answer, and where everything is answered.
using TakeAnswer = std::function<std::vector<Request>(const Request&, const Answer&)>;
using AskFurther = std::function<std::vector<Request>()>;

// Asks everything that is given and everything that answers lead to, each host at most `per_host` questions
// at a time, the first given first; then what `further` gives, until that is nothing. `take` gets each answer
// and says what to ask next. A connection that was dropped is tried once more. Where a host was never reached
// and cannot be, is not to be trusted, or gave no answer in time again and again, nobody else is sent there:
// `take` gets why for each of its questions, as `unasked`. False where the user had enough.
bool ask_all(const Network& network, unsigned per_host, std::vector<Request> first, const TakeAnswer& take,
             const AskFurther& further = {});

// So many questions in a row without an answer in time, and a host is given up.
inline constexpr unsigned most_late = 5;

// Whether nothing more need be asked of a host that answered so.
bool is_dead_end(Trouble trouble);

}  // namespace dectprov
