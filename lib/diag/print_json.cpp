// SPDX-License-Identifier: MIT
#include "diag/escape.hpp"
#include "diag/format.hpp"
#include "diag/json_finding.hpp"
#include "diag/sink.hpp"

namespace dectprov {
namespace {

void append_count(std::string& out, std::string_view name, std::size_t value) {
    out += R"(, ")";
    out += name;
    out += R"(": )";
    append_number(out, value);
}

void append_summary(std::string& out, const Summary& summary) {
    out += R"(  "summary": {"files": )";
    append_number(out, summary.files);
    append_count(out, "servers", summary.servers);
    append_count(out, "errors", summary.errors);
    append_count(out, "warnings", summary.warnings);
    append_count(out, "notes", summary.notes);
    if (summary.suppressed != 0) append_count(out, "suppressed", summary.suppressed);
    if (summary.baselined != 0) append_count(out, "baselined", summary.baselined);
    out += "},\n";
}

}  // namespace

void print_json(std::ostream& out, const Results& results, const PrintOptions& /*options*/) {
    Sink sink(out);
    sink.text += "{\n  \"version\": 1,\n";
    append_summary(sink.text, results.summary);
    sink.text += results.further;
    sink.text += R"(  "diagnostics": [)";
    std::string_view separator = "\n    ";
    for (const Finding& finding : results.findings) {
        sink.text += separator;
        append_json(sink.text, finding);
        separator = ",\n    ";
        sink.pass_on();
    }
    sink.text += results.findings.empty() ? "]\n}\n" : "\n  ]\n}\n";
    sink.flush();
}

}  // namespace dectprov
