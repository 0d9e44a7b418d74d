// SPDX-License-Identifier: MIT
#include <string>

#include <fmt/format.h>

#include "diag/escape.hpp"
#include "diag/html_page.hpp"
#include "diag/sink.hpp"
#include "diag/tally.hpp"
#include "diff/diff_format.hpp"
#include "diff/fold.hpp"

namespace dectprov {
namespace {

// All names are there for those who ask, behind the few that are shown.
void append_servers(std::string& out, const std::vector<std::string_view>& servers) {
    if (servers.size() <= most_servers + 1) {
        append_markup(out, whose(servers));
        return;
    }
    out += "<details><summary>";
    append_markup(out, whose(servers));
    out += "</summary>";
    append_markup(out, list_of(servers, servers.size()));
    out += "</details>";
}

void append_forecasts_table(std::string& out, const std::vector<FoldedForecast>& forecasts) {
    out +=
        "<table class=\"wide\">\n<thead><tr><th>server</th><th>what it will do</th><th>when</th></tr>"
        "</thead>\n<tbody>\n";
    for (const FoldedForecast& folded : forecasts) {
        const ServerDiff& server = *folded.server;
        out += "<tr><td>";
        append_servers(out, folded.servers);
        if (!server.replaced.empty()) {
            out += ", in place of ";
            append_markup(out, server.replaced);
        }
        out += "</td><td>";
        append_markup(out, server.forecast.text);
        out += "</td><td>";
        append_markup(out, folded.notice);
        out += "</td></tr>\n";
    }
    out += "</tbody></table>\n";
}

// The colour at the edge, as that of findings: what loses something stands out.
std::string_view weight_of(const FoldedChange& folded) {
    const auto kind = static_cast<EffectKind>(folded.rank);
    if (kind <= EffectKind::not_compared) return "error";
    return kind <= EffectKind::restart_unknown ? "warning" : "note";
}

void append_article(std::string& out, const FoldedChange& folded) {
    const Change& change = *folded.change;
    out += R"(<article class=")";
    out += weight_of(folded);
    out += R"("><p class="at"><b>)";
    out += to_text(change.kind);
    out += "</b> ";
    append_markup(out, place_of(change));
    out += " \u00b7 ";
    append_servers(out, folded.servers);
    out += "</p><p>";
    append_markup(out, subject_of(folded));
    out += "</p>";
    const std::string values = values_of(change);
    if (!values.empty()) {
        out += "<pre>";
        append_markup(out, values);
        out += "</pre>";
    }
    for (const auto& [path, value] : change.fields) {
        if (folded.users.size() > 1) break;
        out += R"(<p class="more">)";
        append_markup(out, fmt::format("{}: {}", path, value));
        out += "</p>";
    }
    for (const Effect& effect : change.effects) {
        out += R"(<p class="more">)";
        append_markup(out, effect.text);
        out += "</p>";
    }
    out += "</article>\n";
}

void append_finding(std::string& out, const Finding& finding) {
    out += R"(<article class=")";
    out += to_text(finding.severity);
    out += R"("><p class="at">)";
    append_markup(out, fmt::format("{}:{}:{} ", finding.file, finding.begin.line, finding.begin.column));
    out += "<b>";
    out += to_text(finding.severity);
    out += "</b> ";
    append_markup(out, finding.rule->id);
    out += "</p><p>";
    append_markup(out, finding.message);
    out += "</p></article>\n";
}

}  // namespace

void print_diff_html(std::ostream& out, const Comparison& comparison, const DiffPrintOptions& options) {
    Sink sink(out);
    std::string& text = sink.text;
    append_html_head(text, "dectprov diff");
    text += "<header>\n<h1>What the servers will do</h1>\n<p>";
    append_markup(text, diff_counts(comparison));
    text += "</p>\n";
    if (!comparison.servers.empty()) append_forecasts_table(text, fold_forecasts(comparison, options.full));
    text += "</header>\n<main>\n";
    if (comparison.servers.empty()) text += "<p class=\"none\">There is no difference in meaning.</p>\n";
    if (!comparison.findings.empty()) {
        text += "<section>\n<h2>Findings</h2>\n";
        for (const std::size_t index : worst_first(comparison.findings)) {
            append_finding(text, comparison.findings[index]);
            sink.pass_on();
        }
        text += "</section>\n";
    }
    const std::vector<FoldedChange> changes = fold(comparison, options.full);
    if (!changes.empty()) {
        text += "<section>\n<h2>Changes</h2>\n";
        for (const FoldedChange& change : changes) {
            append_article(text, change);
            sink.pass_on();
        }
        text += "</section>\n";
    }
    text += "</main>\n<footer>dectprov ";
    append_markup(text, options.version);
    text += "</footer>\n</body>\n</html>\n";
    sink.flush();
}

}  // namespace dectprov
