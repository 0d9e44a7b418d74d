// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include "diag/baseline.hpp"
#include "odd_findings.hpp"
#include "source/failure.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <string>
#include <vector>

using namespace dectprov;

namespace {

Finding at(std::uint32_t line, std::string identity, const Rule& rule = odd::value_type) {
    Finding finding = odd::finding(rule, "a.xml", line, 1, "m");
    finding.identity = std::move(identity);
    return finding;
}

std::string failure_of(std::string_view text) {
    try {
        const Baseline baseline("base.json", text);
        return "(none)";
    } catch (const Failure& failure) {
        return failure.what();
    }
}

std::string as_given(std::string_view file) { return std::string(file); }

}  // namespace

TEST_CASE("a baseline hides what it was written from, wherever that stands now") {
    const std::string text = write_baseline(std::vector{at(3, "user[a]"), at(5, "user[b]")}, as_given);
    Baseline baseline("base.json", text);
    std::vector<Finding> findings = {at(1, "user[c]"), at(30, "user[b]"), at(50, "user[a]"),
                                     at(51, "user[a]", odd::value_space)};
    CHECK(baseline.hide(findings, as_given) == 2);
    REQUIRE(findings.size() == 2);
    CHECK(findings[0].identity == "user[c]");
    CHECK(findings[1].rule == &odd::value_space);
    CHECK(baseline.unused().empty());
}

TEST_CASE("a baseline counts: one more of the same is shown") {
    Baseline baseline("base.json", write_baseline(std::vector{at(3, "user[a]"), at(5, "user[a]")}, as_given));
    std::vector<Finding> findings = {at(1, "user[a]"), at(2, "user[a]"), at(3, "user[a]")};
    CHECK(baseline.hide(findings, as_given) == 2);
    REQUIRE(findings.size() == 1);
    CHECK(findings[0].begin.line == 3);
}

TEST_CASE("an entry that matches nothing is known by its place in the file") {
    const std::string text = write_baseline(std::vector{at(3, "user[\u00e4]"), at(5, "user[b]")}, as_given);
    Baseline baseline("base.json", text);
    std::vector<Finding> findings = {at(1, "user[b]"), at(2, "user[b]")};
    baseline.hide(findings, as_given);
    const auto unused = baseline.unused();
    REQUIRE(unused.size() == 1);
    CHECK(unused[0]->identity == "user[\u00e4]");
    // "    {"rule": …}," on the fifth line (user[b] sorts before).
    CHECK(unused[0]->begin == Position{.line = 5, .column = 5});
    CHECK(unused[0]->end.line == 5);
    const std::string line = text.substr(text.rfind("    {"));
    // The letter before it has two bytes and one column; columns count from 1 and the end is exclusive.
    CHECK(unused[0]->end.column == line.find('}') + 1);

    const Finding finding = Baseline::finding(*unused[0], "base.json", odd::fleet_note, Severity::note);
    CHECK(finding.file == "base.json");
    CHECK(finding.begin == unused[0]->begin);
    CHECK(finding.message == "value/type is no longer found in a.xml at user[\u00e4]");
}

TEST_CASE("a baseline is sorted, an entry a line, and has no line and no value") {
    const std::string text = write_baseline(
        std::vector{at(9, "user[b]"), at(8, "user[a]"), at(7, "user[b]", odd::value_space)}, as_given);
    CHECK(text ==
          "{\n  \"version\": 1,\n  \"entries\": [\n"
          "    {\"rule\": \"value/space\", \"file\": \"a.xml\", \"identity\": \"user[b]\", \"count\": 1},\n"
          "    {\"rule\": \"value/type\", \"file\": \"a.xml\", \"identity\": \"user[a]\", \"count\": 1},\n"
          "    {\"rule\": \"value/type\", \"file\": \"a.xml\", \"identity\": \"user[b]\", \"count\": 1}\n"
          "  ]\n}\n");
    CHECK(write_baseline({}, as_given) == "{\n  \"version\": 1,\n  \"entries\": []\n}\n");
}

TEST_CASE("a baseline of odd findings is read back and hides them all") {
    const Results results = odd::all();
    Baseline baseline("base.json", write_baseline(results.findings, as_given));
    std::vector<Finding> findings = results.findings;
    std::erase_if(findings, [](const Finding& finding) { return finding.file.starts_with("bad"); });
    const std::size_t count = findings.size();
    CHECK(baseline.hide(findings, as_given) == count);
    CHECK(Baseline("b", write_baseline({}, as_given)).unused().empty());
}

TEST_CASE("two entries of one key add up, as a merge leaves them") {
    const std::string entry = R"({"rule": "value/type", "file": "a.xml", "identity": "user[a]", "count": 1})";
    Baseline baseline("b", R"({"entries": [)" + entry + ", " + entry + R"(], "version": 1})");
    std::vector<Finding> findings = {at(1, "user[a]"), at(2, "user[a]"), at(3, "user[a]")};
    CHECK(baseline.hide(findings, as_given) == 2);
}

TEST_CASE("what is no baseline is refused with its place") {
    CHECK(failure_of("").starts_with("base.json:1:1: error: this is not JSON"));
    CHECK(failure_of("{\n  \"version\": 1,\n  \"entries\": [}")
              .starts_with("base.json:3:15: error: this is not JSON"));
    CHECK(failure_of("[]").starts_with("base.json:1:1: error: a list that does not belong in a baseline"));
    CHECK(failure_of(R"({"version": 2, "entries": []})").find("version 2") != std::string::npos);
    CHECK(failure_of(R"({"version": 1})").find("missing") != std::string::npos);
    CHECK(failure_of(R"({"version": 1, "entries": [{"rule": 5}]})").find("a number") != std::string::npos);
    CHECK(failure_of(R"({"version": 1, "entries": [{}]})").find("without a rule") != std::string::npos);
    CHECK(failure_of(R"({"version": 1, "entries": [[[[[]]]]]})").find("a list") != std::string::npos);
    CHECK(failure_of(R"({"version": 1, "entries": [{"rule": "a/b", "count": 0}]})").find("a number") !=
          std::string::npos);
    CHECK(failure_of(R"({"version": 1, "entries": []})") == "(none)");
}
