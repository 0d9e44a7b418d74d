// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <ostream>
#include <span>
#include <string>
#include <string_view>

#include "diag/finding.hpp"

namespace dectprov {

struct PrintOptions {
    bool color = false;
    bool counts = true;                  // the last line of counts in `text`
    unsigned columns = 0;                // that quoted lines are to fit; 0: any
    std::string_view shows_hidden = {};  // the option that shows what the severity hides; empty: untold
    bool tells_fixes = false;            // how many of the findings can be mended, and how
    std::string_view version = {};
    std::span<const Rule* const> rules = {};  // of the catalogue of rules, for SARIF
};

// One output format is one row; print_<name>.cpp has its function.
struct Format {
    std::string_view name;
    std::string_view summary;
    bool notes;             // a machine format: notes are shown without --verbose
    bool quotes;            // shows source lines, so findings need their Quote
    bool repository_paths;  // for hosts of code: files are named from the root of their repository
    void (*print)(std::ostream&, const Results&, const PrintOptions&);
};

std::span<const Format> formats();
const Format* find_format(std::string_view name);

void print_text(std::ostream& out, const Results& results, const PrintOptions& options);
void print_compact(std::ostream& out, const Results& results, const PrintOptions& options);
void print_json(std::ostream& out, const Results& results, const PrintOptions& options);
void print_sarif(std::ostream& out, const Results& results, const PrintOptions& options);
void print_github(std::ostream& out, const Results& results, const PrintOptions& options);
void print_gitlab(std::ostream& out, const Results& results, const PrintOptions& options);
void print_junit(std::ostream& out, const Results& results, const PrintOptions& options);
void print_markdown(std::ostream& out, const Results& results, const PrintOptions& options);
void print_html(std::ostream& out, const Results& results, const PrintOptions& options);

// "2 errors, 1 warning in 5 files of 2 servers"; what is hidden is named behind that. `not_shown`: of the
// counted findings, those that the severity keeps out of sight.
std::string counts(const Summary& summary, std::size_t not_shown = 0, std::string_view shows_hidden = {});
// "--fix mends 2, --unsafe-fixes mends 1 more"; empty where nothing can be mended.
std::string fixable(std::span<const Finding> findings);

// What to say on stderr when a report is longer than its receiver takes; empty when it is not.
std::string limit_warning(const Format& format, const Results& results);

}  // namespace dectprov
