// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <stdexcept>
#include <string>

#include "dectprov/lint.hpp"
#include "dectprov/read.hpp"
#include "workbench.hpp"

using dectprov::api::lint;

namespace {

const std::string bad_user = "<users><user><username> 1</username></user></users>\n";

}  // namespace

TEST_CASE("another program narrows what it asks to servers, in any notation of their addresses") {
    const workbench::Folder folder;
    workbench::write("0013d1800001-users.xml", bad_user);
    workbench::write("0013d1800002-users.xml", bad_user);
    CHECK(lint({"."}).findings.size() == 2);
    const auto one = lint({"."}, {.servers = {"00-13-D1-80-00-02"}});
    REQUIRE(one.findings.size() == 1);
    CHECK(one.findings.front().server == "0013d1800002");
    CHECK(one.findings.front().rule == "value/space");
    CHECK(one.findings.front().place.column == 24);
}

TEST_CASE("another program is told what is no model and no server") {
    const workbench::Folder folder;
    workbench::write("0013d1800001-users.xml", bad_user);
    CHECK_THROWS_AS(lint({"."}, {.model = "6501"}), std::runtime_error);
    CHECK_THROWS_AS(lint({"."}, {.servers = {"ward"}}), std::runtime_error);
    CHECK(lint({"."}, {.model = "2500"}).findings.size() > 1);
}
