// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>
#include <libxml/parser.h>

#include <nlohmann/json.hpp>

#include <filesystem>
#include <memory>
#include <string>
#include <tuple>
#include <vector>

#include "diag/format.hpp"
#include "workbench.hpp"

namespace {

// Ten servers of a thousand users, each with a fault: 10,000 findings.
void write_faulty_fleet() {
    for (int server = 0; server < 10; ++server) {
        std::string text = "<users>\n";
        for (int user = 0; user < 1000; ++user) {
            const std::string number = std::to_string(10000 + user);
            text += "  <user><username>" + number + "</username><disabled>" +
                    (user % 2 == 0 ? "yes" : "Nein") + "</disabled></user>\n";
        }
        workbench::write(
            "folder " + std::to_string(server % 3) + "/0013d180000" + std::to_string(server) + "-users.xml",
            text + "</users>\n");
    }
}

}  // namespace

TEST_CASE("ten thousand findings are the same bytes whatever the number of jobs") {
    const workbench::Folder folder;
    write_faulty_fleet();
    for (const dectprov::Format& format : dectprov::formats()) {
        CAPTURE(format.name);
        const std::string name(format.name);
        const workbench::CommandResult one = workbench::run({"lint", "-j", "1", "--format", name, "."});
        const workbench::CommandResult two = workbench::run({"lint", "-j", "2", "--format", name, "."});
        CHECK(one.status == 1);
        CHECK(one.out == two.out);
        CHECK(one.err == two.err);
    }
}

TEST_CASE("ten thousand findings are valid and sorted") {
    const workbench::Folder folder;
    write_faulty_fleet();
    const auto json = nlohmann::json::parse(workbench::run({"lint", "--format", "json", "."}).out);
    std::vector<std::tuple<std::string, int, int, std::string>> order;
    for (const auto& finding : json.at("diagnostics")) {
        order.emplace_back(finding.at("file"), finding.at("line"), finding.at("column"), finding.at("rule"));
    }
    CHECK(order.size() == 10000);
    CHECK(std::ranges::is_sorted(order));
    CHECK(json.at("summary").at("errors") == 10000);

    const auto sarif = nlohmann::json::parse(workbench::run({"lint", "--format", "sarif", "."}).out);
    CHECK(sarif.at("runs").at(0).at("results").size() == 10000);
    const auto gitlab = nlohmann::json::parse(workbench::run({"lint", "--format", "gitlab", "."}).out);
    CHECK(gitlab.size() == 10000);

    const std::string junit = workbench::run({"lint", "--format", "junit", "."}).out;
    const std::unique_ptr<xmlDoc, decltype(&xmlFreeDoc)> document(
        xmlReadMemory(junit.data(), static_cast<int>(junit.size()), "junit.xml", nullptr, XML_PARSE_NONET),
        &xmlFreeDoc);
    CHECK(document != nullptr);

    const std::string github = workbench::run({"lint", "--format", "github", "."}).out;
    CHECK(std::ranges::count(github, '\n') == 10001);
}

TEST_CASE(
    "what hosts of code read names files from the root of the repository, from whichever folder it runs") {
    const workbench::Folder folder;
    workbench::write("services/p rov/0013d1800032-users.xml",
                     "<users><user><username>a b</username><displayname> x</displayname></user></users>");
    const std::filesystem::path top = std::filesystem::current_path();
    for (const std::string format : {"sarif", "gitlab", "github", "junit"}) {
        CAPTURE(format);
        const auto report = [&](const std::filesystem::path& from, const std::string& path) {
            std::filesystem::current_path(from);
            std::string out = workbench::run({"lint", "--format", format, path}).out;
            std::filesystem::current_path(top);
            return out;
        };
        const std::string name = format == "sarif" ? "services/p%20rov/0013" : "services/p rov/0013";
        const std::string here = report(top, "services/p rov");
        CHECK(here.find(name) != std::string::npos);
        CHECK(report(top / "services", "./../services/p rov") == here);
        CHECK(report(top / "services/p rov", ".") == here);
        CHECK(report(top / "services", (top / "services/p rov").string()) == here);
        CHECK(report("/", (top / "services").string()) == here);
    }
    // Without a repository they are from the working folder.
    std::filesystem::remove(".git");
    const std::string out = workbench::run({"lint", "--format", "gitlab", (top / "services").string()}).out;
    CHECK(out.find("\"services/p rov/0013") != std::string::npos);
}
