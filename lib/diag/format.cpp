// SPDX-License-Identifier: MIT
#include "diag/format.hpp"

#include "diag/tally.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>

namespace dectprov {
namespace {

constexpr auto all_formats = std::to_array<Format>({
    {.name = "text",
     .summary = "for people: each finding with its source line, and the counts",
     .notes = false,
     .quotes = true,
     .repository_paths = false,
     .print = print_text},
    {.name = "compact",
     .summary = "one line per finding: FILE:LINE:COLUMN: SEVERITY: MESSAGE [RULE]",
     .notes = false,
     .quotes = false,
     .repository_paths = false,
     .print = print_compact},
    {.name = "json",
     .summary = "one object; `schema report` describes it",
     .notes = true,
     .quotes = false,
     .repository_paths = false,
     .print = print_json},
    {.name = "sarif",
     .summary = "SARIF 2.1.0, for code scanning",
     .notes = true,
     .quotes = false,
     .repository_paths = true,
     .print = print_sarif},
    {.name = "github",
     .summary = "annotations of GitHub Actions, the worst first",
     .notes = true,
     .quotes = false,
     .repository_paths = true,
     .print = print_github},
    {.name = "gitlab",
     .summary = "Code Quality report of GitLab",
     .notes = true,
     .quotes = false,
     .repository_paths = true,
     .print = print_gitlab},
    {.name = "junit",
     .summary = "JUnit XML, one test suite per file",
     .notes = true,
     .quotes = true,
     .repository_paths = true,
     .print = print_junit},
    {.name = "markdown",
     .summary = "counts and the worst findings, at most 1 MiB",
     .notes = true,
     .quotes = false,
     .repository_paths = false,
     .print = print_markdown},
    {.name = "html",
     .summary = "one page for reading, filtering and printing",
     .notes = true,
     .quotes = true,
     .repository_paths = false,
     .print = print_html},
});

// What the code scanning of GitHub takes of one run; an upload with more is refused as a whole.
constexpr std::size_t most_sarif_results = 25'000;

}  // namespace

std::span<const Format> formats() { return all_formats; }

const Format* find_format(std::string_view name) {
    const auto* const found = std::ranges::find(all_formats, name, &Format::name);
    return found == all_formats.end() ? nullptr : found;
}

std::string counts(const Summary& summary, std::size_t not_shown, std::string_view shows_hidden) {
    std::string text;
    const auto add = [&](std::size_t count, std::string_view noun) {
        if (count == 0) return;
        if (!text.empty()) text += ", ";
        text += count_of(count, noun);
    };
    add(summary.errors, "error");
    add(summary.warnings, "warning");
    add(summary.notes, "note");
    if (text.empty()) text = "no findings";
    text += " in " + count_of(summary.files, "file");
    if (summary.servers != 0) text += " of " + count_of(summary.servers, "server");

    std::string_view separator = "; ";
    const auto add_hidden = [&](std::size_t count, std::string_view how) {
        if (count == 0) return;
        fmt::format_to(std::back_inserter(text), "{}{} {}", separator, count, how);
        separator = ", ";
    };
    add_hidden(not_shown, shows_hidden.empty() ? "not shown"
                                               : fmt::format("not shown ({} shows {})", shows_hidden,
                                                             not_shown == 1 ? "it" : "them"));
    add_hidden(summary.suppressed, "suppressed");
    add_hidden(summary.baselined, "in the baseline");
    return text;
}

std::string fixable(std::span<const Finding> findings) {
    std::size_t safe = 0;
    std::size_t unsafe = 0;
    for (const Finding& finding : findings) {
        if (!finding.fix) continue;
        ++(finding.fix->safe ? safe : unsafe);
    }
    std::string text;
    if (safe > 0) text = fmt::format("--fix corrects {}", safe);
    if (unsafe > 0)
        text += fmt::format("{}--unsafe-fixes corrects {}{}", safe > 0 ? ", " : "", unsafe,
                            safe > 0 ? " more" : "");
    return text;
}

std::string limit_warning(const Format& format, const Results& results) {
    if (format.print != print_sarif || results.findings.size() <= most_sarif_results) return {};
    return fmt::format(
        "the sarif report has {} results; GitHub refuses an upload of more than {}: raise --min-severity or "
        "report parts of the tree",
        results.findings.size(), most_sarif_results);
}

}  // namespace dectprov
