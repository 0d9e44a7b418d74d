// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include "diag/fingerprint.hpp"
#include "odd_findings.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

using namespace dectprov;

namespace {

std::vector<std::string> prints_of(const std::vector<Finding>& findings) {
    std::vector<std::string> list;
    for (const Fingerprint& print : fingerprints(findings)) list.push_back(print.hex);
    return list;
}

Finding with(std::string file, std::string identity, std::uint32_t line = 1, std::string message = "m") {
    Finding finding = odd::finding(odd::value_type, std::move(file), line, 1, std::move(message));
    finding.identity = std::move(identity);
    return finding;
}

}  // namespace

TEST_CASE("no two findings share a fingerprint") {
    const std::vector<Finding> many = odd::of_size(50'000).findings;
    const std::vector<std::string> prints = prints_of(many);
    CHECK(std::set<std::string>(prints.begin(), prints.end()).size() == many.size());
    CHECK(std::ranges::all_of(prints, [](const std::string& print) { return print.size() == 32; }));
    // Where one field ends and the next begins makes a difference.
    const auto moved = prints_of({with("ab", "c"), with("a", "bc"), with("abc", ""), with("", "abc")});
    CHECK(std::set<std::string>(moved.begin(), moved.end()).size() == 4);
}

TEST_CASE("a fingerprint stays when lines, values and other elements change") {
    const auto before =
        prints_of({with("a.xml", "user[1]", 5, "'yes' is no boolean"), with("a.xml", "user[2]", 9)});
    const auto after = prints_of({with("a.xml", "user[0]", 2), with("a.xml", "user[2]", 4),
                                  with("a.xml", "user[1]", 700, "'no' is no boolean")});
    CHECK(before[0] == after[2]);
    CHECK(before[1] == after[1]);
}

TEST_CASE("equals are told apart by their order") {
    const std::vector<Finding> three(3, with("a.xml", "user[1]"));
    const std::vector<Fingerprint> prints = fingerprints(three);
    CHECK(prints[0].ordinal == 1);
    CHECK(prints[2].ordinal == 3);
    CHECK(prints[0].hex != prints[1].hex);
    CHECK(prints_of({three[0]})[0] == prints[0].hex);
}

TEST_CASE("fingerprints are the same on every machine and in every version") {
    // Hosts keep them for years: if this changes, every alert is closed and opened again.
    CHECK(prints_of({with("a.xml", "user[1]")})[0] == "8db687ea766b1e43e429a22c69efb3fa");
}
