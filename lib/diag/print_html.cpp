// SPDX-License-Identifier: MIT
#include "diag/escape.hpp"
#include "diag/format.hpp"
#include "diag/html_assets.hpp"
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
#include <utility>
#include <vector>

namespace dectprov {
namespace {

constexpr std::string_view no_server = "of no server";

void append_table(std::string& out, std::string_view title, const std::vector<Tally>& tallies,
                  bool is_of_servers) {
    out += "<div class=\"scroll\"><table>\n<thead><tr><th>";
    out += title;
    out += "</th><th>errors</th><th>warnings</th><th>notes</th></tr></thead>\n<tbody>\n";
    for (std::size_t i = 0; i < tallies.size(); ++i) {
        const Tally& tally = tallies[i];
        out += R"(<tr><td><button type="button")";
        if (is_of_servers) fmt::format_to(std::back_inserter(out), R"( data-s="{}")", i);
        out += '>';
        append_markup(out, tally.name.empty() ? no_server : tally.name);
        fmt::format_to(std::back_inserter(out), "</button></td><td>{}</td><td>{}</td><td>{}</td></tr>\n",
                       tally.of(Severity::error), tally.of(Severity::warning), tally.of(Severity::note));
    }
    out += "</tbody></table></div>\n";
}

void append_form(std::string& out, const std::vector<Tally>& servers) {
    out +=
        "<form>\n<input type=\"search\" name=\"q\" placeholder=\"Filter by text, file or rule\" "
        "aria-label=\"Filter\">\n<select name=\"server\" aria-label=\"Server\"><option value=\"\">all "
        "servers</option>";
    for (std::size_t i = 0; i < servers.size(); ++i) {
        fmt::format_to(std::back_inserter(out), R"(<option value="{}">)", i);
        append_markup(out, servers[i].name.empty() ? no_server : servers[i].name);
        out += "</option>";
    }
    out += "</select>\n";
    for (const Severity severity : {Severity::error, Severity::warning, Severity::note}) {
        fmt::format_to(std::back_inserter(out),
                       "<label><input type=\"checkbox\" name=\"{0}\" checked> {0}s</label>\n",
                       to_text(severity));
    }
    out += "<output></output>\n</form>\n";
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

void append_finding(std::string& out, const Finding& finding, std::size_t server) {
    fmt::format_to(std::back_inserter(out),
                   R"(<article class="{0}" data-s="{1}"><p class="at">{2}:{3} <b>{0}</b> )",
                   to_text(finding.severity), server, finding.begin.line, finding.begin.column);
    append_markup(out, finding.rule->id);
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

// A finding that is of a severity nobody prints has no place in the filter either.
bool is_printed(const Finding& finding) { return finding.severity != Severity::off; }

}  // namespace

void print_html(std::ostream& out, const Results& results, const PrintOptions& options) {
    const std::vector<Finding>& findings = results.findings;
    const std::vector<Tally> servers = by_server(findings);
    std::map<std::pair<std::string_view, std::string_view>, std::size_t> server_index;
    for (std::size_t i = 0; i < servers.size(); ++i)
        server_index.emplace(std::pair(servers[i].server, servers[i].folder), i);

    Sink sink(out);
    std::string& text = sink.text;
    append_html_head(text, "dectprov report");
    text += "<header>\n<h1>dectprov report</h1>\n<p>";
    append_markup(text, counts(results.summary));
    text += "</p>\n";
    if (!findings.empty()) {
        text += "<div class=\"tables\">\n";
        append_table(text, "server", servers, true);
        append_table(text, "rule", by_rule(findings), false);
        text += "</div>\n";
    }
    text += "</header>\n<main>\n";
    if (findings.empty()) text += "<p class=\"none\">Nothing was found.</p>\n";
    if (!findings.empty()) append_form(text, servers);
    for (std::size_t begin = 0; begin < findings.size();) {
        const std::string& file = findings[begin].file;
        text += "<section>\n<h2>";
        append_markup(text, file.empty() ? "(no file)" : file);
        text += "</h2>\n";
        for (; begin < findings.size() && findings[begin].file == file; ++begin) {
            const Finding& finding = findings[begin];
            if (is_printed(finding))
                append_finding(text, finding, server_index.at({finding.server, finding.folder}));
            sink.pass_on();
        }
        text += "</section>\n";
    }
    text += "</main>\n<footer>dectprov ";
    append_markup(text, options.version);
    text += "</footer>\n<script>";
    text += html_script;
    text += "</script>\n</body>\n</html>\n";
    sink.flush();
}

}  // namespace dectprov
