// SPDX-License-Identifier: MIT
#include "diag/escape.hpp"
#include "diag/format.hpp"
#include "diag/html_page.hpp"
#include "diag/quote_line.hpp"
#include "diag/sink.hpp"
#include "diag/tally.hpp"

#include <fmt/format.h>

#include <array>
#include <cstddef>
#include <iterator>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace dectprov {
namespace {

std::string_view shown_name(const Tally& tally) {
    return tally.name.empty() ? std::string_view("without a server") : tally.name;
}

// The buttons of a table narrow the list by this field of the filter; a row has the number that it has there.
void append_table(std::string& out, std::string_view title, const std::vector<Tally>& tallies) {
    fmt::format_to(
        std::back_inserter(out),
        "<div class=\"scroll\"><table>\n<thead><tr><th scope=\"col\">{}</th><th "
        "scope=\"col\">errors</th><th scope=\"col\">warnings</th><th scope=\"col\">notes</th></tr></thead>"
        "\n<tbody>\n",
        title);
    for (std::size_t i = 0; i < tallies.size(); ++i) {
        const Tally& tally = tallies[i];
        fmt::format_to(std::back_inserter(out), R"(<tr><td><button type="button" data-f="{}" data-v="{}">)",
                       title, i);
        append_markup(out, shown_name(tally));
        fmt::format_to(std::back_inserter(out), "</button></td><td>{}</td><td>{}</td><td>{}</td></tr>\n",
                       tally.of(Severity::error), tally.of(Severity::warning), tally.of(Severity::note));
    }
    out += "</tbody></table></div>\n";
}

void append_quote(std::string& out, const Quote& quote) {
    const QuotedPart part = part_of(quote);
    out += "<pre>";
    append_markup(out, part.before);
    out += "<mark>";
    append_markup(out, part.marked);
    out += "</mark>";
    append_markup(out, part.after);
    out += "</pre>";
}

void append_finding(std::string& out, const Finding& finding, std::size_t server, const HtmlRules& rules) {
    fmt::format_to(std::back_inserter(out),
                   R"(<article class="{0}" data-s="{1}" data-r="{2}"><p class="at">{3}:{4} <b>{0}</b> )",
                   to_text(finding.severity), server, rules.number(*finding.rule), finding.begin.line,
                   finding.begin.column);
    rules.append_name(out, *finding.rule);
    if (!finding.path.empty()) {
        out += " \u00b7 ";
        append_markup(out, finding.path);
    }
    out += "</p><p>";
    append_markup(out, finding.message);
    out += "</p>";
    if (!finding.quote.text.empty()) append_quote(out, finding.quote);
    if (!finding.help.empty()) {
        out += R"(<p class="more">help: )";
        append_markup(out, finding.help);
        out += "</p>";
    }
    for (const RelatedPlace& related : finding.related) {
        out += R"(<p class="more">)";
        append_markup(out, related.file);
        fmt::format_to(std::back_inserter(out), ":{}:{}: ", related.begin.line, related.begin.column);
        append_markup(out, related.message);
        out += "</p>";
    }
    out += "</article>\n";
}

// In the order of their table.
HtmlRules rules_of(const std::vector<Finding>& findings, const std::vector<Tally>& tallies) {
    std::unordered_map<std::string_view, const Rule*> by_id;
    for (const Finding& finding : findings) by_id.emplace(finding.rule->id, finding.rule);
    HtmlRules rules;
    for (const Tally& tally : tallies) rules.add(*by_id.at(tally.name));
    return rules;
}

HtmlFilter filter_of(const std::vector<Tally>& servers, const HtmlRules& rules) {
    HtmlFilter filter{.servers = {},
                      .rules = rules.names(),
                      .kinds = {{"error", "errors"}, {"warning", "warnings"}, {"note", "notes"}}};
    for (const Tally& server : servers) filter.servers.push_back(shown_name(server));
    return filter;
}

// Whether all findings of a file, which begin at `begin`, are of one server.
bool is_of_one(const std::vector<Finding>& findings, std::size_t begin) {
    for (std::size_t i = begin; i < findings.size() && findings[i].file == findings[begin].file; ++i) {
        if (findings[i].server != findings[begin].server) return false;
    }
    return true;
}

// A finding that is of a severity nobody prints has no place in the filter either.
bool is_printed(const Finding& finding) { return finding.severity != Severity::off; }

}  // namespace

void print_html(std::ostream& out, const Results& results, const PrintOptions& options) {
    const std::vector<Finding>& findings = results.findings;
    const std::vector<Tally> servers = by_server(findings);
    std::map<std::pair<std::string_view, std::string_view>, std::size_t> server_index;
    for (std::size_t i = 0; i < servers.size(); ++i)
        server_index.emplace(std::pair(servers[i].server, servers[i].folder), i);

    const std::vector<Tally> tallies = by_rule(findings);
    const HtmlRules rules = rules_of(findings, tallies);

    Sink sink(out);
    std::string& text = sink.text;
    append_html_head(text, "dectprov report");
    text += "<header>\n<h1>dectprov report</h1>\n<p>";
    append_markup(text, counts(results.summary));
    text += "</p>\n";
    if (!findings.empty()) {
        text += "<div class=\"tables\">\n";
        append_table(text, "server", servers);
        append_table(text, "rule", tallies);
        text += "</div>\n";
    }
    text += "</header>\n<main>\n";
    if (findings.empty()) text += "<p class=\"none\">No findings.</p>\n";
    if (!findings.empty()) append_html_filter(text, filter_of(servers, rules));
    for (std::size_t begin = 0; begin < findings.size();) {
        const std::string& file = findings[begin].file;
        text += "<section>\n<h2>";
        append_markup(text, file.empty() ? "(no file)" : file);
        // A description has many servers, a file of a server one, which may have a name.
        if (const std::string_view name = findings[begin].server_name;
            !name.empty() && is_of_one(findings, begin)) {
            text += " <span>";
            append_markup(text, name);
            text += "</span>";
        }
        text += "</h2>\n";
        for (; begin < findings.size() && findings[begin].file == file; ++begin) {
            const Finding& finding = findings[begin];
            if (is_printed(finding))
                append_finding(text, finding, server_index.at({finding.server, finding.folder}), rules);
            sink.pass_on();
        }
        text += "</section>\n";
    }
    rules.append_explanations(text);
    text += "</main>\n";
    append_html_tail(text, options.version);
    sink.flush();
}

}  // namespace dectprov
