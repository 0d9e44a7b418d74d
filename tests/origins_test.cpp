// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "catalog/config.hpp"
#include "catalog/entries.hpp"
#include "catalog/firmware.hpp"
#include "rules/families.hpp"
#include "workbench.hpp"

// Every line of the guide that a rule or a row of the catalogue cites, with some words of it:
// tests/origins.tsv.

using namespace dectprov;

namespace {

// "config.sip 1599": what cites, and the first line of each range that it cites.
using Citations = std::vector<std::string>;

bool is_digit(char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; }

// The lists behind each "guide line": "guide line 844, 1197-1199, 12".
void collect(std::string_view what, std::string_view origin, Citations& citations) {
    constexpr std::string_view mark = "guide line ";
    for (std::size_t at = origin.find(mark); at != std::string_view::npos; at = origin.find(mark, at)) {
        at += mark.size();
        REQUIRE_MESSAGE((at < origin.size() && is_digit(origin[at])), origin);
        while (at < origin.size() && is_digit(origin[at])) {
            std::size_t end = at;
            while (end < origin.size() && is_digit(origin[end])) ++end;
            citations.push_back(fmt::format("{} {}", what, origin.substr(at, end - at)));
            while (end < origin.size() && (is_digit(origin[end]) || origin[end] == '-')) ++end;
            at = origin.substr(end).starts_with(", ") ? end + 2 : end;
        }
    }
}

Citations all_citations() {
    Citations citations;
    for (const Rule* rule : all_rules()) collect(rule->id, rule->origin, citations);
    for (const Param* row : builtin_rows) collect(row->path, row->origin, citations);
    collect(merge_type.path, merge_type.origin, citations);
    for (const FirmwareElement& row : firmware_elements) collect(row.device, row.origin, citations);
    const auto facts = [&](const auto& rows) {
        for (const FirmwareFact& row : rows) collect(row.what, row.origin, citations);
    };
    facts(firmware_releases);
    facts(firmware_forms);
    facts(firmware_part_numbers);
    std::ranges::sort(citations);
    citations.erase(std::unique(citations.begin(), citations.end()), citations.end());
    return citations;
}

struct Row {
    std::string citation;
    std::size_t line;
    std::string words;
};

std::vector<Row> table() {
    std::vector<Row> rows;
    for (const std::string& line : workbench::lines_of(workbench::read(DECTPROV_ROOT "/tests/origins.tsv"))) {
        const std::size_t first = line.find('\t');
        const std::size_t second = line.find('\t', first + 1);
        if (second == std::string::npos || !is_digit(line[first + 1])) continue;
        const std::string number = line.substr(first + 1, second - first - 1);
        rows.push_back({.citation = fmt::format("{} {}", line.substr(0, first), number),
                        .line = std::stoul(number),
                        .words = line.substr(second + 1)});
    }
    return rows;
}

bool is_blank(const std::string& line) { return line.find_first_not_of(" \t\r") == std::string::npos; }

// What stands between blank lines as a title does: no sentence, no markup, no row of a table.
bool is_heading(const std::vector<std::string>& guide, std::size_t at) {
    const std::string& line = guide[at];
    const std::string text = line.substr(0, line.find_last_not_of(" \t\r") + 1);
    if (text.starts_with("Note") || text == "**Note:**") return text.size() < 40;
    const bool alone = at > 0 && is_blank(guide[at - 1]) && at + 1 < guide.size() && is_blank(guide[at + 1]);
    constexpr std::size_t longest = 80;
    return alone && text.size() <= longest && text.find(' ') != std::string::npos && !text.starts_with("-") &&
           !text.starts_with("*") && !is_digit(text.front()) && !text.ends_with('.') &&
           !text.ends_with(':') && text.find_first_of("<>\"\t`=") == std::string::npos;
}

}  // namespace

TEST_CASE("every cited line of the guide has its words in the table, and no other has") {
    Citations listed;
    for (const Row& row : table()) {
        CAPTURE(row.citation);
        CHECK_FALSE(row.words.empty());
        CHECK(std::ranges::count(row.words, ' ') < 6);
        listed.push_back(row.citation);
    }
    std::ranges::sort(listed);
    CHECK(fmt::format("{}", fmt::join(listed, "\n")) == fmt::format("{}", fmt::join(all_citations(), "\n")));
}

TEST_CASE("a cited line of the guide says what the table has of it" * doctest::test_suite("shared")) {
    const auto path = workbench::beside_repository("reference/provisioning-guide.txt");
    if (!path) return;
    const std::vector<std::string> guide = workbench::lines_of(workbench::read(*path));
    for (const Row& row : table()) {
        CAPTURE(row.citation);
        REQUIRE(row.line >= 1);
        REQUIRE(row.line <= guide.size());
        const std::string& line = guide[row.line - 1];
        CHECK_FALSE(is_blank(line));
        CHECK_FALSE(line.starts_with("```"));
        CHECK_FALSE(is_heading(guide, row.line - 1));
        CHECK(line.find(row.words) != std::string::npos);
    }
}
