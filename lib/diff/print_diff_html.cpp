// SPDX-License-Identifier: MIT
#include <cstddef>
#include <iterator>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <fmt/format.h>

#include "diag/escape.hpp"
#include "diag/html_page.hpp"
#include "diag/shorten.hpp"
#include "diag/sink.hpp"
#include "diag/tally.hpp"
#include "diff/diff_format.hpp"
#include "diff/fold.hpp"

namespace dectprov {
namespace {

bool are_folded(const std::vector<std::string_view>& servers) { return servers.size() > most_servers + 1; }

// All names are there for those who ask, behind the few that are shown.
void append_servers(std::string& out, const std::vector<std::string_view>& servers) {
    if (!are_folded(servers)) {
        append_markup(out, whose(servers));
        return;
    }
    out += "<details><summary>";
    append_markup(out, whose(servers));
    out += "</summary>";
    append_markup(out, list_of(servers, servers.size()));
    out += "</details>";
}

// The servers that differ have numbers, by which the list is narrowed.
class ServerNumbers {
public:
    explicit ServerNumbers(const Comparison& comparison) {
        for (const ServerDiff& server : comparison.servers) {
            if (numbers_.emplace(server.label(), names_.size()).second) names_.push_back(server.label());
            // Findings name the identity alone.
            numbers_.emplace(server.identity, numbers_.at(server.label()));
        }
    }

    [[nodiscard]] const std::vector<std::string_view>& names() const { return names_; }
    void append(std::string& out, std::span<const std::string_view> servers) const {
        out += R"( data-s=")";
        std::string_view blank;
        for (const std::string_view server : servers) {
            const auto number = numbers_.find(server);
            if (number == numbers_.end()) continue;
            out += blank;
            append_number(out, number->second);
            blank = " ";
        }
        out += '"';
    }

private:
    std::vector<std::string_view> names_;
    std::unordered_map<std::string_view, std::size_t> numbers_;
};

void append_forecasts_table(std::string& out, const std::vector<FoldedForecast>& forecasts,
                            const ServerNumbers& numbers) {
    out +=
        "<table class=\"wide\">\n<thead><tr><th scope=\"col\">server</th><th scope=\"col\">what it will "
        "do</th><th "
        "scope=\"col\">when</th></tr>"
        "</thead>\n<tbody>\n";
    for (const FoldedForecast& folded : forecasts) {
        const ServerDiff& server = *folded.server;
        out += "<tr";
        numbers.append(out, folded.servers);
        out += "><td>";
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

void append_article(std::string& out, const FoldedChange& folded, const ServerNumbers& numbers) {
    const Change& change = *folded.change;
    out += R"(<article class=")";
    out += weight_of(folded);
    out += R"(" data-k=")";
    out += to_text(change.kind);
    out += '"';
    numbers.append(out, folded.servers);
    out += R"(><p class="at"><b>)";
    out += to_text(change.kind);
    out += "</b> ";
    append_markup(out, place_of(change));
    // What folds out cannot stand in a paragraph.
    const bool folds_out = are_folded(folded.servers);
    out += folds_out ? "</p>" : " \u00b7 ";
    append_servers(out, folded.servers);
    out += folds_out ? "<p>" : "</p><p>";
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
        append_markup(out, fmt::format("{}: {}", path, shortened_name(value)));
        out += "</p>";
    }
    for (const Effect& effect : change.effects) {
        out += R"(<p class="more">)";
        append_markup(out, effect.text);
        out += "</p>";
    }
    out += "</article>\n";
}

void append_diff_finding(std::string& out, const Finding& finding, const ServerNumbers& numbers,
                         const HtmlRules& rules) {
    fmt::format_to(std::back_inserter(out), R"(<article class="{}" data-k="finding" data-r="{}")",
                   to_text(finding.severity), rules.number(*finding.rule));
    const std::string_view server = finding.server;
    numbers.append(out, {&server, 1});
    out += R"(><p class="at">)";
    append_markup(out, fmt::format("{}:{}:{} ", finding.file, finding.begin.line, finding.begin.column));
    out += "<b>";
    out += to_text(finding.severity);
    out += "</b> ";
    rules.append_name(out, *finding.rule);
    out += "</p><p>";
    append_markup(out, finding.message);
    out += "</p></article>\n";
}

// The kinds that there are, in their order.
HtmlFilter diff_filter(const Comparison& comparison, const ServerNumbers& numbers, const HtmlRules& rules) {
    HtmlFilter filter{.servers = numbers.names(), .rules = rules.names(), .kinds = {}};
    if (!comparison.findings.empty()) filter.kinds.emplace_back("finding", "findings");
    for (const ChangeKind kind : {ChangeKind::added, ChangeKind::removed, ChangeKind::changed})
        filter.kinds.emplace_back(to_text(kind), to_text(kind));
    return filter;
}

}  // namespace

void print_diff_html(std::ostream& out, const Comparison& comparison, const DiffPrintOptions& options) {
    Sink sink(out);
    std::string& text = sink.text;
    append_html_head(text, "dectprov diff");
    text += "<header>\n<h1>What the servers will do</h1>\n<p>";
    append_markup(text, diff_counts(comparison));
    text += "</p>\n";
    const ServerNumbers numbers(comparison);
    HtmlRules rules;
    const std::vector<std::size_t> findings = worst_first(comparison.findings);
    for (const std::size_t index : findings) rules.add(*comparison.findings[index].rule);
    if (!comparison.servers.empty())
        append_forecasts_table(text, fold_forecasts(comparison, options.full), numbers);
    text += "</header>\n<main>\n";
    const std::vector<FoldedChange> changes = fold(comparison, options.full);
    if (comparison.servers.empty()) text += "<p class=\"none\">There is no difference in meaning.</p>\n";
    if (!findings.empty() || !changes.empty())
        append_html_filter(text, diff_filter(comparison, numbers, rules));
    if (!findings.empty()) {
        text += "<section>\n<h2 class=\"words\">Findings</h2>\n";
        for (const std::size_t index : findings) {
            append_diff_finding(text, comparison.findings[index], numbers, rules);
            sink.pass_on();
        }
        text += "</section>\n";
    }
    if (!changes.empty()) {
        text += "<section>\n<h2 class=\"words\">Changes</h2>\n";
        for (const FoldedChange& change : changes) {
            append_article(text, change, numbers);
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
