// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "analyse.hpp"
#include "analysis/rule_index.hpp"
#include "exchange.hpp"
#include "load/load_server.hpp"
#include "probe/probe.hpp"
#include "rules/check.hpp"
#include "rules/families.hpp"
#include "workbench.hpp"

using namespace dectprov;

namespace {

constexpr std::string_view opening = "«";
constexpr std::string_view closing = "»";

// An example without its marks, and the places that were marked.
struct Marked {
    struct Range {
        std::uint32_t begin;
        std::uint32_t end;
    };
    std::string text;
    std::vector<Range> places;
};

Marked read_marks(std::string_view example) {
    Marked marked;
    while (!example.empty()) {
        if (example.starts_with(opening)) {
            const auto at = static_cast<std::uint32_t>(marked.text.size());
            marked.places.push_back({.begin = at, .end = at});
            example.remove_prefix(opening.size());
        } else if (example.starts_with(closing)) {
            marked.places.back().end = static_cast<std::uint32_t>(marked.text.size());
            example.remove_prefix(closing.size());
        } else {
            marked.text += example.front();
            example.remove_prefix(1);
        }
    }
    return marked;
}

std::string identity_of(const Rule& rule) {
    return rule.model == "vso" ? "89fed27f-7c47-43f5-8347-cb854cedc538" : "0013d1800032";
}

std::string name_of(const Rule& rule) {
    switch (rule.example) {
        case Example::none:
            break;
        case Example::config:
            return file_name(identity_of(rule), Role::config);
        case Example::users:
            return file_name(identity_of(rule), Role::users);
        case Example::handset:
            return file_name(identity_of(rule), Role::group, 100);
        case Example::list:
            return file_name(identity_of(rule), Role::list);
        case Example::site:
            return "site.yaml";
        case Example::exchange:
            break;
    }
    return {};
}

Files files_with(const Rule& rule, const std::string& text) {
    Files files = Files::memory();
    if (!rule.model.empty() && rule.example != Example::site) {
        files.lay_over(".dectprov.yaml",
                       fmt::format("servers:\n  {}: {{model: \"{}\"}}\n", identity_of(rule), rule.model));
    }
    files.lay_over(name_of(rule), text);
    if (rule.example != Example::list) return files;
    // A list alone is not a set: the files of the good example's groups are there.
    for (std::size_t at = 0; (at = rule.good.find("GROUP", at)) != std::string_view::npos;) {
        at += 5;
        const auto group = static_cast<std::uint32_t>(std::stoul(std::string(rule.good.substr(at))));
        files.lay_over(
            file_name(identity_of(rule), Role::group, group),
            fmt::format("<cota><info><group>{}</group><version>1</version></info></cota>\n", group));
    }
    return files;
}

RuleIndex rule_index() { return {.find = find_rule, .all = all_rules()}; }

// Asks for the server of an example, whose provisioning server answers what the example says.
LintResult probe_example(const Rule& rule, const std::string& text) {
    const exchange::Exchange said = exchange::parse(text);
    Files files = Files::memory();
    for (const auto& [name, bytes] : said.files) files.lay_over(name, bytes);
    ConfigFiles configs(files, std::nullopt, false, rule_index());
    const Inputs inputs = said.files.empty() ? Inputs() : find_inputs(files, {"."}, {}, configs);
    ThreadPool pool(1);
    const Session session(files, pool, {.thresholds = {.min_severity = Severity::note}});
    Described described(session, inputs, {"."});
    if (said.files.empty()) described.add(*parse_identity(identity_of(rule)), nullptr);
    ProbePlan plan;
    std::string why;
    plan.address = parse_address("https://prov.example.com/dect", why);
    exchange::Replies replies(said);
    return probe(session, described, plan, replies.network()).lint;
}

LintResult lint_example(const Rule& rule, const std::string& text) {
    if (rule.example == Example::exchange) return probe_example(rule, text);
    const Files files = files_with(rule, text);
    ConfigFiles configs(files, std::nullopt, false, rule_index());
    const Inputs inputs = find_inputs(files, {name_of(rule)}, {}, configs);
    return analyse::lint(files, inputs, {.thresholds = {.min_severity = Severity::note}});
}

std::string place(const Position& begin, const Position& end) {
    return fmt::format("{}:{}-{}:{}", begin.line, begin.column, end.line, end.column);
}

// Where a rule is found, as text that can be read when a test fails. What is served is found at its URL.
std::vector<std::string> places_of(const LintResult& result, const Rule& rule) {
    std::vector<std::string> places;
    for (const Finding& finding : result.findings) {
        if (finding.rule == &rule && rule.example == Example::exchange) {
            places.push_back(finding.file);
        } else if (finding.rule == &rule)
            places.push_back(place(finding.begin, finding.end));
    }
    std::ranges::sort(places);
    return places;
}

// Findings of other rules; notes do not count, since an example of one thing may be worth a note for another.
std::vector<std::string> others(const LintResult& result, const Rule& rule) {
    std::vector<std::string> found;
    for (const Finding& finding : result.findings) {
        if (finding.rule == &rule || finding.severity <= Severity::note) continue;
        found.push_back(
            fmt::format("{} {}: {}", finding.rule->id, place(finding.begin, finding.end), finding.message));
    }
    found.insert(found.end(), result.failures.begin(), result.failures.end());
    return found;
}

// The fixes of a rule in a file, as the checks give them.
std::vector<Fix> fixes_of(const Rule& rule, const std::string& text) {
    const Files files = files_with(rule, text);
    ConfigFiles configs(files, std::nullopt, false, rule_index());
    const Inputs inputs = find_inputs(files, {name_of(rule)}, {}, configs);
    REQUIRE(inputs.servers.size() == 1);
    SourceSet sources;
    Report report;
    const LoadedServer loaded = load_server(files, inputs.servers.front(), std::nullopt,
                                            declared_of(inputs.servers.front()), sources, report);
    check(loaded.server, report);
    std::vector<Fix> fixes;
    for (const Diagnostic& diagnostic : report.all()) {
        if (diagnostic.rule == &rule && diagnostic.fix) fixes.push_back(*diagnostic.fix);
    }
    return fixes;
}

std::string group_of(const Rule& rule) { return std::string(rule.id.substr(0, rule.id.find('/'))); }

// The rules that a page of the design lists, with their severities.
struct DesignRules {
    std::map<std::string, std::string> rules;
    std::map<std::string, std::string> by_comparison;
};
DesignRules design_rules(const std::string& page) {
    DesignRules found;
    bool compared = false;
    for (const std::string& line : workbench::lines_of(page)) {
        if (line.starts_with("## ")) compared = line.starts_with("## By comparison");
        if (!line.starts_with("| `")) continue;
        const std::size_t id_end = line.find("` |", 3);
        const std::size_t severity = id_end == std::string::npos ? id_end : id_end + 4;
        if (severity == std::string::npos || line.find(" |", severity) == std::string::npos) continue;
        const std::string id = line.substr(3, id_end - 3);
        if (id.find('/') == std::string::npos || id.find(' ') != std::string::npos || id == "policy/NAME")
            continue;
        (compared ? found.by_comparison : found.rules)[id] =
            line.substr(severity, line.find(" |", severity) - severity);
    }
    return found;
}

}  // namespace

TEST_CASE("the bad example of every rule has the rule at exactly the marked places") {
    for (const Rule* rule : all_rules()) {
        if (rule->example == Example::none) continue;
        const std::string id(rule->id);
        CAPTURE(id);
        const Marked bad = read_marks(rule->bad);
        CHECK_FALSE(bad.places.empty());
        SourceSet sources;
        const FileId file = sources.add("example", bad.text);
        std::vector<std::string> expected;
        for (const auto& range : bad.places) {
            if (rule->example == Example::exchange) {
                expected.push_back(bad.text.substr(range.begin, range.end - range.begin));
                continue;
            }
            expected.push_back(place(sources.position(file, range.begin), sources.position(file, range.end)));
        }
        std::ranges::sort(expected);
        const LintResult result = lint_example(*rule, bad.text);
        CHECK(fmt::format("{}", fmt::join(places_of(result, *rule), " ")) ==
              fmt::format("{}", fmt::join(expected, " ")));
        CHECK(fmt::format("{}", fmt::join(others(result, *rule), "; ")) == std::string());
    }
}

TEST_CASE("the good example of every rule has the rule nowhere, and no other fault") {
    for (const Rule* rule : all_rules()) {
        if (rule->example == Example::none) continue;
        const std::string id(rule->id);
        CAPTURE(id);
        CHECK(rule->good.find(opening) == std::string_view::npos);
        const LintResult result = lint_example(*rule, std::string(rule->good));
        CHECK(fmt::format("{}", fmt::join(places_of(result, *rule), " ")) == std::string());
        CHECK(fmt::format("{}", fmt::join(others(result, *rule), "; ")) == std::string());
    }
}

TEST_CASE("where a rule has a fix, the fixed bad example is the good one") {
    std::size_t fixed = 0;
    for (const Rule* rule : all_rules()) {
        if (rule->example == Example::none || rule->example == Example::site ||
            rule->example == Example::exchange)
            continue;
        const std::string id(rule->id);
        CAPTURE(id);
        std::string text = read_marks(rule->bad).text;
        std::vector<Fix> fixes = fixes_of(*rule, text);
        if (fixes.empty()) continue;
        ++fixed;
        std::ranges::sort(fixes, std::greater<>(), [](const Fix& fix) { return fix.span.begin; });
        for (const Fix& fix : fixes) {
            text.replace(fix.span.begin, fix.span.end - fix.span.begin, fix.replacement);
        }
        CHECK(text == rule->good);
    }
    CHECK(fixed >= 3);
}

TEST_CASE("every rule has one id, a severity and complete texts") {
    std::set<std::string_view> ids;
    for (const Rule* rule : all_rules()) {
        const std::string id(rule->id);
        CAPTURE(id);
        CHECK(ids.insert(rule->id).second);
        CHECK(rule->severity != Severity::off);
        CHECK(std::ranges::all_of(rule->id,
                                  [](char c) { return (c >= 'a' && c <= 'z') || c == '/' || c == '-'; }));
        CHECK(std::ranges::count(rule->id, '/') == 1);
        CHECK_FALSE(rule->summary.empty());
        CHECK_FALSE(rule->summary.ends_with('.'));
        CHECK(rule->summary.find('\n') == std::string_view::npos);
        CHECK(rule->why.ends_with('.'));
        CHECK_FALSE(rule->origin.empty());
        CHECK(rule->bad.empty() == (rule->example == Example::none));
        CHECK(rule->good.empty() == (rule->example == Example::none));
        CHECK(find_rule(rule->id) == rule);
    }
    CHECK(find_rule("value/nothing") == nullptr);
    CHECK(find_rule("") == nullptr);
}

TEST_CASE("the rules of a group stand together") {
    std::set<std::string> seen;
    std::string current;
    for (const Rule* rule : all_rules()) {
        const std::string group = group_of(*rule);
        if (group == current) continue;
        CHECK(seen.insert(group).second);
        current = group;
    }
}

TEST_CASE("the rules are those of the design, with its severities" * doctest::test_suite("shared")) {
    const auto design = workbench::beside_repository("design/rules.md");
    const auto to_come = workbench::beside_repository("design/rules-next.md");
    if (!design || !to_come) return;
    const DesignRules wanted = design_rules(workbench::read(*design));
    const DesignRules allowed = design_rules(workbench::read(*to_come));
    CHECK(wanted.rules.size() > 80);
    std::map<std::string, std::string> rows;
    for (const Rule* rule : all_rules()) rows[std::string(rule->id)] = to_text(rule->severity);
    for (const auto& one : wanted.rules) {
        CAPTURE(one.first);
        CHECK(rows[one.first] == one.second);
    }
    const auto severity_in = [](const std::map<std::string, std::string>& table, const std::string& id) {
        const auto found = table.find(id);
        return found == table.end() ? std::string() : found->second;
    };
    for (const auto& one : rows) {
        const std::string& id = one.first;
        if (wanted.rules.contains(id)) continue;
        CAPTURE(id);
        const std::string next = severity_in(allowed.rules, id);
        CHECK((next.empty() ? severity_in(wanted.by_comparison, id) : next) == one.second);
    }
}

TEST_CASE("a rule that needs more than one file is shown by a case") {
    const std::filesystem::path folder = DECTPROV_ROOT "/tests/cases";
    std::string cases;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (entry.path().extension() == ".case") cases += workbench::read(entry.path());
    }
    for (const Rule* rule : all_rules()) {
        if (rule->example != Example::none) continue;
        const std::string id(rule->id);
        CAPTURE(id);
        CHECK(cases.find("[" + id + "]") != std::string::npos);
    }
}
