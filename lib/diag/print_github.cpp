// SPDX-License-Identifier: MIT
#include "diag/escape.hpp"
#include "diag/format.hpp"
#include "diag/header_line.hpp"
#include "diag/sink.hpp"
#include "diag/tally.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>

namespace dectprov {
namespace {

// Annotations of one kind that a step shows; the rest are dropped without a word.
constexpr std::size_t most_of_a_kind = 10;

std::string_view command_of(Severity severity) {
    switch (severity) {
        case Severity::error:
            return "error";
        case Severity::warning:
            return "warning";
        case Severity::note:
        case Severity::off:
            return "notice";
    }
    return "notice";
}

// The runner undoes %XX; a line end would end the command, and in a property ':' and ',' would end the value.
void append_data(std::string& out, std::string_view text, bool is_property) {
    for (const char character : text) {
        const bool ends_value = is_property && (character == ':' || character == ',');
        if (character == '%' || character == '\r' || character == '\n' || ends_value) {
            fmt::format_to(std::back_inserter(out), "%{:02X}", static_cast<unsigned>(character));
        } else {
            out += character;
        }
    }
}

void append_property(std::string& out, std::string_view name, std::string_view value) {
    out += name;
    out += '=';
    append_data(out, visible(value), true);
}

void append_command(std::string& out, const Finding& finding) {
    out += "::";
    out += command_of(finding.severity);
    append_property(out, " file", finding.file);
    fmt::format_to(std::back_inserter(out), ",line={},col={},endLine={}", finding.begin.line,
                   finding.begin.column, finding.end.line);
    // The columns of a place of several lines are refused by GitHub.
    if (finding.begin.line == finding.end.line)
        fmt::format_to(std::back_inserter(out), ",endColumn={}", finding.end.column);
    append_property(out, ",title", finding.rule->id);
    // The log shows the data alone, so it says where as well.
    std::string text;
    append_location(text, finding.file, finding.begin);
    append_visible(text, finding.message);
    text += fmt::format(" [{}]", finding.rule->id);
    if (!finding.help.empty()) text += "\nhelp: " + visible(finding.help);
    out += "::";
    append_data(out, text, false);
    out += '\n';
}

}  // namespace

void print_github(std::ostream& out, const Results& results, const PrintOptions& /*options*/) {
    std::array<std::size_t, 4> left = {most_of_a_kind, most_of_a_kind, most_of_a_kind, most_of_a_kind};
    std::size_t& notes_left = left.at(static_cast<std::size_t>(Severity::note));
    std::array<std::size_t, 4> have = {};
    for (const Finding& finding : results.findings) ++have.at(static_cast<std::size_t>(finding.severity));
    // The last word is a notice itself and must not be the eleventh.
    if (std::ranges::any_of(have, [](std::size_t count) { return count > most_of_a_kind; })) --notes_left;

    Sink sink(out);
    std::size_t not_annotated = 0;
    for (const std::size_t index : worst_first(results.findings)) {
        const Finding& finding = results.findings[index];
        std::size_t& room = left.at(static_cast<std::size_t>(finding.severity));
        const bool is_shown = room > 0;
        if (is_shown) --room;
        if (!is_shown) ++not_annotated;
        if (!is_shown && finding.severity == Severity::note) {
            sink.text += "note: ";
            append_location(sink.text, finding.file, finding.begin);
            append_visible(sink.text, finding.message);
            fmt::format_to(std::back_inserter(sink.text), " [{}]\n", finding.rule->id);
        } else {
            append_command(sink.text, finding);
        }
        sink.pass_on();
    }
    if (not_annotated != 0) {
        fmt::format_to(std::back_inserter(sink.text),
                       "::notice title=dectprov::{} {} not annotated, because GitHub shows only ten of each "
                       "kind; the log of this step has all\n",
                       count_of(not_annotated, "finding"), not_annotated == 1 ? "is" : "are");
    }
    sink.flush();
}

}  // namespace dectprov
