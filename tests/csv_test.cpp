// SPDX-License-Identifier: MIT
#include "doc/csv.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace dectprov;

namespace {

struct Table {
    SourceSet sources;
    std::vector<CsvField> fields;  // of all rows behind the header
    std::string text;
    std::vector<CsvProblem> found;

    explicit Table(std::string bytes) {
        const FileId file = sources.add("t.csv", std::move(bytes));
        CsvReader reader(sources, file);
        for (const CsvField& field : reader.header()) text += "<" + std::string(field.text) + ">";
        for (std::vector<CsvField> row; reader.next(row);) {
            text += '\n';
            for (const CsvField& field : row) {
                text += "[" + std::string(field.text) + "]";
                CHECK(csv_field_end(sources.text(file), field.span.begin, reader.separator()) ==
                      field.span.end);
                fields.push_back(field);
            }
        }
        CHECK(reader.rest() == 0);
        found = reader.problems();
    }

    std::string rows() const { return text; }
    std::string problems() const {
        std::string out;
        for (const CsvProblem& p : found) {
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
    CHECK(t.sources.text(t.fields[0].span) == "x,\"\"y\"\"\n z");
}

TEST_CASE("what is not CSV has its place") {
    CHECK(Table("a,b\n\"x,1\n").problems() ==
          "2:1 a quote that is never closed\n2:1 1 field in a row; the header has 2\n");
    CHECK(Table("a,b\n\"x\"y,1\n").problems() == "2:4 text behind a closing quote\n");
    CHECK(Table("a,b\n1,2,3\n4\n").problems() ==
          "2:5 3 fields in a row; the header has 2\n3:1 1 field in a row; the header has 2\n");
}

TEST_CASE("a table is read as spreadsheets write it") {
    CHECK(Table("a\tb\n1\t2\n").rows() == "<a><b>\n[1][2]");
    CHECK(Table("sep=;\r\na;b,c\r\n1;2\r\n").rows() == "<a><b,c>\n[1][2]");
    CHECK(Table("\"SEP=\t\"\na\tb\n").rows() == "<a><b>");
    CHECK(Table("sep=,\n\na,b\n1,2\n").rows() == "<a><b>\n[1][2]");
    CHECK(Table("sep=x;a\n1;2\n").rows() == "<sep=x><a>\n[1][2]");
}

TEST_CASE("rows of empty fields are no rows, and a separator behind the last column is no column") {
    const Table empty("a,b,c\n,,\n1,2,3\n \t, ,\n,\n\"\",,\n");
    CHECK(empty.rows() == "<a><b><c>\n[1][2][3]");
    CHECK(empty.problems() == "");
    const Table behind("a;b;\n1;2;\n3;4\n5;;\n6;7;;;\n");
    CHECK(behind.rows() == "<a><b>\n[1][2]\n[3][4]\n[5][]\n[6][7]");
    CHECK(behind.problems() == "");
    CHECK(Table("a;b\n1;2;\n").problems() == "");
    CHECK(Table("a;;b\n1;2;3\n").rows() == "<a><><b>\n[1][2][3]");
    CHECK(Table("a;b;\n1;2;3\n").problems() == "2:5 3 fields in a row; the header has 2\n");
    CHECK(Table(";;\na;b\n1;2\n").rows() == "<a><b>\n[1][2]");
}
