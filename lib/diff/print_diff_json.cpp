// SPDX-License-Identifier: MIT
#include "diag/escape.hpp"
#include "diag/json_finding.hpp"
#include "diag/sink.hpp"
#include "diff/diff_format.hpp"

namespace dectprov {
namespace {

void append_member(std::string& out, std::string_view name, std::string_view value) {
    out += R"(, ")";
    out += name;
    out += R"(": )";
    append_json(out, value);
}

void append_member(std::string& out, std::string_view name, std::size_t value) {
    out += R"(, ")";
    out += name;
    out += R"(": )";
    append_number(out, value);
}

void append_fields(std::string& out, const Change& change) {
    if (change.fields.empty()) return;
    out += R"(, "fields": {)";
    std::string_view separator;
    for (const auto& [path, value] : change.fields) {
        out += separator;
        append_json(out, path);
        out += ": ";
        append_json(out, value);
        separator = ", ";
    }
    out += '}';
}

void append_change(std::string& out, const ServerDiff& server, const Change& change) {
    out += R"({"server": )";
    append_json(out, server.identity);
    if (!server.name.empty()) append_member(out, "name", server.name);
    if (!server.replaced.empty()) append_member(out, "replaces", server.replaced);
    append_member(out, "file", change.file);
    append_member(out, "kind", to_text(change.kind));
    append_member(out, "path", change.path);
    if (change.before) append_member(out, "old", *change.before);
    if (change.after) append_member(out, "new", *change.after);
    append_fields(out, change);
    out += R"(, "effects": [)";
    std::string_view separator;
    for (const Effect& effect : change.effects) {
        out += separator;
        append_json(out, effect.text);
        separator = ", ";
    }
    out += "]}";
}

void append_server(std::string& out, const ServerDiff& server) {
    out += R"({"server": )";
    append_json(out, server.identity);
    if (!server.name.empty()) append_member(out, "name", server.name);
    if (!server.replaced.empty()) append_member(out, "replaces", server.replaced);
    append_member(out, "kind", to_text(server.kind));
    append_member(out, "forecast", server.forecast.text);
    if (!server.forecast.notice.empty()) append_member(out, "notice", server.forecast.notice);
    out += '}';
}

// A JSON array over several lines.
template <class All, class Append>
void append_array(Sink& sink, std::string_view name, const All& all, const Append& append,
                  std::string_view end) {
    sink.text += R"(  ")";
    sink.text += name;
    sink.text += R"(": [)";
    std::string_view separator = "\n    ";
    for (const auto& one : all) {
        append(one, separator);
        sink.pass_on();
    }
    if (separator != "\n    ") sink.text += "\n  ";
    sink.text += end;
}

}  // namespace

void print_diff_json(std::ostream& out, const Comparison& comparison, const DiffPrintOptions& /*options*/) {
    Sink sink(out);
    sink.text += "{\n  \"version\": 1,\n";
    sink.text += R"(  "summary": {"servers": )";
    append_number(sink.text, comparison.compared);
    append_member(sink.text, "added", comparison.count(ChangeKind::added));
    append_member(sink.text, "removed", comparison.count(ChangeKind::removed));
    append_member(sink.text, "changed", comparison.count(ChangeKind::changed));
    append_member(sink.text, "differing", comparison.servers.size());
    if (comparison.unknown != 0) append_member(sink.text, "not_compared", comparison.unknown);
    sink.text += "},\n";

    constexpr std::string_view next = ",\n    ";
    append_array(
        sink, "changes", comparison.servers,
        [&](const ServerDiff& server, std::string_view& separator) {
            for (const Change& change : server.changes) {
                sink.text += separator;
                append_change(sink.text, server, change);
                separator = next;
                sink.pass_on();
            }
        },
        "],\n");
    append_array(
        sink, "servers", comparison.servers,
        [&](const ServerDiff& server, std::string_view& separator) {
            sink.text += separator;
            append_server(sink.text, server);
            separator = next;
        },
        "],\n");
    append_array(
        sink, "diagnostics", comparison.findings,
        [&](const Finding& finding, std::string_view& separator) {
            sink.text += separator;
            append_json(sink.text, finding);
            separator = next;
        },
        "]\n}\n");
    sink.flush();
}

}  // namespace dectprov
