// SPDX-License-Identifier: MIT
// Edits that the language server offers, applied: what they were offered for has come about, and nothing
// else.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "lsp_client.hpp"

using lsp::applied;
using lsp::Json;
using lsp::Session;

namespace {

std::string here() { return std::filesystem::current_path().string(); }

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

std::vector<std::string> codes_of(const Json& diagnostics) {
    std::vector<std::string> codes;
    for (const Json& one : diagnostics) codes.push_back(one.value("code", ""));
    return codes;
}

// What is found in a text.
std::vector<std::string> found_in(const std::string& path, const std::string& text) {
    Session session(Json::object(), {here()});
    session.open(path, text);
    session.settle(path);
    session.play();
    return codes_of(session.diagnostics(path));
}

// The text with a rule suppressed by the action that is offered; "" where none is.
std::string suppressed(const std::string& path, const std::string& text, const std::string& rule) {
    Session session(Json::object(), {here()});
    session.open(path, text);
    session.settle(path);
    const int id = session.ask_for_actions(path);
    session.play();
    for (const Json& action : session.result(id)) {
        if (action["title"] == "suppress " + rule + " here, with a reason")
            return applied(text, action["edit"]["changes"][lsp::file_uri(path)]);
    }
    return "";
}

// A description with one user.
std::string with_user(const std::string& user) {
    return "dectprov: 1\nservers:\n  - mac: 0013d1800040\n    model: \"6500\"\n    users:\n" + user;
}

using Texts = std::map<std::string, std::string>;  // by the name of the file

// Files with a description among them, and what a rename makes of them.
struct Renames {
    workbench::Folder folder;
    Texts files;

    explicit Renames(Texts given) : files(std::move(given)) {
        for (const auto& [name, text] : files) workbench::write(name, text);
    }

    // Of what stands at `at` in a file; the answer.
    [[nodiscard]] Json ask(const std::string& file, const std::string& at, const std::string& name) const {
        const std::string& text = files.at(file);
        const std::size_t offset = text.find(at);
        const auto line = std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(offset), '\n');
        const std::size_t before = offset == 0 ? std::string::npos : text.rfind('\n', offset - 1);
        const std::size_t character = before == std::string::npos ? offset : offset - before - 1;
        const std::string path = here() + "/" + file;
        Session session(Json::object(), {here()});
        session.open(path, text);
        session.settle(path);
        const int id =
            session.request("textDocument/rename", {{"textDocument", {{"uri", lsp::file_uri(path)}}},
                                                    {"position", {{"line", line}, {"character", character}}},
                                                    {"newName", name}});
        session.play();
        return session.answer(id);
    }

    // The same, done.
    void rename(const std::string& file, const std::string& at, const std::string& name) {
        const Json answer = ask(file, at, name);
        REQUIRE(answer.contains("result"));
        for (auto& [other, text] : files) {
            text = applied(
                text, answer["result"]["changes"].value(lsp::file_uri(here() + "/" + other), Json::array()));
            workbench::write(other, text);
        }
    }

    [[nodiscard]] std::string refusal(const std::string& file, const std::string& at,
                                      const std::string& name) const {
        const Json answer = ask(file, at, name);
        return answer.contains("error") ? answer["error"]["message"].get<std::string>() : "";
    }
};

// Variables that come from everywhere: a heading, `columns`, `set` and a layer.
const Texts fleet{
    {"site.yaml",
     "dectprov: 1\nextends: [layer.yaml]\ndefaults:\n  settings: {provisioning: {server: {method: static, "
     "url: \"https://${var:host}/${var:loc}/${var:town}/${var:kind}\"}, check: {interval: 5}}}\nservers:\n"
     "  - from: s.csv\n    columns: {Town: var.town}\n    where: {var.loc: viby}\n"
     "    set: {model: \"400\", var.kind: ward}\n"},
    {"layer.yaml", "dectprov: 1\nvars: {host: a.example.com}\n"},
    {"other.yaml",
     "dectprov: 1\nextends: [layer.yaml]\nservers:\n  - {mac: 0013d1400009, model: \"400\", vars: {port: "
     "\"8080\"}, settings: {provisioning: {server: {method: static, url: "
     "\"https://${var:host}:${var:port}\"}, "
     "check: {interval: 5}}}}\n"},
    {"s.csv", "mac,\"var.loc\",Town\n00:13:d1:40:00:01,viby,aarhus\n00:13:d1:40:00:02,skejby,aarhus\n"},
};

}  // namespace

TEST_SUITE("suppressions") {
    TEST_CASE("the second one on a line of XML goes into the comment of the first, whose reason stays") {
        const workbench::Folder folder;
        const std::string path = here() + "/0013d1800032-users.xml";
        const std::string user = "  <user><username>c d</username><disabled>no</disabled></user>\n</users>\n";
        const std::string once = suppressed(path, "<users>\n" + user, "value/charset");
        CHECK(once == "<users>\n  <!-- dectprov-disable-next-line value/charset: say why -->\n" + user);
        const std::string twice = suppressed(path, once, "value/type");
        CHECK(twice ==
              "<users>\n  <!-- dectprov-disable-next-line value/charset, value/type: say why -->\n" + user);
        CHECK(found_in(path, twice).empty());
        const std::string with_reason =
            "<users>\n  <!-- dectprov-disable-next-line value/charset: by hand -->\n" + user;
        const std::string both = suppressed(path, with_reason, "value/type");
        CHECK(holds(both, "-line value/charset, value/type: by hand; say why -->\n  <user>"));
        CHECK(found_in(path, both).empty());
    }

    TEST_CASE("a line of XML ends as the others do") {
        const workbench::Folder folder;
        const std::string path = here() + "/0013d1800032-users.xml";
        const std::string text = "<users>\r\n<user><username>c d</username></user>\r\n</users>\r\n";
        CHECK(holds(suppressed(path, text, "value/charset"), "say why -->\r\n<user>"));
    }

    TEST_CASE("the second one on a line of a description goes into the comment of the first") {
        const workbench::Folder folder;
        const std::string path = here() + "/site.yaml";
        const std::string text = with_user("      - {username: \"a b\", disabled: \"no\"}\n");
        const std::string twice = suppressed(path, suppressed(path, text, "value/charset"), "value/type");
        CHECK(holds(twice, "\"no\"}  # dectprov-disable-line value/charset, value/type: say why\n"));
        const std::vector<std::string> left = found_in(path, twice);
        CHECK(std::ranges::count(left, "value/charset") == 0);
        CHECK(std::ranges::count(left, "value/type") == 0);
        CHECK(std::ranges::count(left, "suppression/unused") == 0);
    }

    TEST_CASE("none is offered within a text of a description, whose value it would change") {
        const workbench::Folder folder;
        const std::string path = here() + "/site.yaml";
        for (const std::string user :
             {"      - username: |\n          a b\n          c d\n", "      - username: |\n          a b\n",
              "      - username: >-\n          a b\n        displayname: x\n",
              "      - username: \"a\n          b\"\n", "      - username: 'a\n          b'\n",
              "      - username: a\n          b\n"}) {
            CAPTURE(user);
            const std::vector<std::string> found = found_in(path, with_user(user));
            CHECK(std::ranges::count(found, "value/charset") == 1);
            CHECK(suppressed(path, with_user(user), "value/charset").empty());
        }
        // Where the line ends between the values, it is a comment.
        const std::string flow = with_user("      - {username: \"a b\",\n         displayname: x}\n");
        const std::string with = suppressed(path, flow, "value/charset");
        CHECK(holds(with, "\"a b\",  # dectprov-disable-line value/charset: say why\n"));
        CHECK(std::ranges::count(found_in(path, with), "value/charset") == 0);
    }
}

TEST_CASE("none is offered for what shows between two descriptions, where a comment hides nothing") {
    const workbench::Folder folder;
    const std::string path = here() + "/site.yaml";
    const std::string text = with_user("      - {username: \"a b\"}\n");
    workbench::write("a.yaml", text);
    const std::vector<std::string> found = found_in(path, text);
    CHECK(std::ranges::count(found, "site/duplicate-server") == 1);
    CHECK(suppressed(path, text, "site/duplicate-server").empty());
    CHECK_FALSE(suppressed(path, text, "value/charset").empty());
}

TEST_SUITE("renames") {
    TEST_CASE("a variable that the column of a table, `columns` or `set` sets is renamed there too") {
        Renames renames(fleet);
        const auto url = [] {
            return workbench::run(
                       {"render", "site.yaml", "-o", "out", "--explain", "provisioning.server.url"})
                .out;
        };
        const std::string before = workbench::run({"lint"}).out;
        REQUIRE(holds(url(), "= https://a.example.com/viby/aarhus/ward "));
        renames.rename("site.yaml", "loc}", "place");
        renames.rename("site.yaml", "town}\n", "city");
        renames.rename("site.yaml", "kind: ", "sort");
        CHECK(renames.files["s.csv"].starts_with("mac,\"var.place\",Town\n"));
        CHECK(holds(renames.files["site.yaml"], "columns: {Town: var.city}\n    where: {var.place: viby}\n"));
        CHECK(holds(renames.files["site.yaml"], "var.sort: ward"));
        CHECK(holds(url(), "= https://a.example.com/viby/aarhus/ward "));
        CHECK(workbench::run({"lint"}).out == before);
    }

    TEST_CASE("a variable of a layer is renamed in every description that reads the layer") {
        Renames renames(fleet);
        renames.rename("site.yaml", "host}", "server");
        CHECK(holds(renames.files["layer.yaml"], "vars: {server: a.example.com}"));
        CHECK(holds(renames.files["other.yaml"], "https://${var:server}:${var:port}"));
    }

    TEST_CASE("a name that another variable has is refused, in a layer and in a table too") {
        const Renames renames(fleet);
        CHECK(renames.refusal("site.yaml", "loc}", "town") ==
              "the name 'town' is already in use (site.yaml, line 7)");
        CHECK(holds(renames.refusal("site.yaml", "kind}", "host"), "'host' is already in use"));
        // Of a server of another description that reads the layer.
        CHECK(holds(renames.refusal("layer.yaml", "host", "port"), "'port' is already in use"));
        CHECK(renames.refusal("site.yaml", "loc}", "port").empty());
    }

    TEST_CASE("a name that is written with an escape is not renamed by halves") {
        const Renames renames(Texts{
            {"site.yaml",
             "dectprov: 1\nvars: {\"lo\\x63\": viby}\nservers:\n  - {mac: 0013d1400009, model: \"400\", "
             "users: [{username: \"1\", displayname: \"${var:loc}\"}]}\n"}});
        CHECK(holds(renames.refusal("site.yaml", "loc}", "place"), "written with escapes"));
    }

    TEST_CASE("a literal `${` names no variable") {
        Renames renames(
            Texts{{"site.yaml",
                   "dectprov: 1\nvars: {loc: viby}\nservers:\n  - {mac: 0013d1400009, model: \"400\", "
                   "users: [{username: \"1\", displayname: \"$${var:loc} ${var:loc}\"}]}\n"}});
        renames.rename("site.yaml", "loc: ", "place");
        CHECK(holds(renames.files["site.yaml"], "\"$${var:loc} ${var:place}\""));
    }

    TEST_CASE("the number of a group of a layer is renamed in every description that reads the layer") {
        const auto described = [](const std::string& mac, const std::string& more) {
            return "dectprov: 1\nextends: [layer.yaml]\nservers:\n  - mac: " + mac +
                   "\n    model: \"6500\"\n    users: [{username: \"1\", configgroup: 5}]\n" + more;
        };
        Renames renames(
            Texts{{"layer.yaml", "dectprov: 1\ndefaults:\n  handset_groups: {5: {version: 1}}\n"},
                  {"site.yaml", described("0013d1800040", "")},
                  {"other.yaml", described("0013d1800041", "    handset_groups: {8: {version: 1}}\n")}});
        CHECK(renames.refusal("site.yaml", "5}]", "8") == "group 8 already exists (other.yaml)");
        renames.rename("site.yaml", "5}]", "7");
        CHECK(holds(renames.files["layer.yaml"], "{7: {version: 1}}"));
        CHECK(holds(renames.files["site.yaml"], "configgroup: 7"));
        CHECK(holds(renames.files["other.yaml"], "configgroup: 7"));
    }

    TEST_CASE("the number of a group is refused where its file cannot be renamed with it") {
        const Renames renames(Texts{
            {"0013d1800032-users.xml",
             "<users>\n<user><username>1</username><configgroup>5</configgroup></user>\n</users>\n"},
            {"0013d1800032-handset_config_group_5.xml",
             "<cota><info><group>5</group><version>1</version></info><data></data></cota>\n"},
            {"site.yaml",
             "dectprov: 1\nservers:\n  - mac: 0013d1800040\n    model: \"6500\"\n    users: [{username: "
             "\"1\", "
             "configgroup: 5}]\n    handset_groups: {5: {version: 1}}\n"}});
        CHECK(holds(renames.refusal("0013d1800032-users.xml", "5</config", "7"),
                    "the name of 0013d1800032-handset_config_group_5.xml has the number of the group"));
        // A description has no file for it.
        CHECK(renames.refusal("site.yaml", "5}]", "7").empty());
    }
}

TEST_CASE("a variable that a secret comes from has no value in a hover, whatever it is called") {
    const std::string text =
        "dectprov: 1\nvars:\n  a: Geheim71x\n  b: u:Geheim72x\n  c: h.example.com\nservers:\n"
        "  - model: \"6500\"\n    mac: 00:13:d1:80:00:32\n    settings:\n      provisioning:\n        "
        "server: "
        "{url: \"https://${var:b}@${var:c}/\"}\n    users:\n      - {username: \"1\", authpassword: "
        "\"${var:a}\"}\n";
    const std::string site = here() + "/site.yaml";
    Session session(Json::object(), {here()});
    session.open(site, text);
    session.settle(site);
    const int password = session.at("textDocument/hover", site, 2, 2);
    const int login = session.at("textDocument/hover", site, 3, 2);
    const int host = session.at("textDocument/hover", site, 4, 2);
    session.play();
    CHECK(holds(session.result(password)["contents"]["value"], "- `a` is `***` ("));
    CHECK(holds(session.result(login)["contents"]["value"], "- `b` is `***` ("));
    CHECK(holds(session.result(host)["contents"]["value"], "- `c` is `h.example.com` ("));
}

TEST_CASE("hover, definition and references of a variable lead to the column that sets it") {
    const Renames files(fleet);
    const std::string site = here() + "/site.yaml";
    const std::string table = here() + "/s.csv";
    Session session(Json::object(), {here()});
    session.open(site, fleet.at("site.yaml"));
    session.open(table, fleet.at("s.csv"));
    session.settle(site);
    const int at =
        static_cast<int>(fleet.at("site.yaml").find("loc}") - fleet.at("site.yaml").find("  settings"));
    const int hover = session.at("textDocument/hover", site, 3, at);
    const int definition = session.at("textDocument/definition", site, 3, at);
    const int heading = session.at("textDocument/references", table, 0, 10);
    session.play();
    CHECK(holds(session.result(hover)["contents"]["value"], "`loc` is a column of a table (s.csv, line 1)"));
    REQUIRE(session.result(definition).size() == 1);
    CHECK(session.result(definition)[0]["uri"] == lsp::file_uri(table));
    CHECK(session.result(definition)[0]["range"] == lsp::range(0, 9, 0, 12));
    // The heading, the reference and `where`.
    CHECK(session.result(heading).size() == 3);
}
