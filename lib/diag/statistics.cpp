// SPDX-License-Identifier: MIT
#include "diag/statistics.hpp"

#include "diag/escape.hpp"
#include "diag/shorten.hpp"
#include "diag/tally.hpp"

#include <fmt/format.h>

#include <iterator>
#include <string>

namespace dectprov {
namespace {

void append_table(std::string& out, std::string_view title, std::string_view nameless,
                  const std::vector<Tally>& tallies) {
    fmt::format_to(std::back_inserter(out), "{:>8} {:>8} {:>8}  {}\n", "errors", "warnings", "notes", title);
    for (const Tally& tally : tallies) {
        fmt::format_to(std::back_inserter(out), "{:>8} {:>8} {:>8}  ", tally.of(Severity::error),
                       tally.of(Severity::warning), tally.of(Severity::note));
        append_visible(out, shortened_name(tally.name.empty() ? nameless : tally.name));
        out += '\n';
    }
}

}  // namespace

void print_statistics(std::ostream& out, const Results& results) {
    std::string text;
    append_table(text, "rule", "", by_rule(results.findings));
    text += '\n';
    append_table(text, "server", "(without a server)", by_server(results.findings));
    out << text;
}

}  // namespace dectprov
