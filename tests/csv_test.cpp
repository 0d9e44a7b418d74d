// SPDX-License-Identifier: MIT
#include "doc/csv.hpp"

#include <doctest/doctest.h>

#include <string>
#include <utility>

#include "source/failure.hpp"
#include "source/files.hpp"
#include "workbench.hpp"

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

// The rows that a reader gives, its header and the first row once more when all are read, and what is wrong.
std::string all_of(SourceSet& sources, FileId file, CsvReader::Keep keep) {
    CsvReader reader(sources, file, keep);
    std::string text;
    const auto add = [&](const std::vector<CsvField>& row) {
        for (const CsvField& field : row)
            text += std::to_string(field.span.begin) + "[" + std::string(field.text) + "]";
        text += '\n';
    };
    std::vector<CsvField> first;
    for (std::vector<CsvField> row; reader.next(row);) {
        add(row);
        if (first.empty() && keep == CsvReader::Keep::rows) first = row;
    }
    add(reader.header());
    add(first);
    if (!first.empty()) {
        std::vector<CsvField> again;
        reader.seek(reader.begin_of(first));
        CHECK(reader.next(again));
        add(again);
    }
    for (const CsvProblem& problem : reader.problems())
        text += std::to_string(problem.span.begin) + " " + problem.message + "\n";
    return text;
}

void reads_in_parts_as_in_memory(const std::string& bytes) {
    const workbench::TemporaryFolder folder;
    workbench::write(folder / "t.csv", bytes);
    for (const CsvReader::Keep keep : {CsvReader::Keep::rows, CsvReader::Keep::row}) {
        SourceSet in_memory;
        SourceSet in_parts;
        const FileId whole = in_memory.add("t.csv", bytes);
        const FileId parts = in_parts.add_large("t.csv", Files().read_or_open(folder / "t.csv", 1).large);
        REQUIRE(in_parts.parts(parts) != nullptr);
        CHECK(all_of(in_memory, whole, keep) == all_of(in_parts, parts, keep));
    }
}

}  // namespace

TEST_CASE("a large table is read in parts as it is in memory, wherever the parts end") {
    std::string rows = "name,number\r\n";
    for (int i = 0; rows.size() < 400'000; ++i)
        rows += (i % 3 == 0 ? "\"a \"\"b\"\"\r\nc\"" : "Søren") + (',' + std::to_string(i)) +
                (i % 7 == 0 ? "\r\n\r\n" : "\r\n");
    reads_in_parts_as_in_memory(rows);
    // One more byte in front each time moves every row against the ends of the parts.
    for (std::size_t i = 0; i != 24; ++i)
        reads_in_parts_as_in_memory("h" + std::string(i, 'x') + rows.substr(1));
    // A header, a row and a text without an end that are longer than a part; a row of another width.
    reads_in_parts_as_in_memory("a" + std::string(200'000, ',') + "b\n1,2\n");
    reads_in_parts_as_in_memory("a;b\n\"" + std::string(300'000, 'x') + "\";2\n3;4\n5\n6;7;8\n");
    reads_in_parts_as_in_memory("a;b\n1;2\n3;\"" + std::string(300'000, '\n'));
    reads_in_parts_as_in_memory(std::string(150'000, '\n') + "a\tb\n1\t2");
    reads_in_parts_as_in_memory(std::string(150'000, 'x'));
}

TEST_CASE("a table that is written to while it is read is told, and never read half and half") {
    const workbench::TemporaryFolder folder;
    std::string rows = "name\n";
    for (int i = 0; rows.size() < 400'000; ++i) rows += std::to_string(i) + "\n";
    workbench::write(folder / "t.csv", rows);
    SourceSet sources;
    const FileId file = sources.add_large("t.csv", Files().read_or_open(folder / "t.csv", 1).large);
    CsvReader reader(sources, file);
    std::vector<CsvField> row;
    CHECK(reader.next(row));
    workbench::write(folder / "t.csv", rows.substr(0, 300'000));
    CHECK_THROWS_AS(static_cast<void>(sources.text(file)), Failure);
}

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
    CHECK(Table("a,b\n\"x,1\n").problems() == "2:1 a quote that is never closed\n");
    CHECK(Table("a,b\n\"x\"y,1\n").problems() == "2:4 text after a closing quote\n");
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
