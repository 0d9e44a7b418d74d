// SPDX-License-Identifier: MIT
#include "doc/ver_list.hpp"

#include <doctest/doctest.h>

#include <string>

#include "diag/rules.hpp"

using namespace dectprov;

namespace {

struct List {
    SourceSet sources;
    Report report;
    VersionList read;

    explicit List(std::string text) {
        const FileId file = sources.add("l.ver", std::move(text));
        read = read_version_list(sources, file, report);
    }

    std::string lines() const {
        std::string out;
        for (const VersionLine& line : read.lines) {
            CHECK(sources.text(line.group_digits) == line.group);
            CHECK(sources.text(line.version_digits) == line.version);
            out += std::string(sources.text(line.group_span)) + "=" + std::string(line.version) + " ";
        }
        return out;
    }
    std::string problems() const {
        std::string out;
        for (const Diagnostic& d : report.all()) {
            const Position at = sources.position(d.place.span.file, d.place.span.begin);
            out += std::to_string(at.line) + ":" + std::to_string(at.column) + " ";
        }
        return out;
    }
};

std::string release(std::string_view text) {
    const auto found = parse_firmware_version(text);
    return found ? found->release + "/" + found->build : "";
}

}  // namespace

TEST_CASE("a number that no group has is a finding at it, and no line") {
    const List list(
        "GROUP0 VERSION1\nGROUP10000 VERSION1\nGROUP99999999999999999999999 VERSION3\nGROUP1 VERSION1\n");
    CHECK(list.problems() == "1:6 2:6 3:6 ");
    CHECK(list.lines() == "GROUP1=1 ");
}

TEST_CASE("a version list is read with any line end and white space") {
    const List list("GROUP100 VERSION1\r\nGROUP7 \t VERSION0012  \r\n\r\n \t\n GROUP9999 VERSION3");
    CHECK(list.problems() == "");
    CHECK(list.lines() == "GROUP100=1 GROUP7=0012 GROUP9999=3 ");
}

TEST_CASE("a line of another form is reported at its first wrong character") {
    const auto at = [](std::string line) { return List("GROUP1 VERSION1\n" + line + "\n").problems(); };
    CHECK(at("Group2 VERSION1") == "2:2 ");
    CHECK(at("group2 version1") == "2:1 ");
    CHECK(at("GROUP2 Version1") == "2:9 ");
    CHECK(at("GROUP2, VERSION1") == "2:7 ");
    CHECK(at("GROUP2:VERSION1") == "2:7 ");
    CHECK(at("GROUP 2 VERSION1") == "2:6 ");
    CHECK(at("GROUP2 VERSION1 # night") == "2:16 ");
    CHECK(at("GROUP2 VERSION") == "2:15 ");
    CHECK(at("GROUP2") == "2:7 ");
    CHECK(at("GROUP2VERSION1") == "2:7 ");
    CHECK(at("x") == "2:1 ");
    CHECK(List("nothing\nGROUP1 VERSION2\n").lines() == "GROUP1=2 ");
}

TEST_CASE("an empty list is an empty file") {
    const List list(" \r\n\n");
    REQUIRE(list.report.all().size() == 1);
    CHECK(list.report.all()[0].rule == &rule::file_empty);
}

TEST_CASE("a version list is written a group a line") {
    CHECK(write_version_list({{"1", "2"}, {"100", "7"}}) == "GROUP1 VERSION2\nGROUP100 VERSION7\n");
}

TEST_CASE("three forms of a firmware version are read") {
    CHECK(release("PCS17Ea 58478") == "PCS17Ea/58478");
    CHECK(release("PCS17Ea58478\n") == "PCS17Ea/58478");
    CHECK(release("PCS20Ba / 90198\r\n") == "PCS20Ba/90198");
    CHECK(release("PCS19__ 1") == "PCS19__/1");
    std::size_t wrong = 99;
    CHECK(!parse_firmware_version("PCS20Ba", &wrong));
    CHECK(wrong == 7);
    CHECK(!parse_firmware_version("20Ba 90198", &wrong));
    CHECK(wrong == 0);
    CHECK(!parse_firmware_version("PCS20Ba 90198x", &wrong));
    CHECK(wrong == 13);
    CHECK(!parse_firmware_version("", &wrong));
    CHECK(!parse_firmware_version("PCS20Ba // 1", &wrong));
    CHECK(wrong == 9);
}

TEST_CASE("releases are ordered by number, then by their places") {
    CHECK(compare_releases("PCS20__", "PCS20B_") == -1);
    CHECK(compare_releases("PCS20B_", "PCS20Ba") == -1);
    CHECK(compare_releases("PCS9Ba", "PCS20__") == -1);
    CHECK(compare_releases("PCS20Ba", "PCS20Ba") == 0);
    CHECK(compare_releases("PCS20", "PCS20__") == 0);
    CHECK(compare_releases("PCS24B_", "PCS20Ba") == 1);
    CHECK(!compare_releases("PCS20Ba", "20"));
    CHECK(!compare_releases("", "PCS20Ba"));
}
