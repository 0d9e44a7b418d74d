// SPDX-License-Identifier: MIT
#include "diag/escape.hpp"
#include "diag/format.hpp"
#include "diag/tally.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string>
#include <vector>

namespace dectprov {
namespace {

// What a step of GitHub Actions takes as its summary; more is refused as a whole.
constexpr std::size_t most_bytes = std::size_t{1} << 20U;
// Kept free for the line that says what was left out.
constexpr std::size_t last_line = 200;
// A fleet has thousands of servers and the reader one screen; those with the most errors stand first.
constexpr std::size_t most_rows = 100;
// Of a text: one finding may quote a whole line of a minified file.
constexpr std::size_t most_text = 2'000;

void append_cell(std::string& out, std::string_view text) {
    std::size_t size = std::min(text.size(), most_text);
    while (size > 0 && size < text.size() && (static_cast<unsigned char>(text[size]) & 0xc0U) == 0x80U)
        --size;
    append_markdown(out, text.substr(0, size));
    if (size < text.size()) out += "\u2026";
}

void append_tallies(std::string& out, std::string_view title, std::string_view nameless,
                    const std::vector<Tally>& tallies) {
    fmt::format_to(std::back_inserter(out),
                   "| {} | errors | warnings | notes |\n| --- | ---: | ---: | ---: |\n", title);
    for (std::size_t i = 0; i < std::min(tallies.size(), most_rows); ++i) {
        const Tally& tally = tallies[i];
        out += "| ";
        append_cell(out, tally.name.empty() ? nameless : tally.name);
        fmt::format_to(std::back_inserter(out), " | {} | {} | {} |\n", tally.of(Severity::error),
                       tally.of(Severity::warning), tally.of(Severity::note));
    }
    if (tallies.size() > most_rows)
        fmt::format_to(std::back_inserter(out), "\nand {} more\n", tallies.size() - most_rows);
    out += '\n';
}

void append_finding(std::string& out, const Finding& finding) {
    out += "| ";
    out += to_text(finding.severity);
    out += " | ";
    append_cell(out, finding.file);
    fmt::format_to(std::back_inserter(out), ":{}:{} | ", finding.begin.line, finding.begin.column);
    append_cell(out, finding.message);
    if (!finding.help.empty()) {
        out += "<br>help: ";
        append_cell(out, finding.help);
    }
    out += " | ";
    append_cell(out, finding.rule->id);
    out += " |\n";
}

}  // namespace

void print_markdown(std::ostream& out, const Results& results, const PrintOptions& /*options*/) {
    std::string text = fmt::format("# dectprov: {}\n\n", counts(results.summary));
    const std::vector<Finding>& findings = results.findings;
    if (!findings.empty()) {
        append_tallies(text, "rule", "", by_rule(findings));
        append_tallies(text, "server", "without a server", by_server(findings));
        text += "| severity | place | finding | rule |\n| --- | --- | --- | --- |\n";
    }
    std::size_t shown = 0;
    for (const std::size_t index : worst_first(findings)) {
        const std::size_t size = text.size();
        append_finding(text, findings[index]);
        if (text.size() > most_bytes - last_line) {
            text.resize(size);
            break;
        }
        ++shown;
    }
    if (shown < findings.size()) {
        fmt::format_to(std::back_inserter(text), "\nnot shown for lack of room: {}; none of them is worse\n",
                       count_of(findings.size() - shown, "finding"));
    }
    out << text;
}

}  // namespace dectprov
