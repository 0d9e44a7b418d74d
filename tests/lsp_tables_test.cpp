// SPDX-License-Identifier: MIT
// What the language server says in tables, lists and configurations, and which servers a place in them means.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "lsp_client.hpp"

using lsp::Json;
using lsp::Session;

namespace {

// A description with two tables, a layer below it, and a server that is written out.
struct Fleet {
    workbench::Folder here;
    std::string folder = std::filesystem::current_path().string();
    std::string site = folder + "/site.yaml";
    std::string layer = folder + "/layer.yaml";
    std::string servers = folder + "/clinics.csv";
    std::string users = folder + "/staff.csv";
    std::string site_text =
        "dectprov: 1\n"
        "extends: [layer.yaml]\n"
        "defaults:\n"
        "  model: \"6500\"\n"
        "  settings: {sip: {defaultdomain: \"${var:clinic}.example.com\"}}\n"
        "  users:\n"
        "    - from: staff.csv\n"
        "      where: {Clinic: \"${var:clinic}\"}\n"
        "      columns: {Extension: username, Group: configgroup}\n"
        "  handset_groups:\n"
        "    100: {version: 3, settings: {ringing_volume: {volume: 3}}}\n"
        "servers:\n"
        "  - from: clinics.csv\n"
        "  - mac: 0013d1800043\n"
        "    vars: {clinic: spare}\n"
        "    settings: {sip: {callwaiting: false}}\n";
    std::string users_text = "Extension,Clinic,Group\n4001,skejby,100\n4002,viby,100\n";
    std::string servers_text =
        "mac,var.clinic,settings.sip.callwaiting\n0013d1800041,skejby,true\n0013d1800042,viby,false\n";

    Fleet() {
        workbench::write(site, site_text);
        workbench::write(layer, "dectprov: 1\ndefaults:\n  settings: {sip: {dtmf: {duration: 270}}}\n");
        workbench::write(servers, servers_text);
        workbench::write(users, users_text);
    }

    // With the description and its tables open.
    [[nodiscard]] Session session() const {
        Session session(Json::object(), {folder});
        session.open(site, site_text);
        session.open(servers, servers_text);
        session.open(users, users_text);
        session.open(layer, workbench::read(layer));
        session.settle(site);
        return session;
    }
};

std::string hover_text(const Session& session, int id) {
    return session.result(id).is_null() ? "" : session.result(id)["contents"]["value"].get<std::string>();
}

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

bool is_offered(const Session& session, int id, const std::string& label) {
    const Json& items = session.result(id)["items"];
    return std::ranges::any_of(items, [&](const Json& item) { return item["label"] == label; });
}

int command(Session& session, const std::string& name, const std::string& path, int line, int character) {
    const Json about{{"uri", lsp::file_uri(path)}, {"position", {{"line", line}, {"character", character}}}};
    const int id =
        session.request("workspace/executeCommand", {{"command", name}, {"arguments", Json::array({about})}});
    session.wait_for(id);
    return id;
}

// The servers whose files an answer has, each once.
std::vector<std::string> servers_of(const Session& session, int id) {
    std::vector<std::string> servers;
    for (const Json& file : session.result(id)["files"]) {
        const std::string server = file["name"].get<std::string>().substr(0, 12);
        if (servers.empty() || servers.back() != server) servers.push_back(server);
    }
    return servers;
}

}  // namespace

TEST_SUITE("tables") {
    TEST_CASE("a heading is what the description calls it, and a cell too") {
        const Fleet fleet;
        Session session = fleet.session();
        const int extension = session.at("textDocument/hover", fleet.users, 0, 2);
        const int group = session.at("textDocument/hover", fleet.users, 1, 13);
        const int address = session.at("textDocument/hover", fleet.servers, 1, 2);
        const int setting = session.at("textDocument/hover", fleet.servers, 1, 22);
        session.play();
        CHECK(holds(hover_text(session, extension), "user.username"));
        CHECK(holds(hover_text(session, group), "user.configgroup"));
        CHECK(holds(hover_text(session, address), "`mac`"));
        CHECK(holds(hover_text(session, setting), "sip.callwaiting"));
    }

    TEST_CASE(
        "a table of servers is offered the keys of servers, by its description or by its own headings") {
        const Fleet fleet;
        const std::string alone = fleet.folder + "/more.csv";
        Session session = fleet.session();
        session.open(alone, "mac,\n0013d1800044,\n");
        const int column = session.at("textDocument/completion", fleet.servers, 0, 1);
        const int of_none = session.at("textDocument/completion", alone, 0, 4);
        const int value = session.at("textDocument/completion", fleet.servers, 1, 22);
        session.play();
        CHECK(is_offered(session, column, "firmware_version"));
        CHECK_FALSE(is_offered(session, column, "ipei"));
        CHECK(is_offered(session, of_none, "replaces"));
        CHECK(is_offered(session, value, "false"));
    }

    TEST_CASE("the number of a group is renamed in a column of another name") {
        const Fleet fleet;
        Session session = fleet.session();
        const int id =
            session.request("textDocument/rename", {{"textDocument", {{"uri", lsp::file_uri(fleet.site)}}},
                                                    {"position", {{"line", 10}, {"character", 5}}},
                                                    {"newName", "105"}});
        session.play();
        const Json& changes = session.result(id)["changes"];
        REQUIRE(changes.contains(lsp::file_uri(fleet.users)));
        CHECK(changes[lsp::file_uri(fleet.users)].size() == 2);
        CHECK(changes[lsp::file_uri(fleet.users)][0]["range"] == lsp::range(1, 12, 1, 15));
    }

    TEST_CASE("what stands in `set`, in `columns` and behind `${` is offered in a description") {
        const Fleet fleet;
        const std::string text =
            "dectprov: 1\n"
            "vars: {host: a.example.com}\n"
            "servers:\n"
            "  - mac: 0013d1800040\n"
            "    settings: {provisioning: {server: {url: \"https://${va}\"}}}\n"
            "    users:\n"
            "      - from: staff.csv\n"
            "        columns: {Extension: u}\n"
            "        set:\n"
            "          con\n";
        Session session(Json::object(), {fleet.folder});
        session.open(fleet.site, text);
        const int variable = session.at("textDocument/completion", fleet.site, 4, 57);
        const int field = session.at("textDocument/completion", fleet.site, 7, 30);
        const int given = session.at("textDocument/completion", fleet.site, 9, 13);
        session.play();
        REQUIRE(is_offered(session, variable, "${var:host}"));
        for (const Json& item : session.result(variable)["items"]) {
            if (item["label"] == "${var:host}") CHECK(item["textEdit"]["range"] == lsp::range(4, 53, 4, 58));
        }
        CHECK(is_offered(session, field, "username"));
        CHECK(is_offered(session, given, "configgroup"));
    }
}

TEST_SUITE("lists and configurations") {
    TEST_CASE("a line of the list says which group it is, and who is in it") {
        const workbench::Folder folder;
        const std::string here = std::filesystem::current_path().string();
        const std::string list = here + "/0013d1800032-handset_config_list.ver";
        workbench::write(here + "/0013d1800032-users.xml",
                         "<users><user><configgroup>100</configgroup></user></users>\n");
        Session session(Json::object(), {here});
        session.open(list, "GROUP100 VERSION3\n");
        session.settle(list);
        const int id = session.at("textDocument/hover", list, 0, 3);
        session.play();
        CHECK(holds(hover_text(session, id), "handset group 100"));
        CHECK(holds(hover_text(session, id), "- file: missing"));
        CHECK(holds(hover_text(session, id), "users of this server: 1"));
    }

    TEST_CASE("a rule says what it is where it is set to a severity, and where it is suppressed") {
        const workbench::Folder folder;
        const std::string here = std::filesystem::current_path().string();
        const std::string config = here + "/.dectprov.yaml";
        const std::string users = here + "/0013d1800032-users.xml";
        Session session(Json::object(), {here});
        session.open(config, "rules:\n  value/type: off\npolicies:\n  a: {path: sip.d}\n");
        session.open(
            users,
            "<users>\n<!-- dectprov-disable value/charset: why -->\n<!-- dectprov-dis -->\n</users>\n");
        const int set = session.at("textDocument/hover", config, 1, 5);
        const int suppressed = session.at("textDocument/hover", users, 1, 26);
        const int word = session.at("textDocument/completion", users, 2, 17);
        const int severity = session.at("textDocument/completion", config, 1, 14);
        const int path = session.at("textDocument/completion", config, 3, 17);
        session.play();
        CHECK(holds(hover_text(session, set), "value/type"));
        CHECK(holds(hover_text(session, suppressed), "value/charset"));
        CHECK(is_offered(session, word, "dectprov-disable-next-line "));
        CHECK_FALSE(is_offered(session, word, "value/type"));
        CHECK(is_offered(session, severity, "off"));
        CHECK_FALSE(is_offered(session, severity, "false"));
        CHECK(is_offered(session, path, "sip.dtmf.duration"));
        CHECK(is_offered(session, path, "user[].ipei"));
    }
}

TEST_SUITE("the servers that are meant") {
    TEST_CASE("by an item, the table that it names, a row of it, and a user") {
        const Fleet fleet;
        Session session = fleet.session();
        const auto preview = [&](const std::string& path, int line) {
            return command(session, "dectprov.preview", path, line, 2);
        };
        const int table = preview(fleet.site, 12);
        const int written_out = preview(fleet.site, 15);
        const int elsewhere = preview(fleet.site, 4);
        const int row = preview(fleet.servers, 2);
        const int user = preview(fleet.users, 1);
        const int layer = preview(fleet.layer, 2);
        session.play();
        using Servers = std::vector<std::string>;
        CHECK(servers_of(session, table) == Servers{"0013d1800041", "0013d1800042"});
        CHECK(servers_of(session, written_out) == Servers{"0013d1800043"});
        CHECK(servers_of(session, elsewhere) == Servers{"0013d1800041", "0013d1800042", "0013d1800043"});
        CHECK(servers_of(session, row) == Servers{"0013d1800042"});
        CHECK(servers_of(session, user) == Servers{"0013d1800041"});
        CHECK(servers_of(session, layer).size() == 3);
    }

    TEST_CASE("a change of a table or a layer has its effects in the description that reads it") {
        const Fleet fleet;
        std::filesystem::remove_all(fleet.folder + "/.git");
        const std::string git = "git -c user.name=a -c user.email=a@example.com -c init.defaultBranch=main ";
        REQUIRE(workbench::shell(git + "init -q . && git add . && " + git + "commit -q -m a").status == 0);
        Session session = fleet.session();
        session.change(fleet.servers, Json::array({{{"text",
                                                     "mac,var.clinic,settings.sip.callwaiting\n"
                                                     "0013d1800041,skejby,false\n"
                                                     "0013d1800042,viby,false\n"}}}));
        session.settle(fleet.servers);
        const int table = command(session, "dectprov.effects", fleet.servers, 1, 0);
        session.change(fleet.layer, Json::array({{{"text", "dectprov: 1\n"}}}));
        session.settle(fleet.layer);
        const int layer = command(session, "dectprov.effects", fleet.layer, 0, 0);
        session.play();
        CHECK(holds(session.result(table)["text"], "sip.callwaiting  true -> false"));
        CHECK(holds(session.result(layer)["text"], "sip.dtmf.duration"));
    }
}

TEST_CASE("the effects are those of the server at the place, and a fault of both sides is told once") {
    const workbench::Folder folder;
    const std::string site = std::filesystem::current_path().string() + "/sites/site.yaml";
    const std::string server =
        "    model: \"6500\"\n    settings: {provisioning: {server: {method: static, url: \"https://x/\"}, "
        "check: {interval: 5}}}\n";
    const std::string text = "dectprov: 1\nservers:\n  - mac: 0013d1800032\n" + server +
                             "  - mac: 0013d1800033\n" + server +
                             "    users: [{username: \"1\", sippassword: \"${env:A B}\"}]\n";
    workbench::write(site, text);
    const std::string git = "git -c user.name=a -c user.email=a@example.com -c init.defaultBranch=main ";
    REQUIRE(workbench::shell(git + "init -q . && git add . && " + git + "commit -q -m a").status == 0);
    Session session(Json::object(), {std::filesystem::current_path().string()});
    session.open(site, text);
    std::string changed = text;
    for (std::size_t at = changed.find(": 5}"); at != std::string::npos; at = changed.find(": 5}"))
        changed.replace(at, 4, ": 6}");
    session.change(site, Json::array({{{"text", "# moved\n" + changed}}}));
    session.settle(site);
    const int first = command(session, "dectprov.effects", site, 4, 8);
    const int second = command(session, "dectprov.effects", site, 7, 8);
    const int nowhere = command(session, "dectprov.effects", site, 0, 0);
    session.play();
    const auto said = [&](int id) { return session.result(id)["text"].get<std::string>(); };
    CAPTURE(said(first));
    CAPTURE(said(nowhere));
    CHECK(holds(said(first), "in 1 of 1 server"));
    CHECK(holds(said(first), "0013d1800032"));
    CHECK_FALSE(holds(said(first), "0013d1800033"));
    CHECK(holds(said(second), "0013d1800033"));
    CHECK_FALSE(holds(said(second), "0013d1800032"));
    CHECK(holds(said(nowhere), "of 2 servers"));
    const std::size_t told = said(nowhere).find("[site/reference]");
    CHECK(told != std::string::npos);
    CHECK(said(nowhere).find("[site/reference]", told + 1) == std::string::npos);
    CHECK(holds(said(nowhere), "\nsites/site.yaml:10:"));
}

TEST_CASE("what render has written is in the form of the formatter") {
    const workbench::Folder folder;
    workbench::write("site.yaml",
                     "dectprov: 1\nservers:\n  - mac: 0013d1800040\n    model: \"6500\"\n"
                     "    settings: {sip: {dtmf: {duration: 270}}}\n    users: [{username: \"9001\"}]\n"
                     "    handset_groups: {100: {version: 3, settings: {ringing_volume: {volume: 3}}}}\n");
    REQUIRE(workbench::run({"render", "site.yaml", "-o", "out"}, {}).status == 0);
    const std::string out = std::filesystem::current_path().string() + "/out/";
    Session session(Json::object(), {out});
    std::vector<int> asked;
    for (const std::string name : {"config", "users", "handset_config_group_100"}) {
        const std::string path = out + "0013d1800040-" + name + ".xml";
        session.open(path, workbench::read(path));
        asked.push_back(
            session.request("textDocument/formatting",
                            {{"textDocument", {{"uri", lsp::file_uri(path)}}}, {"options", Json::object()}}));
    }
    session.play();
    for (const int id : asked) CHECK(session.result(id) == Json::array());
}
