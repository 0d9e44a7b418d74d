// SPDX-License-Identifier: MIT
#include "doc/unified_diff.hpp"

#include <doctest/doctest.h>

#include <string>

using dectprov::DiffText;
using dectprov::Span;
using dectprov::unified_diff;

namespace {

std::string diff(std::string_view before, std::string_view after) {
    return unified_diff({.name = "a", .text = before}, {.name = "b", .text = after});
}

}  // namespace

TEST_CASE("equal texts have no difference") { CHECK(diff("a\nb\n", "a\nb\n").empty()); }

TEST_CASE("a changed line stands between three lines of either side") {
    CHECK(diff("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n") ==
          "--- a\n+++ b\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n");
}

TEST_CASE("a text that comes or goes as a whole has an empty range on the other side") {
    CHECK(diff("", "1\n2\n") == "--- a\n+++ b\n@@ -0,0 +1,2 @@\n+1\n+2\n");
    CHECK(diff("1\n", "") == "--- a\n+++ b\n@@ -1 +0,0 @@\n-1\n");
}

TEST_CASE("differences that lie far apart make two hunks, near ones one") {
    std::string text;
    for (int i = 1; i <= 30; ++i) text += std::to_string(i) + "\n";
    std::string far = text;
    far.replace(far.find("5\n"), 1, "x");
    far.replace(far.find("25\n"), 2, "y");
    const std::string two = diff(text, far);
    CHECK(two.find("@@ -2,7 +2,7 @@") != std::string::npos);
    CHECK(two.find("@@ -22,7 +22,7 @@") != std::string::npos);
    std::string near = text;
    near.replace(near.find("5\n"), 1, "x");
    near.replace(near.find("11\n"), 2, "y");
    CHECK(diff(text, near).find("@@ -2,13 +2,13 @@") != std::string::npos);
}

TEST_CASE("the least difference is found, not the first") {
    CHECK(diff("a\nb\nc\na\nb\nb\na\n", "c\nb\na\nb\na\nc\n") ==
          "--- a\n+++ b\n@@ -1,7 +1,6 @@\n-a\n-b\n c\n+b\n a\n b\n-b\n a\n+c\n");
}

TEST_CASE("a missing last line end is said") {
    CHECK(diff("a", "a\n") == "--- a\n+++ b\n@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n");
}

TEST_CASE("masked places are never shown, and a change in one alone is seen") {
    const std::string before = "x\n<password>first</password>\n";
    const std::string after = "x\n<password>other one</password>\n";
    const std::string shown = unified_diff({.name = "a", .text = before, .masked = {Span{{}, 12, 17}}},
                                           {.name = "b", .text = after, .masked = {Span{{}, 12, 21}}});
    CHECK(shown ==
          "--- a\n+++ b\n@@ -1,2 +1,2 @@\n x\n-<password>***</password>\n+<password>***</password>\n");
}

TEST_CASE("texts that differ everywhere are replaced as a whole") {
    std::string before;
    std::string after;
    for (int i = 0; i < 3000; ++i) {
        before += "a" + std::to_string(i) + "\n";
        after += "b" + std::to_string(i) + "\n";
    }
    const std::string shown = diff("same\n" + before, "same\n" + after);
    CHECK(shown.find("@@ -1,3001 +1,3001 @@\n same\n-a0\n") != std::string::npos);
    CHECK(shown.ends_with("+b2999\n"));
}
