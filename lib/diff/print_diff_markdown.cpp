// SPDX-License-Identifier: MIT
#include <algorithm>
#include <iterator>
#include <ostream>
#include <string>

#include <fmt/format.h>

#include "diag/escape.hpp"
#include "diag/tally.hpp"
#include "diff/diff_format.hpp"
#include "diff/fold.hpp"

namespace dectprov {
namespace {

// What GitHub takes as a comment; GitLab takes more.
constexpr std::size_t most_bytes = 65'536;
// Kept free for the line that says what was left out.
constexpr std::size_t last_lines = 300;
// A fleet has thousands of servers; the worst of them stand first.
constexpr std::size_t most_rows = 50;

void append_forecasts(std::string& out, const std::vector<FoldedForecast>& forecasts) {
    out += "| server | what it will do | |\n| --- | --- | --- |\n";
    for (std::size_t i = 0; i < std::min(forecasts.size(), most_rows); ++i) {
        const ServerDiff& server = *forecasts[i].server;
        out += "| ";
        append_markdown(out, whose(forecasts[i].servers));
        if (!server.replaced.empty()) {
            out += ", in place of ";
            append_markdown(out, server.replaced);
        }
        out += " | ";
        append_markdown(out, server.forecast.text);
        out += " | ";
        append_markdown(out, forecasts[i].notice);
        out += " |\n";
    }
    if (forecasts.size() > most_rows)
        fmt::format_to(std::back_inserter(out), "\nand {} more\n", forecasts.size() - most_rows);
    out += '\n';
}

void append_row(std::string& out, const FoldedChange& folded) {
    const Change& change = *folded.change;
    out += "| ";
    out += to_text(change.kind);
    out += " | ";
    append_markdown(out, subject_of(folded));
    out += "<br>";
    append_markdown(out, place_of(change));
    out += " | ";
    append_markdown(out, values_of(change));
    out += " | ";
    append_markdown(out, whose(folded.servers));
    out += " | ";
    std::string_view separator;
    for (const Effect& effect : change.effects) {
        out += separator;
        append_markdown(out, effect.text);
        separator = "<br>";
    }
    out += " |\n";
}

void append_findings(std::string& out, const Comparison& comparison, bool notes) {
    const auto shown = [&](const Finding& finding) {
        return finding.shown && (notes || finding.severity != Severity::note);
    };
    if (std::ranges::none_of(comparison.findings, shown)) return;
    for (const std::size_t index : worst_first(comparison.findings)) {
        const Finding& finding = comparison.findings[index];
        if (!shown(finding)) continue;
        if (out.size() > most_bytes / 2) {
            out += "- and more, which `--format json` lists\n";
            break;
        }
        fmt::format_to(std::back_inserter(out), "- **{}** ", to_text(finding.severity));
        append_markdown(out, fmt::format("{}:{}:{}: {}", finding.file, finding.begin.line,
                                         finding.begin.column, finding.message));
        out += " (";
        append_markdown(out, finding.rule->id);
        out += ")\n";
    }
    out += '\n';
}

}  // namespace

void print_diff_markdown(std::ostream& out, const Comparison& comparison, const DiffPrintOptions& options) {
    const std::string counts = diff_counts(comparison);
    std::string text = "### What the servers will do\n\n";
    if (!comparison.servers.empty()) append_forecasts(text, fold_forecasts(comparison, options.full));
    append_findings(text, comparison, options.notes);
    const std::vector<FoldedChange> changes = fold(comparison, options.full);
    if (!changes.empty()) {
        text += "<details><summary>Changes</summary>\n\n";
        text += "| | what | value | where | effect |\n| --- | --- | --- | --- | --- |\n";
    }
    std::size_t shown = 0;
    for (const FoldedChange& change : changes) {
        const std::size_t size = text.size();
        append_row(text, change);
        if (text.size() > most_bytes - last_lines - counts.size()) {
            text.resize(size);
            break;
        }
        ++shown;
    }
    if (shown < changes.size()) {
        fmt::format_to(std::back_inserter(text), "\nnot shown for lack of room: {}; none of them is worse\n",
                       count_of(changes.size() - shown, "change"));
    }
    if (!changes.empty()) text += "\n</details>\n\n";
    append_markdown(text, counts);
    text += '\n';
    out << text;
}

}  // namespace dectprov
