// SPDX-License-Identifier: MIT
#include "doc/csv.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace dectprov;

namespace {

struct Table {
    SourceSet sources;
    CsvDocument read;

    explicit Table(std::string text) { read = read_csv(sources, sources.add("t.csv", std::move(text))); }

    std::string rows() const {
        std::string out;
        for (const CsvField& field : read.header) out += "<" + std::string(field.text) + ">";
        for (std::size_t r = 0; r != read.rows.size(); ++r) {
            const std::size_t end = r + 1 == read.rows.size() ? read.fields.size() : read.rows[r + 1];
            out += '\n';
            for (std::size_t f = read.rows[r]; f != end; ++f)
                out += "[" + std::string(read.fields[f].text) + "]";
        }
        return out;
    }
    std::string problems() const {
        std::string out;
        for (const CsvProblem& p : read.problems) {
            const Position at = sources.position(p.span.file, p.span.begin);
            out += std::to_string(at.line) + ":" + std::to_string(at.column) + " " + p.message + "\n";
        }
        return out;
    }
};

}  // namespace

TEST_CASE("a table of commas or semicolons, with any line end") {
    CHECK(Table("a,b\r\n1,2\r3,\n,4").rows() == "<a><b>\n[1][2]\n[3][]\n[][4]");
    CHECK(Table("a;b,c\n1;2,3\n").rows() == "<a><b,c>\n[1][2,3]");
    CHECK(Table("\"a;b\",c\n1,2\n").rows() == "<a;b><c>\n[1][2]");
    CHECK(Table("a\n\n\r\n1\n").rows() == "<a>\n[1]");
    CHECK(Table("\n\na;b\n1;2\n").rows() == "<a><b>\n[1][2]");
    CHECK(Table("").rows() == "");
}

TEST_CASE("quoted fields hold separators, quotes and line ends") {
    const Table t("a,b\n\"x,\"\"y\"\"\n z\",\"\"\n");
    CHECK(t.rows() == "<a><b>\n[x,\"y\"\n z][]");
    CHECK(t.problems() == "");
    CHECK(t.sources.text(t.read.fields[0].span) == "x,\"\"y\"\"\n z");
}

TEST_CASE("what is not CSV has its place") {
    CHECK(Table("a,b\n\"x,1\n").problems() ==
          "2:1 a quote that is never closed\n2:1 1 field in a row; the header has 2\n");
    CHECK(Table("a,b\n\"x\"y,1\n").problems() == "2:4 text behind a closing quote\n");
    CHECK(Table("a,b\n1,2,3\n4\n").problems() ==
          "2:5 3 fields in a row; the header has 2\n3:1 1 field in a row; the header has 2\n");
}
