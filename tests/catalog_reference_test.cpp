// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <fstream>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "catalog/catalog.hpp"
#include "catalog/entries.hpp"
#include "catalog/handset_locks.hpp"
#include "workbench.hpp"

// The rows against the tables they were carried over from, where those lie beside the project.

using namespace dectprov;

namespace {

constexpr std::size_t guide_lines = 2479;

std::vector<EntryId> all_entries(const Catalog& catalog) {
    std::vector<EntryId> ids;
    for (std::size_t id = 0; id < catalog.size(); ++id) ids.push_back(static_cast<EntryId>(id));
    return ids;
}

std::vector<std::string> split(const std::string& text, std::string_view by) {
    std::vector<std::string> parts;
    for (std::size_t begin = 0; true;) {
        const auto end = text.find(by, begin);
        parts.push_back(text.substr(begin, end - begin));
        if (end == std::string::npos) return parts;
        begin = end + by.size();
    }
}

// The rows of a table of the reference, by the names of the columns; none where it is not there.
using Row = std::map<std::string, std::string>;
std::vector<Row> read_table(std::string_view name) {
    std::vector<Row> rows;
    const auto path = workbench::beside_repository("reference/" + std::string(name));
    if (!path) return rows;
    std::ifstream in(*path);
    std::string line;
    if (!std::getline(in, line)) return rows;
    const std::vector<std::string> names = split(line, "\t");
    while (std::getline(in, line)) {
        std::vector<std::string> cells = split(line, "\t");
        Row row;
        for (std::size_t at = 0; at < names.size() && at < cells.size(); ++at) {
            std::string& cell = cells[at];
            if (cell.size() > 1 && cell.front() == '"') cell = cell.substr(1, cell.size() - 2);
            row[names[at]] = cell;
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

// "400 (multi-cell licence),6500,vso" without what stands in brackets.
ModelSet read_models(const std::string& text) {
    std::string plain;
    int depth = 0;
    for (const char c : text) {
        if (c == '(') ++depth;
        if (depth == 0) plain += c;
        if (c == ')') --depth;
    }
    ModelSet set;
    for (std::string token : split(plain, ",")) {
        std::erase(token, ' ');
        const auto model = find_model(token);
        CAPTURE(text);
        REQUIRE(model);
        set = set | *model;
    }
    return set;
}

}  // namespace

TEST_CASE("the rows of a configuration are those of the reference" * doctest::test_suite("shared")) {
    const std::vector<Row> rows = read_table("parameters.tsv");
    if (rows.empty()) return;
    const Catalog& catalog = Catalog::builtin();
    std::set<std::string> paths;
    for (const Row& row : rows) {
        const std::string& path = row.at("path");
        CAPTURE(path);
        if (path == "config@merge_type") {
            CHECK(merge_type.models == read_models(row.at("models")));
            continue;
        }
        paths.insert("config." + path);
        const EntryId id = catalog.find("config." + path);
        REQUIRE(id != EntryId::none);
        const Param& param = *catalog[id].param;
        // What the guide leaves unsaid, and what is known from one server, is denied to none.
        const std::string& who = row.at("models");
        const bool unsaid = who.starts_with("KWS300") || who.find("not stated") != std::string::npos;
        CHECK(param.models == (unsaid ? all_models : read_models(who)));
        const std::string& type = row.at("type");
        CHECK((type == "bool") == (param.type.kind == Kind::boolean));
        CHECK((type.starts_with("int") || type == "list of ints") ==
              (param.type.kind == Kind::integer || param.type.kind == Kind::integers));
        const std::string default_value = row.at("default").substr(0, row.at("default").find(' '));
        CHECK(param.has_default == !default_value.empty());
        if (!default_value.empty())
            CHECK(param.default_value == (default_value == "empty" ? "" : default_value));
        if (row.at("restart") == "no") CHECK(param.restart == Restart::no);
        if (row.at("restart") == "unknown") CHECK(param.restart == Restart::unknown);
    }
    for (const EntryId id : all_entries(catalog)) {
        if (catalog.root(id) != entry("config") || catalog.is_section(id)) continue;
        CAPTURE(catalog.path(id));
        CHECK(paths.contains(catalog.path(id)));
    }
}

TEST_CASE("the rows of a user are those of the reference" * doctest::test_suite("shared")) {
    const std::vector<Row> rows = read_table("users.tsv");
    if (rows.empty()) return;
    const Catalog& catalog = Catalog::builtin();
    std::set<std::string> paths;
    for (const Row& row : rows) {
        const std::string& field = row.at("field");
        if (!field.starts_with("user.") || field.find(' ') != std::string::npos) continue;
        CAPTURE(field);
        const EntryId id = catalog.find("users." + field);
        REQUIRE(id != EntryId::none);
        paths.insert(catalog.path(id));
        CHECK(catalog[id].models == read_models(row.at("models")));
        CHECK(catalog[id].param->default_value == row.at("default"));
        CHECK(catalog[id].param->has_default == !row.at("default").empty());
        const std::string constraint = row.at("constraint");
        const std::uint32_t longest = catalog.type(id).longest;
        if (longest > 0) CHECK(constraint.find(std::to_string(longest)) != std::string::npos);
        CHECK((row.at("type") == "bool") == (catalog.type(id).kind == Kind::boolean));
    }
    const Entry& user = catalog[entry("users.user")];
    CHECK(paths.size() ==
          static_cast<std::size_t>(user.after) - static_cast<std::size_t>(entry("users.user")) - 1);
}

TEST_CASE("the rows of a handset configuration are those of the reference" * doctest::test_suite("shared")) {
    const std::vector<Row> rows = read_table("handset.tsv");
    if (rows.empty()) return;
    const Catalog& catalog = Catalog::builtin();
    EntryId before = entry("cota");
    for (const Row& row : rows) {
        const std::string& path = row.at("path");
        CAPTURE(path);
        const EntryId id = catalog.find(path);
        REQUIRE(id != EntryId::none);
        CHECK(before < id);
        before = id;
        const Param& param = *catalog[id].param;
        CHECK(param.models == ip_models);
        CHECK(param.example == row.at("example"));
        CHECK_FALSE(param.has_default);
        const std::string& type = row.at("type");
        CHECK((type == "bool") == (param.type.kind == Kind::boolean));
        CHECK((type == "int") == (param.type.kind == Kind::integer));
        CHECK(type.starts_with("enum") == (param.type.kind == Kind::token));
    }
    std::size_t leaves = 0;
    for (const EntryId id : all_entries(catalog)) {
        if (catalog.root(id) == entry("cota") && !catalog.is_section(id)) ++leaves;
    }
    CHECK(leaves == rows.size());
}

TEST_CASE("handset rows name the line of the guide where their element begins" *
          doctest::test_suite("shared")) {
    const auto guide = workbench::beside_repository("reference/provisioning-guide.txt");
    if (!guide) return;
    const std::vector<std::string> lines = workbench::lines_of(workbench::read(*guide));
    REQUIRE(lines.size() >= guide_lines);
    const Catalog& catalog = Catalog::builtin();
    for (const EntryId id : all_entries(catalog)) {
        if (catalog.root(id) != entry("cota")) continue;
        const std::string origin(catalog[id].param->origin);
        const auto line =
            static_cast<std::size_t>(std::stoi(origin.substr(std::string("guide line ").size())));
        CAPTURE(origin);
        CHECK(lines[line - 1].find('<' + std::string(catalog[id].name) + '>') != std::string::npos);
    }
}

TEST_CASE("what locks what is as in the reference" * doctest::test_suite("shared")) {
    const std::vector<Row> rows = read_table("handset-locks.tsv");
    if (rows.empty()) return;
    const Catalog& catalog = Catalog::builtin();
    REQUIRE(rows.size() == std::size(handset_locks));
    for (std::size_t at = 0; at < rows.size(); ++at) {
        std::string locked = rows[at].at("locks");
        if (locked.ends_with(".*")) locked.erase(locked.size() - 2);
        CHECK(catalog.path(handset_locks[at].menu) == "cota.data." + rows[at].at("menu_entry"));
        CHECK(catalog.path(handset_locks[at].locked) == "cota.data." + locked);
    }
}

TEST_CASE("the facts that came later are in the rows of their elements" * doctest::test_suite("shared")) {
    const std::vector<Row> rows = read_table("new-facts.tsv");
    if (rows.empty()) return;
    const Catalog& catalog = Catalog::builtin();
    std::size_t taken_in = 0;
    for (const Row& row : rows) {
        // "network.ntp, network.timezone", "data.x.active + data.y.active", "user.ipei (linking)".
        std::string paths = row.at("path");
        for (std::size_t at = paths.find(" + "); at != std::string::npos; at = paths.find(" + "))
            paths.replace(at, 3, ", ");
        for (const std::string& path : split(paths, ", ")) {
            const EntryId id = catalog.find(Catalog::rooted(path.substr(0, path.find(' '))));
            const std::string source = row.at("source").substr(0, row.at("source").find_first_of(" ;"));
            if (id == EntryId::none || !source.starts_with("https://")) continue;
            CAPTURE(path);
            CAPTURE(source);
            // A version of a file is named at more or less length.
            CHECK(catalog[id].param->origin.find(source.substr(0, source.find("/blob/"))) !=
                  std::string_view::npos);
            ++taken_in;
        }
    }
    CHECK(taken_in >= 20);
}
