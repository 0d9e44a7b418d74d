// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <string>

#include "catalog/catalog.hpp"
#include "catalog/explanation.hpp"
#include "diag/explain.hpp"
#include "manual/documentation.hpp"

using dectprov::Catalog;
using dectprov::EntryId;

TEST_CASE("carets stand under what an example marks") {
    CHECK(dectprov::with_carets("<a>«b»</a>\n") == "<a>b</a>\n   ^\n");
    CHECK(dectprov::with_carets("x\n  «name»: y\nz\n") == "x\n  name: y\n  ^^^^\nz\n");
}

TEST_CASE("a caret counts characters, not bytes") {
    CHECK(dectprov::with_carets("å東«b»\n") == "å東b\n  ^\n");
    CHECK(dectprov::with_carets("«å»b\n") == "åb\n^\n");
}

TEST_CASE("an empty span has one caret, at the end of the text too") {
    CHECK(dectprov::with_carets("a«»b\n") == "ab\n ^\n");
    CHECK(dectprov::with_carets("a«»\n") == "a\n ^\n");
    CHECK(dectprov::with_carets("«»å\n") == "å\n^\n");
}

TEST_CASE("two marks of one line share a line of carets") {
    CHECK(dectprov::with_carets("«a» b «cd»\n") == "a b cd\n^   ^^\n");
}

TEST_CASE("a mark may go over lines") {
    CHECK(dectprov::with_carets("a «b\nc» d\n") == "a b\n  ^\nc d\n^\n");
}

TEST_CASE("an example without its marks is the file") {
    CHECK(dectprov::without_marks("a«»«b» å\n") == "ab å\n");
}

TEST_CASE("text breaks at blanks, and a word that is too long stands alone") {
    CHECK(dectprov::wrapped("aaa bbb ccc ddd eee fff ggg", 22, "  ") == "  aaa bbb ccc ddd eee\n  fff ggg\n");
    CHECK(dectprov::wrapped("a https://example.com/longer-than-the-line b", 22, "") ==
          "a\nhttps://example.com/longer-than-the-line\nb\n");
    CHECK(dectprov::wrapped("", 22, "  ").empty());
}

TEST_CASE("every rule says why it matters and where the fact is from") {
    for (const dectprov::Rule* rule : dectprov::documented_rules()) {
        const std::string page = to_text(explain(*rule));
        CHECK_MESSAGE(page.find("why\n") != std::string::npos, rule->id);
        CHECK_MESSAGE(page.find("  origin") != std::string::npos, rule->id);
        CHECK_MESSAGE(page.find("«") == std::string::npos, rule->id);
    }
}

TEST_CASE("every entry of the catalogue has its page, under a path that finds it again") {
    const Catalog& catalog = Catalog::builtin();
    for (std::size_t i = 0; i < catalog.size(); ++i) {
        const auto id = static_cast<EntryId>(i);
        const std::string path = short_path(catalog, id);
        CHECK_MESSAGE(catalog.find(Catalog::rooted(path)) == id, path);
        CHECK_MESSAGE(to_text(explain(catalog, id)).starts_with(path + "\n"), path);
    }
}

TEST_CASE("markup in a fact is made plain on a page") {
    dectprov::Explanation explanation{.title = "x", .summary = "a <b> of *c*", .parts = {}};
    explanation.parts.push_back({.heading = "note", .text = "< > \\ | `"});
    CHECK(to_markdown(explanation, 2) == "## `x`\n\na \\<b\\> of \\*c\\*.\n\n- note: \\< \\> \\\\ \\| \\`\n");
}
