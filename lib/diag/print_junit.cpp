// SPDX-License-Identifier: MIT
#include "diag/escape.hpp"
#include "diag/fingerprint.hpp"
#include "diag/format.hpp"
#include "diag/header_line.hpp"
#include "diag/sink.hpp"
#include "diag/tally.hpp"

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace dectprov {
namespace {

bool fails(const Finding& finding) { return finding.severity >= Severity::warning; }

void append_attribute(std::string& out, std::string_view name, std::string_view value) {
    out += ' ';
    out += name;
    out += R"(=")";
    append_markup(out, value);
    out += '"';
}

void append_attribute(std::string& out, std::string_view name, std::size_t value) {
    out += ' ';
    out += name;
    out += R"(=")";
    append_number(out, value);
    out += '"';
}

void append_counts(std::string& out, std::span<const Finding> findings, std::size_t tests) {
    append_attribute(out, "tests", tests);
    append_attribute(out, "failures", static_cast<std::size_t>(std::ranges::count_if(findings, fails)));
    append_attribute(out, "errors", std::size_t{0});
}

void append_line(std::string& out, std::string_view text) {
    append_markup(out, text);
    out += '\n';
}

// The finding as `text` shows it.
void append_body(std::string& out, const Finding& finding) {
    std::string line;
    append_header(line, finding, false);
    append_line(out, line);
    if (!finding.quote.text.empty()) append_line(out, finding.quote.text);
    if (!finding.help.empty()) append_line(out, "help: " + finding.help);
    for (const RelatedPlace& related : finding.related) {
        line.clear();
        append_location(line, related.file, related.begin);
        line += "note: ";
        line += related.message;
        append_line(out, line);
    }
}

// A test is known by its class and its name from one run to the next, so neither tells a line.
void append_case(std::string& out, const Finding& finding, std::size_t ordinal) {
    std::string name(finding.rule->id);
    const std::string& element = finding.identity.empty() ? finding.path : finding.identity;
    if (!element.empty()) name += " " + element;
    if (ordinal > 1) name += " #" + std::to_string(ordinal);
    out += "    <testcase";
    append_attribute(out, "classname", finding.file);
    append_attribute(out, "name", name);
    out += ">\n";
    if (fails(finding)) {
        out += "      <failure";
        append_attribute(out, "type", to_text(finding.severity));
        append_attribute(out, "message", finding.message);
        out += '>';
        append_body(out, finding);
        out += "</failure>\n";
    } else {
        out += "      <system-out>";
        append_body(out, finding);
        out += "</system-out>\n";
    }
    out += "    </testcase>\n";
}

}  // namespace

void print_junit(std::ostream& out, const Results& results, const PrintOptions& /*options*/) {
    const std::span<const Finding> all = results.findings;
    const std::vector<Fingerprint> prints = fingerprints(all);
    Sink sink(out);
    std::string& text = sink.text;
    text += "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites";
    append_attribute(text, "name", "dectprov");
    append_counts(text, all, std::max(all.size(), std::size_t{1}));
    text += ">\n";
    if (all.empty()) {
        // Readers take a report without a test for a run that broke.
        text += "  <testsuite";
        append_attribute(text, "name", "dectprov");
        append_counts(text, all, 1);
        text += ">\n    <testcase";
        append_attribute(text, "classname", "dectprov");
        append_attribute(text, "name", count_of(results.summary.files, "file") + " checked");
        text += "/>\n  </testsuite>\n";
    }
    for (std::size_t begin = 0; begin < all.size();) {
        std::size_t end = begin;
        while (end < all.size() && all[end].file == all[begin].file) ++end;
        text += "  <testsuite";
        append_attribute(text, "name", all[begin].file);
        append_attribute(text, "file", all[begin].file);
        append_counts(text, all.subspan(begin, end - begin), end - begin);
        text += ">\n";
        for (; begin < end; ++begin) {
            append_case(text, all[begin], prints[begin].ordinal);
            sink.pass_on();
        }
        text += "  </testsuite>\n";
    }
    text += "</testsuites>\n";
    sink.flush();
}

}  // namespace dectprov
