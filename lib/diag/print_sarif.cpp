// SPDX-License-Identifier: MIT
#include "diag/escape.hpp"
#include "diag/explain.hpp"
#include "diag/fingerprint.hpp"
#include "diag/format.hpp"
#include "diag/sink.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <unordered_map>
#include <vector>

namespace dectprov {
namespace {

// GitHub takes 1,000 locations of a result and shows this many.
constexpr std::size_t most_related = 100;

std::string_view level_of(Severity severity) {
    switch (severity) {
        case Severity::error:
            return "error";
        case Severity::warning:
            return "warning";
        case Severity::note:
            return "note";
        case Severity::off:
            return "none";
    }
    return "none";
}

// The metadata of rules, and where each stands in them.
struct RuleTable {
    std::vector<const Rule*> rules;
    std::unordered_map<const Rule*, std::size_t> index;

    void add(const Rule* rule) {
        if (index.try_emplace(rule, rules.size()).second) rules.push_back(rule);
    }
};

// The catalogue's rules and then, in the order of their ids, those that findings bring along: the policies
// of a fleet.
RuleTable table_of(const Results& results, const PrintOptions& options) {
    RuleTable table;
    for (const Rule* const rule : options.rules) table.add(rule);
    std::vector<const Rule*> others;
    for (const Finding& finding : results.findings) {
        if (!table.index.contains(finding.rule)) others.push_back(finding.rule);
    }
    std::ranges::sort(others, {}, &Rule::id);
    for (const Rule* const rule : others) table.add(rule);
    return table;
}

std::string_view language_of(Example example) {
    switch (example) {
        case Example::config:
        case Example::users:
        case Example::handset:
            return "xml";
        case Example::site:
            return "yaml";
        case Example::list:
        case Example::exchange:
        case Example::none:
            return "text";
    }
    return "text";
}

void append_example(std::string& out, std::string_view title, const std::string& example, Example kind) {
    if (example.empty()) return;
    out += "\n\n";
    out += title;
    out += "\n\n```";
    out += language_of(kind);
    out += '\n';
    out += example;
    if (!out.ends_with('\n')) out += '\n';
    out += "```";
}

std::string help_text(const Rule& rule) {
    std::string text(rule.why);
    if (!rule.origin.empty()) text += "\n\nOrigin: " + std::string(rule.origin);
    return text;
}

std::string help_markdown(const Rule& rule) {
    std::string text;
    append_markdown(text, rule.why);
    append_example(text, "Found in", with_carets(rule.bad), rule.example);
    append_example(text, "Mended", without_marks(rule.good), rule.example);
    if (!rule.origin.empty()) {
        text += "\n\nOrigin: ";
        append_markdown(text, rule.origin);
    }
    return text;
}

void append_text(std::string& out, std::string_view name, std::string_view text) {
    out += R"(, ")";
    out += name;
    out += R"(": {"text": )";
    append_json(out, text);
    out += '}';
}

void append_rule(std::string& out, const Rule& rule) {
    out += R"({"id": )";
    append_json(out, rule.id);
    append_text(out, "shortDescription", rule.summary);
    // Empty texts are not valid, and a policy may give no reason.
    if (!rule.why.empty()) {
        append_text(out, "fullDescription", rule.why);
        out += R"(, "help": {"text": )";
        append_json(out, help_text(rule));
        out += R"(, "markdown": )";
        append_json(out, help_markdown(rule));
        out += '}';
    }
    out += R"(, "defaultConfiguration": {"level": ")";
    out += level_of(rule.severity);
    if (rule.severity == Severity::off) out += R"(", "enabled": false})";
    if (rule.severity != Severity::off) out += R"("})";
    out += R"(, "properties": {"tags": [)";
    append_json(out, rule.id.substr(0, rule.id.find('/')));
    out += "]}}";
}

void append_position(std::string& out, std::string_view line_name, std::string_view column_name,
                     Position position) {
    out += '"';
    out += line_name;
    out += R"(": )";
    append_number(out, std::max(position.line, 1U));
    out += R"(, ")";
    out += column_name;
    out += R"(": )";
    append_number(out, std::max(position.column, 1U));
}

// Without its last brace, so that more can follow.
void append_location(std::string& out, std::string_view file, Position begin, Position end) {
    out += R"({"physicalLocation": {"artifactLocation": {"uri": ")";
    append_uri(out, file.empty() ? "." : file);
    out += R"("}, "region": {)";
    append_position(out, "startLine", "startColumn", begin);
    out += ", ";
    append_position(out, "endLine", "endColumn", std::max(end, begin));
    out += "}}";
}

void append_related(std::string& out, const std::vector<RelatedPlace>& related) {
    out += R"(, "relatedLocations": [)";
    for (std::size_t i = 0; i < std::min(related.size(), most_related); ++i) {
        if (i != 0) out += ", ";
        append_location(out, related[i].file, related[i].begin, related[i].end);
        out += R"(, "id": )";
        append_number(out, i + 1);
        append_text(out, "message", related[i].message);
        out += '}';
    }
    out += ']';
}

void append_replacement(std::string& out, const FindingFix& fix) {
    out += R"(, "fixes": [{"description": {"text": ")";
    out += fix.safe ? "the fix of --fix" : "the fix of --unsafe-fixes: it may change the meaning";
    out += R"("}, "artifactChanges": [{"artifactLocation": {"uri": ")";
    append_uri(out, fix.file);
    out += R"("}, "replacements": [{"deletedRegion": {)";
    append_position(out, "startLine", "startColumn", fix.from);
    out += ", ";
    append_position(out, "endLine", "endColumn", fix.to);
    out += '}';
    append_text(out, "insertedContent", fix.replacement);
    out += "}]}]}]";
}

void append_result(std::string& out, const Finding& finding, std::size_t rule_index,
                   const Fingerprint& fingerprint) {
    out += R"({"ruleId": )";
    append_json(out, finding.rule->id);
    out += R"(, "ruleIndex": )";
    append_number(out, rule_index);
    out += R"(, "level": ")";
    out += level_of(finding.severity);
    out += '"';
    append_text(out, "message",
                finding.help.empty() ? finding.message : finding.message + "\nhelp: " + finding.help);
    out += R"(, "locations": [)";
    append_location(out, finding.file, finding.begin, finding.end);
    if (!finding.path.empty()) {
        out += R"(, "logicalLocations": [{"fullyQualifiedName": )";
        append_json(out, finding.path);
        out += "}]";
    }
    out += "}]";
    if (!finding.related.empty()) append_related(out, finding.related);
    if (finding.fix && !finding.fix->secret) append_replacement(out, *finding.fix);
    out += R"(, "partialFingerprints": {"dectprov/v1": ")";
    out += fingerprint.hex;
    out += R"("})";
    if (finding.hidden != HiddenBy::nothing) {
        const bool in_source = finding.hidden == HiddenBy::suppression;
        out += in_source ? R"(, "suppressions": [{"kind": "inSource"}])"
                         : R"(, "suppressions": [{"kind": "external"}])";
    }
    out += '}';
}

}  // namespace

namespace {

void print_run(std::ostream& out, const Results& results, const PrintOptions& options) {
    const RuleTable table = table_of(results, options);
    const std::vector<Fingerprint> prints = fingerprints(results.findings);
    Sink sink(out);
    std::string& text = sink.text;
    text +=
        "{\n  \"$schema\": \"https://json.schemastore.org/sarif-2.1.0.json\",\n  \"version\": \"2.1.0\",\n"
        "  \"runs\": [{\n    \"tool\": {\"driver\": {\"name\": \"dectprov\"";
    if (!options.version.empty()) {
        text += R"(, "version": )";
        append_json(text, options.version);
    }
    text += R"(, "rules": [)";
    std::string_view separator = "\n      ";
    for (const Rule* const rule : table.rules) {
        text += separator;
        append_rule(text, *rule);
        separator = ",\n      ";
    }
    text += "]}},\n    \"columnKind\": \"unicodeCodePoints\",\n    \"results\": [";
    separator = "\n      ";
    for (std::size_t i = 0; i < results.findings.size(); ++i) {
        const Finding& finding = results.findings[i];
        text += separator;
        append_result(text, finding, table.index.at(finding.rule), prints[i]);
        separator = ",\n      ";
        sink.pass_on();
    }
    text += results.findings.empty() ? "]\n  }]\n}\n" : "\n    ]\n  }]\n}\n";
    sink.flush();
}

}  // namespace

void print_sarif(std::ostream& out, const Results& results, const PrintOptions& options) {
    if (results.hidden.empty()) {
        print_run(out, results, options);
        return;
    }
    // One list, so that a finding keeps its fingerprint when it is suppressed.
    Results all{.findings = results.findings, .hidden = {}, .summary = results.summary};
    all.findings.insert(all.findings.end(), results.hidden.begin(), results.hidden.end());
    sort(all.findings);
    print_run(out, all, options);
}

}  // namespace dectprov
