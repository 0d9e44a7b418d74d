// SPDX-License-Identifier: MIT
#include "diag/html_page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "catalog/explanation.hpp"
#include "diag/escape.hpp"
#include "diag/explain.hpp"
#include "diag/html_assets.hpp"

namespace dectprov {
namespace {

void append_choice(std::string& out, std::string_view name, std::string_view label, std::string_view all,
                   const std::vector<std::string_view>& choices) {
    if (choices.empty()) return;
    fmt::format_to(std::back_inserter(out),
                   R"(<select name="{}" aria-label="{}"><option value="">{}</option>)", name, label, all);
    for (std::size_t i = 0; i < choices.size(); ++i) {
        fmt::format_to(std::back_inserter(out), R"(<option value="{}">)", i);
        append_markup(out, choices[i]);
        out += "</option>";
    }
    out += "</select>\n";
}

void append_explanation(std::string& out, const Explanation& explanation) {
    for (const Explanation::Part& part : explanation.parts) {
        switch (part.form) {
            case Explanation::Form::line:
                continue;
            case Explanation::Form::text:
                out += "<p>";
                append_markup(out, part.text);
                out += "</p>";
                break;
            case Explanation::Form::code:
                out += R"(<p class="more">)";
                append_markup(out, part.heading);
                out += ":</p><pre>";
                std::string_view rest = part.text;
                while (!rest.empty()) {
                    const std::size_t end = std::min(rest.find('\n'), rest.size());
                    append_markup(out, rest.substr(0, end));
                    out += '\n';
                    rest.remove_prefix(std::min(end + 1, rest.size()));
                }
                out += "</pre>";
                break;
        }
    }
}

}  // namespace

void append_html_head(std::string& out, std::string_view title) {
    out += "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n";
    // Texts of the files stand in this page: whatever slips through, nothing is fetched or sent.
    out += R"(<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src )"
           "'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n"
           "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>";
    append_markup(out, title);
    out += "</title>\n<style>";
    out += html_style;
    out += "</style>\n</head>\n<body>\n";
}

void append_html_tail(std::string& out, std::string_view version) {
    out += "<footer>dectprov ";
    append_markup(out, version);
    out += "</footer>\n<script>";
    out += html_script;
    out += "</script>\n</body>\n</html>\n";
}

void append_html_filter(std::string& out, const HtmlFilter& filter) {
    out +=
        "<form>\n<input type=\"search\" name=\"q\" placeholder=\"Filter by words\" "
        "aria-label=\"Filter by words\">\n";
    append_choice(out, "server", "Server", "all servers", filter.servers);
    append_choice(out, "rule", "Rule", "all rules", filter.rules);
    for (const auto& [kind, label] : filter.kinds) {
        fmt::format_to(std::back_inserter(out),
                       "<label><input type=\"checkbox\" name=\"{}\" checked> {}</label>\n", kind, label);
    }
    out += "<output></output>\n</form>\n";
}

void HtmlRules::add(const Rule& rule) {
    if (numbers_.emplace(rule.id, rules_.size()).second) rules_.push_back(&rule);
}

std::vector<std::string_view> HtmlRules::names() const {
    std::vector<std::string_view> names;
    for (const Rule* rule : rules_) names.push_back(rule->id);
    return names;
}

void HtmlRules::append_name(std::string& out, const Rule& rule) const {
    out += R"(<button type="button" class="rule" aria-expanded="false">)";
    append_markup(out, rule.id);
    out += "</button>";
}

void HtmlRules::append_explanations(std::string& out) const {
    if (rules_.empty()) return;
    out += "<section class=\"rules\">\n<h2 class=\"words\">Rules</h2>\n";
    for (std::size_t i = 0; i < rules_.size(); ++i) {
        const Explanation explanation = explain(*rules_[i]);
        fmt::format_to(std::back_inserter(out), R"(<details id="r{}"><summary>)", i);
        append_markup(out, explanation.title);
        out += ": ";
        append_markup(out, explanation.summary);
        out += "</summary><div>";
        append_explanation(out, explanation);
        out += "</div></details>\n";
    }
    out += "</section>\n";
}

}  // namespace dectprov
