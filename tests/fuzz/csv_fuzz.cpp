// SPDX-License-Identifier: MIT
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "doc/csv.hpp"

using namespace dectprov;

// Whatever the bytes are, fields are in order, within the text, and end where they are said to.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    SourceSet sources;
    const FileId file = sources.add("f.csv", std::string(reinterpret_cast<const char*>(data), size));
    CsvReader reader(sources, file);
    std::uint32_t behind = 0;
    for (std::vector<CsvField> row; reader.next(row);) {
        for (const CsvField& field : row) {
            if (field.span.begin < behind || field.span.end < field.span.begin || field.span.end > size)
                std::abort();
            if (field.text.size() > field.span.end - field.span.begin) std::abort();
            if (csv_field_end(sources.text(file), field.span.begin, reader.separator()) != field.span.end)
                std::abort();
            behind = field.span.end;
        }
    }
    if (reader.rest() != 0) std::abort();
    for (const CsvProblem& problem : reader.problems()) {
        if (problem.span.begin > problem.span.end || problem.span.end > size) std::abort();
    }
    return 0;
}
