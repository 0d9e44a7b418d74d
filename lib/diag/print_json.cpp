// SPDX-License-Identifier: MIT
#include "diag/escape.hpp"
#include "diag/format.hpp"
#include "diag/sink.hpp"

namespace dectprov {
namespace {

void append_field(std::string& out, std::string_view name, std::string_view value) {
    out += R"(, ")";
    out += name;
    out += R"(": )";
    append_json(out, value);
}

void append_field(std::string& out, std::string_view name, std::size_t value) {
    out += R"(, ")";
    out += name;
    out += R"(": )";
    append_number(out, value);
}

void append_summary(std::string& out, const Summary& summary) {
    out += R"(  "summary": {"files": )";
    append_number(out, summary.files);
    append_field(out, "servers", summary.servers);
    append_field(out, "errors", summary.errors);
    append_field(out, "warnings", summary.warnings);
    append_field(out, "notes", summary.notes);
    if (summary.suppressed != 0) append_field(out, "suppressed", summary.suppressed);
    if (summary.baselined != 0) append_field(out, "baselined", summary.baselined);
    out += "},\n";
}

void append_related(std::string& out, const RelatedPlace& related) {
    out += R"({"file": )";
    append_json(out, related.file);
    append_field(out, "line", related.begin.line);
    append_field(out, "column", related.begin.column);
    append_field(out, "message", related.message);
    out += '}';
}

void append_finding(std::string& out, const Finding& finding) {
    out += R"({"rule": )";
    append_json(out, finding.rule->id);
    append_field(out, "severity", to_text(finding.severity));
    append_field(out, "file", finding.file);
    append_field(out, "line", finding.begin.line);
    append_field(out, "column", finding.begin.column);
    append_field(out, "end_line", finding.end.line);
    append_field(out, "end_column", finding.end.column);
    append_field(out, "path", finding.path);
    append_field(out, "message", finding.message);
    if (!finding.help.empty()) append_field(out, "help", finding.help);
    if (!finding.related.empty()) {
        out += R"(, "related": [)";
        std::string_view separator;
        for (const RelatedPlace& related : finding.related) {
            out += separator;
            append_related(out, related);
            separator = ", ";
        }
        out += ']';
    }
    out += '}';
}

}  // namespace

void print_json(std::ostream& out, const Results& results, const PrintOptions& /*options*/) {
    Sink sink(out);
    sink.text += "{\n  \"version\": 1,\n";
    append_summary(sink.text, results.summary);
    sink.text += R"(  "diagnostics": [)";
    std::string_view separator = "\n    ";
    for (const Finding& finding : results.findings) {
        sink.text += separator;
        append_finding(sink.text, finding);
        separator = ",\n    ";
        sink.pass_on();
    }
    sink.text += results.findings.empty() ? "]\n}\n" : "\n  ]\n}\n";
    sink.flush();
}

}  // namespace dectprov
