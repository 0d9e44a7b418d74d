// SPDX-License-Identifier: MIT
#include "diag/json_finding.hpp"

#include "diag/escape.hpp"
#include "diag/rule.hpp"

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

void append_related(std::string& out, const RelatedPlace& related) {
    out += R"({"file": )";
    append_json(out, related.file);
    append_field(out, "line", related.begin.line);
    append_field(out, "column", related.begin.column);
    append_field(out, "message", related.message);
    out += '}';
}

void append_fix(std::string& out, const FindingFix& fix) {
    out += fix.safe ? R"(, "fix": {"safe": true, "edits": [{"file": )"
                    : R"(, "fix": {"safe": false, "edits": [{"file": )";
    append_json(out, fix.file);
    append_field(out, "line", fix.from.line);
    append_field(out, "column", fix.from.column);
    append_field(out, "end_line", fix.to.line);
    append_field(out, "end_column", fix.to.column);
    append_field(out, "text", fix.replacement);
    out += "}]}";
}

}  // namespace

void append_json(std::string& out, const Finding& finding) {
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
    if (finding.fix && !finding.fix->secret) append_fix(out, *finding.fix);
    out += '}';
}

}  // namespace dectprov
