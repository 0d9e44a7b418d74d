// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>
#include <malloc.h>

#include <algorithm>
#include <cstddef>
#include <functional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "editor/line_text.hpp"
#include "editor/workspace.hpp"

using namespace dectprov;

namespace {

const std::string users =
    "<users>\n  <user>\n    <username>7001</username>\n    <ipei>00077 0000001</ipei>\n  </user>\n</users>\n";

Files two_servers() {
    Files files = Files::memory();
    files.lay_over("0013d1800032-users.xml", users);
    files.lay_over("0013d1800033-users.xml", users);
    files.lay_over("layer.yaml", "dectprov: 1\ndefaults: {settings: {sip: {callwaiting: true}}}\n");
    for (const char* name : {"a.yaml", "b.yaml"})
        files.lay_over(
            name, std::string("dectprov: 1\nextends: [layer.yaml]\nservers:\n  - mac: 00:13:d1:80:01:0") +
                      name[0] + "\n    model: \"6500\"\n");
    return files;
}

// A workspace over files in memory, which are opened as they are.
struct Opened {
    Workspace workspace{{.jobs = 1, .config = {}}, two_servers()};

    explicit Opened(const std::vector<std::string>& paths) {
        workspace.set_folders({"."});
        for (const std::string& path : paths)
            workspace.open("file:///" + path, path, 1, workspace.files().read(path));
        settle();
    }

    // How many units were analysed.
    std::size_t settle() {
        std::size_t units = 0;
        while (const std::function<void()> task = workspace.next_task()) {
            units = std::max(units, workspace.progress().all);
            task();
            workspace.finish();
        }
        return units;
    }

    void edit(const std::string& path, std::size_t at, std::size_t length, std::string_view with) {
        Document& document = *workspace.find(path);
        workspace.change(document, at, at + length, with);
        workspace.changed(document, document.version + 1);
    }
};

}  // namespace

TEST_CASE("an edit has the units alone analysed that read the file") {
    Opened opened({"0013d1800032-users.xml", "layer.yaml", "a.yaml"});
    opened.edit("0013d1800032-users.xml", users.find("7001"), 1, "8");
    CHECK(opened.settle() == 1);
    opened.edit("a.yaml", 0, 0, "# a\n");
    CHECK(opened.settle() == 1);
    // The layer itself, and the two that extend it.
    opened.edit("layer.yaml", 0, 0, "# layer\n");
    CHECK(opened.settle() == 3);
    CHECK(opened.settle() == 0);
}

TEST_CASE("findings between servers come and go with an edit of one of them") {
    Opened opened({"0013d1800032-users.xml"});
    const auto told = [&] {
        std::size_t count = 0;
        for (const Finding& finding : opened.workspace.findings("0013d1800033-users.xml"))
            count += finding.rule->id == "fleet/duplicate-ipei" ? 1 : 0;
        return count;
    };
    CHECK(told() == 1);
    opened.edit("0013d1800032-users.xml", users.find("0000001"), 7, "0000002");
    opened.settle();
    CHECK(told() == 0);
    opened.edit("0013d1800032-users.xml", users.find("0000001"), 7, "0000001");
    opened.settle();
    CHECK(told() == 1);
}

TEST_CASE("memory does not grow over ten thousand edits") {
    Opened opened({"0013d1800032-users.xml", "layer.yaml"});
    const auto edit = [&](std::size_t number) {
        const bool there = number % 2 == 1;
        opened.edit("0013d1800032-users.xml", 12, there ? 1 : 0, there ? "" : " ");
        if (number % 10 == 0)
            opened.edit("layer.yaml", 0, number % 20 == 0 ? 0 : 1, number % 20 == 0 ? "\n" : "");
        opened.settle();
    };
    constexpr std::size_t first = 1000;
    constexpr std::size_t all = 10000;
    for (std::size_t i = 0; i < first; ++i) edit(i);
    const std::size_t before = mallinfo2().uordblks;
    for (std::size_t i = first; i < all; ++i) edit(i);
    constexpr std::size_t slack = std::size_t{64} << 10U;
    CHECK(mallinfo2().uordblks < before + slack);
}

TEST_CASE("the lines of a text that is edited are those of the same text read anew") {
    std::mt19937 random(7);
    const auto below = [&](std::size_t count) {
        return std::uniform_int_distribution<std::size_t>(0, count - 1)(random);
    };
    const std::vector<std::string> pieces{"", "\n", "\r", "\r\n", "a", "\n\r", "b\r\nc\n", "\r\r\n"};
    LineText edited("a\r\nb\n\rc");
    for (std::size_t i = 0; i < 20000; ++i) {
        const std::size_t size = edited.text().size();
        const std::size_t begin = below(size + 1);
        const std::size_t end = std::min(size, begin + below(4));
        edited.replace(begin, end, size > 40 ? "" : pieces[below(pieces.size())]);
        const LineText fresh(edited.text());
        REQUIRE(edited.lines() == fresh.lines());
        for (std::size_t line = 0; line < fresh.lines(); ++line)
            REQUIRE(edited.line_start(line) == fresh.line_start(line));
    }
}
