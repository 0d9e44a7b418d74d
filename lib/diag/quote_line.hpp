// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>

#include "diag/finding.hpp"

namespace dectprov {

// The part of a quoted line that is worth showing: a minified file is one line of a megabyte. What is cut
// off at either end is an ellipsis.
struct QuotedPart {
    std::string before;  // the caret span
    std::string marked;  // empty where the span is
    std::string after;
    unsigned before_width = 0;  // columns of a terminal
    unsigned marked_width = 0;
};

// `columns`: that it is to fit; 0: any.
QuotedPart part_of(const Quote& quote, unsigned columns = 0);

}  // namespace dectprov
