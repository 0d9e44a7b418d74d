// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include "diag/format.hpp"
#include "odd_findings.hpp"

#include <nlohmann/json.hpp>

#include <set>
#include <sstream>
#include <string>
#include <vector>

using namespace dectprov;
using nlohmann::json;

namespace {

json sarif_of(const Results& results) {
    static const std::vector<const Rule*> catalogue = {&odd::value_type, &odd::value_space, &odd::fleet_note};
    std::ostringstream out;
    print_sarif(out, results, {.version = "1.2.3", .rules = catalogue});
    return json::parse(out.str());
}

// RFC 3986: a relative reference of path characters, or file:// and such a path.
bool is_uri_reference(std::string uri) {
    if (uri.starts_with("file:///")) uri.erase(0, 7);
    if (uri.empty() || uri.substr(0, uri.find('/')).find(':') != std::string::npos) return false;
    for (std::size_t i = 0; i < uri.size(); ++i) {
        const char c = uri[i];
        if (c == '%') {
            if (i + 2 >= uri.size() || std::isxdigit(uri[i + 1]) == 0 || std::isxdigit(uri[i + 2]) == 0)
                return false;
        } else if (std::isalnum(static_cast<unsigned char>(c)) == 0 &&
                   std::string_view("-._~!$&'()*+,;=:@/").find(c) == std::string_view::npos) {
            return false;
        }
    }
    return true;
}

void check_location(const json& location) {
    const json& physical = location.at("physicalLocation");
    CAPTURE(physical.dump());
    CHECK(is_uri_reference(physical.at("artifactLocation").at("uri")));
    const json& region = physical.at("region");
    CHECK(region.at("startLine") >= 1);
    CHECK(region.at("startColumn") >= 1);
    CHECK(std::pair(region.at("endLine").get<int>(), region.at("endColumn").get<int>()) >=
          std::pair(region.at("startLine").get<int>(), region.at("startColumn").get<int>()));
}

}  // namespace

TEST_CASE("sarif has what the standard and code scanning require, whatever is in the findings") {
    for (const Results& results : {odd::all(), odd::results({}), odd::of_size(10'000)}) {
        const json log = sarif_of(results);
        CHECK(log.at("version") == "2.1.0");
        REQUIRE(log.at("runs").size() == 1);
        const json& run = log["runs"][0];
        CHECK(run.at("columnKind") == "unicodeCodePoints");
        const json& rules = run.at("tool").at("driver").at("rules");
        CHECK(run["tool"]["driver"].at("name") == "dectprov");
        std::set<std::string> ids;
        for (const json& rule : rules) {
            CHECK(ids.insert(rule.at("id")).second);
            CHECK(rule.at("shortDescription").at("text") != "");
            if (rule.contains("fullDescription")) CHECK(rule["fullDescription"].at("text") != "");
            CHECK(rule.at("properties").at("tags").size() <= 10);
            CHECK(!rule.contains("helpUri"));
        }
        REQUIRE(run.at("results").is_array());
        CHECK(run["results"].size() == results.findings.size());
        std::set<std::string> prints;
        for (const json& result : run["results"]) {
            CHECK(rules.at(result.at("ruleIndex").get<std::size_t>()).at("id") == result.at("ruleId"));
            CHECK(result.at("message").at("text") != "");
            CHECK(!result.contains("suppressions"));
            CHECK(prints.insert(result.at("partialFingerprints").at("dectprov/v1")).second);
            REQUIRE(result.at("locations").size() == 1);
            check_location(result["locations"][0]);
            if (!result.contains("relatedLocations")) continue;
            CHECK(result["relatedLocations"].size() <= 100);
            for (const json& related : result["relatedLocations"]) {
                check_location(related);
                CHECK(related.at("message").at("text") != "");
            }
        }
    }
}

TEST_CASE("sarif names a file as a reference relative to the repository") {
    const auto uri_of = [](std::string file) {
        const json log = sarif_of(odd::results({odd::finding(odd::value_type, std::move(file), 1, 1, "m")}));
        return log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
            .get<std::string>();
    };
    CHECK(uri_of("a b/c.xml") == "a%20b/c.xml");
    CHECK(uri_of("c:first%.xml") == "c%3Afirst%25.xml");
    CHECK(uri_of("s\u00f8.xml") == "s%C3%B8.xml");
    CHECK(uri_of("/abs/a#b?.xml") == "file:///abs/a%23b%3F.xml");
    CHECK(uri_of("") == ".");
}

TEST_CASE("sarif carries the text of a rule and no mark of its examples") {
    const json log = sarif_of(odd::all());
    const json& rules = log["runs"][0]["tool"]["driver"]["rules"];
    CHECK(rules[0]["id"] == "value/type");
    CHECK(rules[0]["defaultConfiguration"]["level"] == "error");
    const std::string markdown = rules[0]["help"]["markdown"];
    CHECK(markdown.find("```xml\n<users><user><disabled>yes</disabled>") != std::string::npos);
    CHECK(markdown.find("\u00ab") == std::string::npos);
    CHECK(markdown.find("&lt;disabled&gt;") != std::string::npos);
    CHECK(rules[0]["help"]["text"].get<std::string>().find("guide ch. 2") != std::string::npos);
    // The fleet's own rule stands behind the catalogue's.
    CHECK(rules[3]["id"] == "policy/https-only");
}

TEST_CASE("a sarif run without findings still has its results and the rules") {
    const json log = sarif_of(odd::results({}));
    CHECK(log["runs"][0]["results"] == json::array());
    CHECK(log["runs"][0]["tool"]["driver"]["rules"].size() == 3);
}
