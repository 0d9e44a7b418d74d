// SPDX-License-Identifier: MIT
#include "diag/escape.hpp"
#include "diag/fingerprint.hpp"
#include "diag/format.hpp"
#include "diag/sink.hpp"

namespace dectprov {
namespace {

std::string_view gitlab_severity(Severity severity) {
    switch (severity) {
        case Severity::error:
            return "major";
        case Severity::warning:
            return "minor";
        case Severity::note:
        case Severity::off:
            return "info";
    }
    return "info";
}

void append_finding(std::string& out, const Finding& finding, const Fingerprint& fingerprint) {
    // The widget shows the description alone, so that the way out has to stand in it.
    const std::string description =
        finding.help.empty() ? finding.message : finding.message + " (" + finding.help + ")";
    out += R"({"description": )";
    append_json(out, description);
    out += R"(, "check_name": )";
    append_json(out, finding.rule->id);
    out += R"(, "fingerprint": ")";
    out += fingerprint.hex;
    out += R"(", "severity": ")";
    out += gitlab_severity(finding.severity);
    out += R"(", "location": {"path": )";
    append_json(out, finding.file.empty() ? "." : finding.file);
    out += R"(, "lines": {"begin": )";
    append_number(out, finding.begin.line);
    out += R"(, "end": )";
    append_number(out, finding.end.line);
    out += "}}}";
}

}  // namespace

void print_gitlab(std::ostream& out, const Results& results, const PrintOptions& /*options*/) {
    const std::vector<Fingerprint> prints = fingerprints(results.findings);
    Sink sink(out);
    sink.text += '[';
    std::string_view separator = "\n  ";
    for (std::size_t i = 0; i < results.findings.size(); ++i) {
        sink.text += separator;
        append_finding(sink.text, results.findings[i], prints[i]);
        separator = ",\n  ";
        sink.pass_on();
    }
    sink.text += results.findings.empty() ? "]\n" : "\n]\n";
    sink.flush();
}

}  // namespace dectprov
