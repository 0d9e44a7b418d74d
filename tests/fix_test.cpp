// SPDX-License-Identifier: MIT
#include "lint/fix.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "lint_texts.hpp"

using dectprov::apply_fixes;
using dectprov::Fixes;

namespace {

const std::string users = "0013d1800032-users.xml";
const std::string blank = "<users><user><username> 1 </username></user></users>";

}  // namespace

TEST_CASE("fixes are applied to the text that was found wanting, with and without a byte order mark") {
    for (const std::string mark : {"", "\xef\xbb\xbf"}) {
        const auto linted = lint_texts::lint({{users, mark + blank}}, 1);
        const Fixes fixes = apply_fixes(*linted.files, linted.results.findings, true);
        REQUIRE(fixes.files.size() == 1);
        CHECK(fixes.files.front().after == mark + "<users><user><username>1</username></user></users>");
        CHECK(fixes.changed.empty());
    }
}

TEST_CASE("no fix is applied to a file that changed since it was read, or is gone") {
    auto linted = lint_texts::lint({{users, blank}}, 1);
    SUBCASE("into another one in which the same place looks the same") {
        linted.files->lay_over(users, blank + "<!-- mine -->");
    }
    SUBCASE("into nothing") { linted.files->uncover(users); }
    const Fixes fixes = apply_fixes(*linted.files, linted.results.findings, true);
    CHECK(fixes.files.empty());
    CHECK(fixes.changed == std::vector<std::string>{users});
}
