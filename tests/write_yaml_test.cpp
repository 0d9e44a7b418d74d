// SPDX-License-Identifier: MIT
#include "doc/write_yaml.hpp"

#include <doctest/doctest.h>

#include <random>
#include <string>
#include <vector>

#include "doc/yaml.hpp"
#include "source/source_set.hpp"

using namespace dectprov;

namespace {

// What a document says, written again as one line: the same for two documents that say the same.
std::string meaning(const Yaml& yaml, std::uint32_t node) {
    const Yaml::Node& at = yaml[node];
    std::string out = std::string(at.key_text) + "=";
    if (at.type == Yaml::Type::scalar) return out + "'" + std::string(at.text) + "'";
    out += at.type == Yaml::Type::mapping ? "{" : at.type == Yaml::Type::sequence ? "[" : "null";
    for (std::uint32_t child = node + 1; child < at.after; child = yaml[child].after)
        out += meaning(yaml, child) + ";";
    return out;
}

std::string meaning(const YamlValue& value, const std::string& key) {
    std::string out = key + "=";
    if (value.kind == YamlValue::Kind::text || value.kind == YamlValue::Kind::typed)
        return out + "'" + value.text + "'";
    out += value.kind == YamlValue::Kind::mapping ? "{" : "[";
    for (std::size_t i = 0; i != value.items.size(); ++i)
        out += meaning(value.items[i], value.keys.empty() ? "" : value.keys[i]) + ";";
    return out;
}

std::string read(const std::string& text) {
    SourceSet sources;
    const YamlDocument document = read_yaml(sources, sources.add("x.yaml", text));
    INFO(text);
    REQUIRE(document.problems.empty());
    REQUIRE(!document.yaml.empty());
    return meaning(document.yaml, 0);
}

const std::vector<std::string> awkward{
    "",      " ",      "no",    "On",    "NULL",     "~",          "y",        "0123",        "0x1f",
    "1e3",   "12:30",  "+45",   ".5",    ".inf",     "2024-01-02", "1_000",    "- a",         "a: b",
    "a:",    "# not",  "a # b", "a#b",   "&anchor",  "*alias",     "!tag",     "|",           ">",
    "%x",    "@x",     "`x`",   "'x'",   "\"x\" \\", "O'Brien",    "a, b",     "[a]",         "{a}",
    "a?b",   "? a",    "---",   "...",   "<<",       "=",          "${env:X}", "$${x}",       "a\nb",
    "a\r\n", "\ttab",  "a\tb",  " lead", "trail ",   "æøå",        "\u0085",   "\u2028x",     "\ufeffx",
    "東棟",  "\u00a0", "\x7f",  "true",  "Off",      "nUlL",       "key: - x", "https://a/b", "a\\nb"};

// A text of characters that mean something to one reader or another.
std::string random_text(std::mt19937& random) {
    static const std::vector<std::string> pieces{
        " ",  " ",  "a",  "b",    "e", "0",      "1", ":", "#", "-", "?", ",", "[", "]", "{",
        "}",  "'",  "\"", "\\",   "&", "*",      "!", "|", ">", "%", "@", "`", "$", "{", "\n",
        "\t", "\r", "no", "null", "é", "\u2029", "😀", ".", "_", "~", "=", "<", "/", "+"};
    std::string out;
    for (std::size_t length = random() % 9; length != 0; --length) out += pieces[random() % pieces.size()];
    return out;
}

YamlValue random_value(std::mt19937& random, unsigned depth) {
    const std::size_t kind = depth == 0 ? 0 : random() % 3;
    if (kind == 0) return YamlValue::scalar(random_text(random));
    YamlValue out = kind == 1 ? YamlValue::mapping() : YamlValue::sequence();
    for (std::size_t i = random() % 4; i != 0; --i) {
        if (kind == 1) {
            out.add(random_text(random) + std::to_string(i), random_value(random, depth - 1));
        } else {
            out.items.push_back(random_value(random, depth - 1));
        }
    }
    return out;
}

}  // namespace

TEST_CASE("awkward texts come back from a block, from braces and as keys") {
    YamlValue all = YamlValue::mapping();
    for (const std::string& text : awkward) {
        YamlValue one = YamlValue::mapping();
        one.add("block", YamlValue::scalar(text));
        if (text != "<<") one.add(text, YamlValue::scalar("key"));
        CHECK(read(write_yaml(one)) == meaning(one, ""));
        CHECK(read(write_yaml_line(one) + "\n") == meaning(one, ""));
        all.add("key-" + std::to_string(all.keys.size()), std::move(one));
    }
    CHECK(read(write_yaml(all)) == meaning(all, ""));
}

TEST_CASE("what stands without quotes is a text to every reader") {
    for (const std::string& text : awkward) {
        const std::string written = yaml_scalar(text);
        if (written == text) CHECK(!yaml_1_1_reading(text));
    }
    CHECK(yaml_scalar("Solveig Rank") == "Solveig Rank");
    CHECK(yaml_scalar("https://example.com/dect") == "https://example.com/dect");
    CHECK(yaml_scalar("0123") == "\"0123\"");
    CHECK(yaml_scalar("no") == "\"no\"");
    CHECK(yaml_scalar("a\x1b") == "\"a\\x1b\"");
}

TEST_CASE("documents come back as they were") {
    std::mt19937 random(7);
    for (int i = 0; i != 400; ++i) {
        YamlValue value = YamlValue::mapping();
        value.add("top", random_value(random, 4));
        CHECK(read(write_yaml(value)) == meaning(value, ""));
        CHECK(read(write_yaml_line(value) + "\n") == meaning(value, ""));
    }
}

TEST_CASE("blocks are indented, and short lists stand on their line") {
    YamlValue list = YamlValue::sequence();
    list.items = {YamlValue::scalar("a"), YamlValue::scalar("b")};
    YamlValue below = YamlValue::mapping();
    below.add("x", {.kind = YamlValue::Kind::typed, .text = "1"});
    below.add("none", YamlValue::mapping());
    YamlValue items = YamlValue::sequence();
    items.items = {below, below};
    YamlValue top = YamlValue::mapping();
    top.add("list", list);
    top.add("100", below);
    top.add("items", items);
    top.add("rows", {.kind = YamlValue::Kind::rows, .text = "{a: b}\n{c: d}"});
    top.add("no rows", {.kind = YamlValue::Kind::rows});
    CHECK(write_yaml(top) ==
          "list: [a, b]\n100:\n  x: 1\n  none: {}\nitems:\n  - x: 1\n    none: {}\n  - x: 1\n    none: {}\n"
          "rows:\n  - {a: b}\n  - {c: d}\nno rows: []\n");
}
