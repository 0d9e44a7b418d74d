// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>
#include <stdio.h>  // popen: POSIX, not in <cstdio>

#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "workbench.hpp"

namespace {

// What bash offers for these words, as bash breaks them, the last of them unfinished.
std::string offered(const std::vector<std::string>& words) {
    std::string list;
    for (const std::string& word : words) list += " '" + word + "'";
    workbench::write("try.bash", "source ./dectprov.bash\nCOMP_WORDS=(" + list +
                                     ")\nCOMP_CWORD=" + std::to_string(words.size() - 1) +
                                     "\n_dectprov\nprintf '%s\\n' \"${COMPREPLY[@]}\"\n");
    return workbench::shell("bash try.bash 2>&1").out;
}

}  // namespace

TEST_CASE("bash offers what the program takes at that place") {
    const workbench::Folder folder;
    workbench::write("dectprov.bash", workbench::run({"completion", "bash"}).out);
    CHECK(offered({"dectprov", "li"}) == "lint\n");
    CHECK(offered({"dectprov", "--col"}) == "--color\n");
    CHECK(offered({"dectprov", "lint", "--format", "js"}) == "json\n");
    CHECK(offered({"dectprov", "lint", "--format", "=", "js"}) == "json\n");
    CHECK(offered({"dectprov", "--color", "never", "lint", "--fail-on", ""}) == "error\nwarning\nnote\n");
    CHECK(offered({"dectprov", "lint", "--no-supp"}) == "--no-suppressions\n");
    CHECK(offered({"dectprov", "lint", "--rule", "users/duplicate-i"}) == "users/duplicate-ipei=\n");
    CHECK(offered({"dectprov", "lint", "--rule", "value/type", "=", "o"}) == "off\n");
    CHECK(offered({"dectprov", "lint", "--model", "6"}) == "6500\n");
    CHECK(offered({"dectprov", "explain", "sip.dtmf.d"}) == "sip.dtmf.duration\n");
    CHECK(offered({"dectprov", "explain", "value/le"}) == "value/length\n");
    CHECK(offered({"dectprov", "schema", "han"}) == "handset\n");
    // File names are the shell's own to offer.
    CHECK(offered({"dectprov", "lint", "some"}) == "\n");
}

TEST_CASE("each shell reads its script") {
    const workbench::Folder folder;
    for (const std::string name : {"bash", "zsh", "fish"}) {
        const std::string script = workbench::run({"completion", name}).out;
        CHECK_MESSAGE(script.find("lint") != std::string::npos, name);
        workbench::write("script", script);
        if (workbench::has(name)) CHECK_MESSAGE(workbench::shell(name + " -n script 2>&1").out.empty(), name);
    }
}
