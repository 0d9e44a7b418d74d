// SPDX-License-Identifier: MIT
#include "diag/escape.hpp"
#include "diag/format.hpp"
#include "diag/header_line.hpp"
#include "diag/quote_line.hpp"
#include "diag/sink.hpp"
#include "diag/terminal_style.hpp"

#include <algorithm>

namespace dectprov {
namespace {

constexpr std::string_view indent = "    ";

void append_quote(std::string& out, const Quote& quote, bool color, unsigned columns) {
    const auto inner = static_cast<unsigned>(columns > indent.size() ? columns - indent.size() : 0);
    const QuotedPart part = part_of(quote, inner);
    out += indent;
    out += part.before;
    out += part.marked;
    out += part.after;
    out += '\n';
    out += indent;
    out.append(part.before_width, ' ');
    if (color) out += style::bold_green;
    out.append(std::max(part.marked_width, 1U), '^');
    if (color) out += style::plain;
    out += '\n';
}

}  // namespace

void print_text(std::ostream& out, const Results& results, const PrintOptions& options) {
    Sink sink(out);
    for (const Finding& finding : results.findings) {
        append_header(sink.text, finding, options.color);
        sink.text += '\n';
        if (!finding.quote.text.empty()) {
            append_quote(sink.text, finding.quote, options.color, options.columns);
        }
        if (!finding.help.empty()) {
            sink.text += indent;
            sink.text += "help: ";
            append_visible(sink.text, finding.help);
            sink.text += '\n';
        }
        for (const RelatedPlace& related : finding.related) {
            append_location(sink.text, related.file, related.begin);
            sink.text += "note: ";
            append_visible(sink.text, related.message);
            sink.text += '\n';
        }
        sink.text += '\n';
        sink.pass_on();
    }
    if (options.counts) {
        const Summary& summary = results.summary;
        const std::size_t all = summary.errors + summary.warnings + summary.notes;
        sink.text += counts(summary, all - std::min(all, results.findings.size()), options.shows_hidden);
        const std::string fixes = options.tells_fixes ? fixable(results.findings) : std::string();
        if (!fixes.empty()) sink.text += "; " + fixes;
        sink.text += '\n';
    }
    sink.flush();
}

}  // namespace dectprov
