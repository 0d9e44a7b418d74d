// SPDX-License-Identifier: MIT
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "doc/csv.hpp"

using namespace dectprov;

// Whatever the bytes are, fields are in order and within the text.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    SourceSet sources;
    const FileId file = sources.add("f.csv", std::string(reinterpret_cast<const char*>(data), size));
    const CsvDocument document = read_csv(sources, file);
    std::uint32_t behind = 0;
    for (const CsvField& field : document.fields) {
        if (field.span.begin < behind || field.span.end < field.span.begin || field.span.end > size)
            std::abort();
        if (field.text.size() > field.span.end - field.span.begin) std::abort();
        behind = field.span.end;
    }
    for (const CsvProblem& problem : document.problems) {
        if (problem.span.begin > problem.span.end || problem.span.end > size) std::abort();
    }
    return 0;
}
