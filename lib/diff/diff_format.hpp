// SPDX-License-Identifier: MIT
#pragma once

#include <iosfwd>
#include <span>
#include <string>
#include <string_view>

#include "compare/change.hpp"

namespace dectprov {

struct DiffPrintOptions {
    bool color = false;
    bool counts = true;  // the last line, in `text`
    bool full = false;   // every change of every server, instead of folded ones
    bool notes = false;  // findings that are notes, in the formats for people
    std::string_view version = {};
};

// One output format of `diff` is one row; print_diff_<name>.cpp has its function.
struct DiffFormat {
    std::string_view name;
    std::string_view summary;
    void (*print)(std::ostream&, const Comparison&, const DiffPrintOptions&);
};

std::span<const DiffFormat> diff_formats();

void print_diff_text(std::ostream& out, const Comparison& comparison, const DiffPrintOptions& options);
void print_diff_json(std::ostream& out, const Comparison& comparison, const DiffPrintOptions& options);
void print_diff_markdown(std::ostream& out, const Comparison& comparison, const DiffPrintOptions& options);
void print_diff_html(std::ostream& out, const Comparison& comparison, const DiffPrintOptions& options);

// "1 added, 2 removed, 3 changed in 2 of 40 servers"; what was not compared is named behind that.
std::string diff_counts(const Comparison& comparison);

// The JSON Schema (draft-07) of what print_diff_json() writes; `schema changes` prints it.
std::string changes_schema();

}  // namespace dectprov
