// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "source/source_set.hpp"
#include "source/span.hpp"

namespace dectprov {

struct CsvField {
    Span span;              // without quotes
    std::string_view text;  // into the source, or kept by the sources where quotes are doubled inside
};

struct CsvProblem {
    Span span;
    std::string message;
};

// RFC 4180 with ',' or ';' between the fields (which one, the header row says: the one that occurs first
// outside quotes, ',' where neither does). Rows that are entirely empty lines are left out.
struct CsvDocument {
    std::vector<CsvField> header;
    std::vector<CsvField> fields;   // all rows, one after the other
    std::vector<std::size_t> rows;  // the index of each row's first field in `fields`
    std::vector<CsvProblem>
        problems;  // a quote that is never closed, text behind a closing quote, a ragged row
};

CsvDocument read_csv(SourceSet& sources, FileId file);

}  // namespace dectprov
