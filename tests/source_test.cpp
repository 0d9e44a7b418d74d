// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "source/failure.hpp"
#include "source/files.hpp"
#include "source/source_set.hpp"
#include "workbench.hpp"

using namespace dectprov;

namespace {

Position position(std::string text, std::size_t offset) {
    SourceSet sources;
    const FileId file = sources.add("x", std::move(text));
    return sources.position(file, static_cast<std::uint32_t>(offset));
}

std::string line(std::string text, std::uint32_t offset) {
    SourceSet sources;
    const FileId file = sources.add("x", std::move(text));
    return std::string(sources.text(sources.line(file, offset)));
}

}  // namespace

TEST_CASE("of a large file the parts stand there that were asked for, and all of it once that pays") {
    const workbench::TemporaryFolder folder;
    std::string bytes;
    for (int i = 0; bytes.size() < 300'000; ++i) bytes += std::to_string(i) + "\n";
    workbench::write(folder / "large", bytes);
    CHECK(Files().read_or_open(folder / "large", bytes.size() + 1).large == nullptr);
    CHECK(Files().read_or_open(folder / "large", bytes.size() + 1).bytes == bytes);
    CHECK_THROWS_AS(static_cast<void>(Files().read_or_open(folder / "none", 0)), Failure);
    CHECK_THROWS_AS(static_cast<void>(Files().read_or_open(folder.path(), 0)), Failure);
    Files covered;
    covered.lay_over(folder / "large", std::string("short"));
    CHECK(covered.read_or_open(folder / "large", 0).large == nullptr);
    CHECK(covered.read_or_open(folder / "large", 0).bytes == "short");

    const auto file = Files().read_or_open(folder / "large", bytes.size()).large;
    REQUIRE(file != nullptr);
    std::string pieces;
    CHECK(file->each_piece([&](std::string_view piece) {
        pieces += piece;
        return true;
    }));
    CHECK(pieces == bytes);
    for (int round = 0; round != 20; ++round) {
        SourceSet sources;
        const FileId id = sources.add_large("large", file);
        const Span span{.file = id, .begin = 200'000, .end = 200'010};
        const bool held = sources.unread(id).substr(0, 10) == std::string_view(bytes).substr(0, 10);
        CHECK(held == (file->held() != nullptr));
        CHECK(sources.text(span) == std::string_view(bytes).substr(200'000, 10));
        CHECK(sources.text(id) == bytes);
        CHECK(sources.line(id, 4) == Span{.file = id, .begin = 4, .end = 5});
    }
    CHECK(file->held() != nullptr);
}

TEST_CASE("the pieces of a large file end with whole characters") {
    const workbench::TemporaryFolder folder;
    for (std::size_t before = 0; before != 4; ++before) {
        std::string bytes(before, 'x');
        while (bytes.size() < 200'000) bytes += "\xF0\x9F\x93\x9E";
        workbench::write(folder / "large", bytes);
        const auto file = Files().read_or_open(folder / "large", 1).large;
        std::string all;
        file->each_piece([&](std::string_view piece) {
            CHECK((all.size() + piece.size() - before) % 4 == 0);
            all += piece;
            return true;
        });
        CHECK(all == bytes);
    }
}

TEST_CASE("the first byte is at 1:1, also in an empty source") {
    CHECK(position("", 0) == Position{1, 1});
    CHECK(position("abc", 0) == Position{1, 1});
}

TEST_CASE("LF, CR and CRLF end lines, however they are mixed") {
    const std::string text = "a\nb\rc\r\nd\n\re";
    CHECK(position(text, text.find('b')) == Position{2, 1});
    CHECK(position(text, text.find('c')) == Position{3, 1});
    CHECK(position(text, text.find('d')) == Position{4, 1});
    CHECK(position(text, text.find('e')) == Position{6, 1});
}

TEST_CASE("the characters of a line end belong to the line that they end") {
    CHECK(position("ab\r\ncd", 2) == Position{1, 3});
    CHECK(position("ab\r\ncd", 3) == Position{1, 3});
    CHECK(position("ab\r\ncd", 4) == Position{2, 1});
}

TEST_CASE("a column counts code points, not bytes or UTF-16 units") {
    const std::string text = "ø東\U0001F4DEx";
    CHECK(position(text, text.find('x')) == Position{1, 4});
}

TEST_CASE("an offset at or behind the end has the position of the end") {
    CHECK(position("ab\ncd", 5) == Position{2, 3});
    CHECK(position("ab\ncd", 50) == Position{2, 3});
    CHECK(position("ab\n", 3) == Position{2, 1});
}

TEST_CASE("lines above 65,535 are counted on") {
    std::string text;
    for (int i = 0; i < 70'000; ++i) text += i % 2 == 0 ? "ab\n" : "ab\r\n";
    text += "  øx";
    CHECK(position(text, text.find('x')) == Position{70'001, 4});
    CHECK(position(text, 65'535 / 2 * 7 + 3) == Position{65'536, 1});
}

TEST_CASE("a column far into one long line is exact") {
    std::string text = "\n";
    for (int i = 0; i < 50'000; ++i) text += "aø東\U0001F4DE";
    text += 'x';
    CHECK(position(text, text.size() - 1) == Position{2, 200'001});
    CHECK(position(text, 1 + 10 * 1'234) == Position{2, 4 * 1'234 + 1});
    CHECK(position(text, 1 + 1024 * 10) == Position{2, 4 * 1024 + 1});
}

TEST_CASE("a line is given without its line end") {
    CHECK(line("ab\r\ncd\ref\n", 0) == "ab");
    CHECK(line("ab\r\ncd\ref\n", 3) == "ab");
    CHECK(line("ab\r\ncd\ref\n", 5) == "cd");
    CHECK(line("ab\r\ncd\ref\n", 8) == "ef");
    CHECK(line("ab\r\ncd\ref\n", 10) == "");
    CHECK(line("\n\n", 1) == "");
    CHECK(line("last", 99) == "last");
}

TEST_CASE("sources stay where they are while others are added") {
    SourceSet sources;
    const FileId first = sources.add("a", "short");
    const std::string_view text = sources.text(first);
    for (int i = 0; i < 1000; ++i) sources.add("b", "text");
    CHECK(sources.text(first).data() == text.data());
    CHECK(sources.name(first) == "a");
    CHECK(sources.text(Span{.file = first, .begin = 1, .end = 3}) == "ho");
    CHECK(sources.size() == 1001);
}

TEST_CASE("the longest secret with which a text begins is found, whatever others there are") {
    SourceSet sources;
    CHECK_FALSE(sources.has_secrets());
    CHECK(sources.secret_at_begin("abc") == 0);
    const std::vector<std::string> secrets{"ab", "abc", "abd", "b", "", "abcdef", "a"};
    for (const std::string& one : secrets) sources.keep_secret(one);
    CHECK(sources.has_secrets());
    const std::string letters = "abcdefx";
    // Of each text of up to four of these letters, and of what goes on behind it.
    std::vector<std::string> texts{""};
    for (std::size_t i = 0; i < texts.size() && texts[i].size() < 4; ++i) {
        for (const char letter : letters) texts.push_back(texts[i] + letter);
    }
    texts.insert(texts.end(), {"abcdef", "abcdefg", "abcdeg", std::string(100'000, 'a')});
    for (const std::string& text : texts) {
        std::size_t longest = 0;
        for (const std::string& one : secrets) {
            if (text.starts_with(one)) longest = std::max(longest, one.size());
        }
        CHECK_MESSAGE(sources.secret_at_begin(text) == longest, text.substr(0, 10));
    }
}
