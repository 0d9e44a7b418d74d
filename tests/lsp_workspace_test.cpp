// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <ctime>
#include <filesystem>
#include <string>
#include <vector>

#include "lsp_client.hpp"

using lsp::Json;
using lsp::Session;

namespace {

const std::string config_text =
    "<config>\n  <sip>\n    <dtmf>\n      <duration>abc</duration>\n    </dtmf>\n  </sip>\n</config>\n";

std::string here() { return std::filesystem::current_path().string(); }

std::size_t count(const Json& diagnostics, const std::string& code) {
    return static_cast<std::size_t>(
        std::ranges::count_if(diagnostics, [&](const Json& one) { return one.value("code", "") == code; }));
}

Json command(const std::string& name, const std::string& path) {
    return {{"command", name}, {"arguments", Json::array({{{"uri", lsp::file_uri(path)}}})}};
}

// As many servers as that, each with an error, and no description among them.
void write_fleet(std::size_t servers) {
    for (std::size_t i = 0; i < servers; ++i) {
        std::string number = std::to_string(i);
        number.insert(0, 4 - number.size(), '0');
        workbench::write("0013d180" + number + "-config.xml", config_text);
    }
}

}  // namespace

TEST_SUITE("a baseline") {
    const std::string recorded =
        "{\n  \"version\": 1,\n  \"entries\": [\n"
        "    {\"rule\": \"value/type\", \"file\": \"0013d1800032-config.xml\", \"identity\": "
        "\"sip.dtmf.duration\", \"count\": 1}\n  ]\n}\n";

    TEST_CASE("hides what it records, as for lint, until it changes") {
        const workbench::Folder folder;
        const std::string config = here() + "/0013d1800032-config.xml";
        const std::string baseline = here() + "/known.json";
        workbench::write(config, config_text);
        workbench::write(baseline, recorded);
        Session session(Json::object(), {here()});
        session.open(config, config_text);
        session.settle(config);
        session.open(baseline, recorded);
        session.change(baseline, Json::array({{{"text", "{\"version\": 1, \"entries\": []}"}}}));
        session.settle(config);
        session.play({"--baseline", baseline});
        std::vector<std::size_t> told;
        for (const Json& message : session.messages) {
            if (message.value("method", "") == "textDocument/publishDiagnostics" &&
                message["params"]["uri"] == lsp::file_uri(config))
                told.push_back(count(message["params"]["diagnostics"], "value/type"));
        }
        REQUIRE(told.size() >= 2);
        CHECK(told.front() == 0);
        CHECK(told.back() == 1);
        CHECK(workbench::run({"lint", "--baseline", "known.json"}).out.find("value/type") ==
              std::string::npos);
    }

    TEST_CASE("a finding is added to it, and is gone when the file is written") {
        const workbench::Folder folder;
        const std::string config = here() + "/0013d1800032-config.xml";
        const std::string baseline = here() + "/known.json";
        workbench::write(config, config_text);
        const auto edit_for = [&](const Json& capabilities) {
            Session session(capabilities, {here()});
            session.open(config, config_text);
            session.settle(config);
            const int id = session.ask_for_actions(config);
            session.play({"--baseline", baseline});
            Json edit;
            for (const Json& action : session.result(id)) {
                if (action["title"] == "add value/type to the baseline known.json") edit = action["edit"];
            }
            return edit;
        };
        // It is not there yet, and made first by editors that can do so.
        CHECK(edit_for(Json::object()).is_null());
        const Json steps = edit_for(lsp::workspace_edits({"create"}))["documentChanges"];
        REQUIRE(steps.size() == 2);
        CHECK(steps[0]["kind"] == "create");
        CHECK(steps[0]["uri"] == lsp::file_uri(baseline));
        CHECK(steps[1]["textDocument"]["uri"] == lsp::file_uri(baseline));
        CHECK(steps[1]["edits"][0]["newText"] == recorded);
        workbench::write(baseline, "{\"version\": 1, \"entries\": []}");
        const Json edits = edit_for(Json::object())["changes"][lsp::file_uri(baseline)];
        REQUIRE(edits.size() == 1);
        CHECK(edits[0]["newText"] == recorded);
        workbench::write(baseline, recorded);
        const auto lint = workbench::run({"lint", "--baseline", "known.json"});
        CHECK(lint.out.find("value/type") == std::string::npos);
        CHECK(lint.status == 0);
    }

    TEST_CASE("an entry that hides nothing is told where lint tells it") {
        const workbench::Folder folder;
        const std::string config = here() + "/0013d1800032-config.xml";
        const std::string baseline = here() + "/known.json";
        workbench::write(".dectprov.yaml", "min-severity: note\n");
        workbench::write(config, config_text);
        workbench::write(baseline, recorded);
        Session session(Json::object(), {here()});
        session.open(config, config_text);
        session.settle(config);
        session.change(config, Json::array({{{"range", lsp::range(3, 16, 3, 19)}, {"text", "270"}}}));
        session.settle(config);
        session.play({"--baseline", baseline});
        CHECK(count(session.diagnostics(baseline), "baseline/unused") == 1);
    }
}

TEST_SUITE("files that nobody tells of") {
    const std::string users_text = "<users><user><username>a b</username></user></users>\n";

    TEST_CASE("one that came since the session began is looked at when it is opened") {
        const workbench::Folder folder;
        const std::string config = here() + "/0013d1800032-config.xml";
        const std::string users = here() + "/0013d1800033-users.xml";
        const std::string site = here() + "/site.yaml";
        const std::string table = here() + "/users.csv";
        const std::string site_text =
            "dectprov: 1\nservers:\n  - {mac: 0013d1800040, model: \"6500\", users: [{from: users.csv}]}\n";
        const std::string table_text = "username\na b\n";
        workbench::write(config, config_text);
        workbench::write(site, site_text);
        Session session(Json::object(), {here()});
        session.open(config, config_text);
        session.open(site, site_text);
        session.settle(site);
        session.act([&] {
            workbench::write(users, users_text);
            workbench::write(table, table_text);
        });
        session.open(users, users_text);
        session.open(table, table_text);
        session.settle(users);
        session.change(users, Json::array({{{"range", lsp::range(0, 24, 0, 24)}, {"text", "c"}}}));
        session.settle(users);
        session.play();
        CHECK(count(session.diagnostics(users), "value/charset") == 1);
        CHECK(count(session.diagnostics(table), "value/charset") == 1);
        CHECK(session.diagnostics(site).empty());
    }

    TEST_CASE("one that is another one since is looked at again when it is opened") {
        const workbench::Folder folder;
        const std::string users = here() + "/0013d1800033-users.xml";
        const std::string site = here() + "/site.yaml";
        workbench::write(users, "<users><user><username>7001</username></user></users>\n");
        workbench::write(site, "dectprov: 1\n");
        Session session(Json::object(), {here()});
        session.open(site, "dectprov: 1\n");
        session.settle(site);
        session.act([&] { workbench::write(users, users_text); });
        session.open(users, users_text);
        session.settle(users);
        session.play();
        CHECK(count(session.diagnostics(users), "value/charset") == 1);
    }
}

TEST_CASE("messages name files as lint does in the folder of the workspace") {
    const workbench::Folder folder;
    const std::string site = here() + "/site.yaml";
    const std::string text =
        "dectprov: 1\nservers:\n  - {mac: 0013d1800040, model: \"6500\", users: [{from: users.csv, where: "
        "{Ward: north}}]}\n";
    workbench::write("users.csv", "username,Ward\n7001,south\n");
    workbench::write(site, text);
    Session session(Json::object(), {here()});
    session.open(site, text);
    session.settle(site);
    session.play();
    const std::string said = session.diagnostics(site).dump();
    CHECK(said.find("no row of users.csv has the ") != std::string::npos);
    const auto lint = workbench::run({"lint", "site.yaml"});
    CHECK(lint.out.find("no row of users.csv has the ") != std::string::npos);
}

TEST_SUITE("where texts lie") {
    TEST_CASE("a layer outside of the repository is refused though the editor has it open") {
        const workbench::Folder folder;
        const std::string layer = here() + "/outside.yaml";
        const std::string site = here() + "/inside/site.yaml";
        std::filesystem::create_directories(here() + "/inside/.git");
        const std::string layer_text = "dectprov: 1\ndefaults: {settings: {sip: {callwaiting: true}}}\n";
        const std::string site_text =
            "dectprov: 1\nextends: [../outside.yaml]\nservers:\n  - {mac: 0013d1800040, model: \"6500\"}\n";
        workbench::write(layer, layer_text);
        workbench::write(site, site_text);
        Session session(Json::object(), {here() + "/inside"});
        session.open(site, site_text);
        session.open(layer, layer_text);
        session.settle(site);
        session.play();
        CHECK(count(session.diagnostics(site), "site/reference") == 1);
        CHECK(workbench::run({"lint", "inside"}).out.find("[site/reference]") != std::string::npos);
        // What is allowed is allowed there too.
        Session allowed(Json::object(), {here() + "/inside"});
        allowed.open(site, site_text);
        allowed.open(layer, layer_text);
        allowed.settle(site);
        allowed.play({"--allow-outside", here()});
        CHECK(count(allowed.diagnostics(site), "site/reference") == 0);
    }

    TEST_CASE("the folder of the process stays, and git is asked where the text lies") {
        const workbench::Folder folder;
        const std::string before = here();
        std::filesystem::create_directories("repository");
        std::filesystem::create_directories("elsewhere");
        const std::string users = before + "/repository/0013d1800032-users.xml";
        const auto text = [](const std::string& name) {
            return "<users>\n  <user>\n    <username>" + name + "</username>\n  </user>\n</users>\n";
        };
        workbench::write(users, text("7001"));
        const std::string git =
            "git -C repository -c user.name=a -c user.email=a@example.com -c init.defaultBranch=main ";
        REQUIRE(workbench::shell(git + "init -q . && " + git + "add . && " + git + "commit -q -m a").status ==
                0);
        Session session(Json::object(), {before + "/elsewhere", before + "/repository"});
        session.open(users, text("7009"));
        const int id = session.request("workspace/executeCommand", command("dectprov.effects", users));
        session.wait_for(id);
        session.play();
        CHECK(here() == before);
        CHECK(session.result(id)["text"].get<std::string>().find("7009") != std::string::npos);
    }
}

TEST_SUITE("variables") {
    const std::string site_text =
        "dectprov: 1\nextends: [layer.yaml]\nservers:\n  - mac: 0013d1800040\n    model: \"6500\"\n"
        "    vars: {ward: North, pin: geheim-3}\n"
        "    users:\n      - {username: \"9001\", displayname: \"${var:ward} desk\"}\n";
    const std::string layer_text = "dectprov: 1\nvars: {ward: South}\n";

    TEST_CASE("hover says what a variable is, and where it is set") {
        const workbench::Folder folder;
        const std::string site = here() + "/site.yaml";
        workbench::write("layer.yaml", layer_text);
        workbench::write(site, site_text);
        Session session(Json::object(), {here()});
        session.open(site, site_text);
        session.settle(site);
        const int used = session.at("textDocument/hover", site, 7, 50);
        const int secret = session.at("textDocument/hover", site, 5, 25);
        session.play();
        const std::string text = session.result(used)["contents"]["value"];
        CHECK(text.find("`ward` is `North` (site.yaml, line 6)") != std::string::npos);
        CHECK(text.find("`ward` is `South` (layer.yaml, line 2)") != std::string::npos);
        CHECK(session.answer(secret).dump().find("geheim") == std::string::npos);
    }

    TEST_CASE("a variable is renamed where it is used and in every layer that sets it") {
        const workbench::Folder folder;
        const std::string site = here() + "/site.yaml";
        const std::string layer = here() + "/layer.yaml";
        workbench::write(layer, layer_text);
        workbench::write(site, site_text);
        Session session(Json::object(), {here()});
        session.open(site, site_text);
        session.settle(site);
        const auto rename = [&](int line, int character, const std::string& name) {
            return session.request("textDocument/rename",
                                   {{"textDocument", {{"uri", lsp::file_uri(site)}}},
                                    {"position", {{"line", line}, {"character", character}}},
                                    {"newName", name}});
        };
        const int good = rename(7, 50, "station");
        const int bad = rename(7, 50, "two words");
        const int nothing = rename(4, 12, "x");
        session.play();
        const Json& changes = session.result(good)["changes"];
        REQUIRE(changes.size() == 2);
        CHECK(changes[lsp::file_uri(layer)][0]["range"] == lsp::range(1, 7, 1, 11));
        CHECK(changes[lsp::file_uri(site)].size() == 2);
        for (const Json& edit : changes[lsp::file_uri(site)]) CHECK(edit["newText"] == "station");
        CHECK(session.answer(bad)["error"]["code"] == -32803);
        CHECK(session.answer(nothing)["error"]["code"] == -32803);
    }
}

TEST_SUITE("a large workspace") {
    TEST_CASE("the text that is worked on comes first, and what asks about it does not wait for the others") {
        const workbench::Folder folder;
        constexpr std::size_t servers = 3000;
        write_fleet(servers);
        const std::string last = here() + "/0013d1802999-config.xml";
        Session session(Json::object(), {here()});
        session.open(last, config_text);
        const int hover = session.at("textDocument/hover", last, 3, 8);
        const int actions = session.ask_for_actions(last);
        session.wait_for(actions);
        session.change(last, Json::array({{{"range", lsp::range(3, 16, 3, 19)}, {"text", "xyz"}}}));
        const int again = session.ask_for_actions(last);
        session.wait_for(again);
        session.settle(last);
        session.play();
        std::size_t told = 0;
        std::size_t told_at_hover = servers;
        std::size_t told_at_actions = servers;
        std::size_t told_again = servers;
        for (const Json& message : session.messages) {
            told += message.value("method", "") == "textDocument/publishDiagnostics" ? 1U : 0U;
            if (message.contains("method")) continue;
            if (message["id"] == hover) told_at_hover = told;
            if (message["id"] == actions) told_at_actions = told;
            if (message["id"] == again) told_again = told;
        }
        CHECK(told_at_hover == 0);
        // The files of a round of analysis or two.
        constexpr std::size_t few = 200;
        CHECK(told_at_actions < few);
        CHECK(told_again < few);
        CHECK(told >= servers);
    }

    TEST_CASE("a command is worked on aside: what is asked behind it is answered before it") {
        const workbench::Folder folder;
        std::string site_text = "dectprov: 1\nservers:\n";
        constexpr int servers = 300;
        for (int i = 0; i < servers; ++i) {
            std::string number = std::to_string(i);
            number.insert(0, 4 - number.size(), '0');
            site_text +=
                "  - {mac: 0013d180" + number + ", model: \"6500\", settings: {sip: {callwaiting: true}}}\n";
        }
        const std::string site = here() + "/site.yaml";
        workbench::write(site, site_text);
        Session session(Json::object(), {here()});
        session.open(site, site_text);
        session.settle(site);
        const int slow = session.request("workspace/executeCommand", command("dectprov.preview", site));
        const int cancelled = session.request("workspace/executeCommand", command("dectprov.preview", site));
        session.notify("$/cancelRequest", {{"id", cancelled}});
        const int hover = session.at("textDocument/hover", site, 0, 2);
        session.wait_for(slow);
        session.play();
        std::vector<int> order;
        for (const Json& message : session.messages) {
            if (!message.contains("method") && message["id"] >= slow) order.push_back(message["id"]);
        }
        const auto place = [&](int id) { return std::ranges::find(order, id) - order.begin(); };
        CHECK(place(hover) < place(slow));
        CHECK(session.result(slow)["files"].size() == servers);
        CHECK(session.answer(cancelled)["error"]["code"] == -32800);
    }

    TEST_CASE("a session that is shut down does not wait for the command that runs") {
        const workbench::Folder folder;
        std::string site_text = "dectprov: 1\ndefaults: {model: \"400\", users: [";
        for (int i = 0; i < 200; ++i) site_text += "{username: \"" + std::to_string(4000 + i) + "\"}, ";
        site_text += "]}\nservers:\n";
        for (int i = 0; i < 400; ++i) site_text += "  - {mac: 0013d180" + std::to_string(1000 + i) + "}\n";
        const std::string site = here() + "/site.yaml";
        workbench::write(site, site_text);
        const auto play = [&](bool wait) {
            Session session(Json::object(), {here()});
            session.open(site, site_text);
            session.settle(site);
            const int slow = session.request("workspace/executeCommand", command("dectprov.preview", site));
            const int queued = session.request("workspace/executeCommand", command("dectprov.effects", site));
            if (wait) session.wait_for(slow);
            const int down = session.request("shutdown", nullptr);
            session.notify("exit", nullptr);
            session.play({}, false);
            CHECK(session.status == 0);
            CHECK(session.err.empty());
            CHECK(session.result(down).is_null());
            if (wait) return;
            CHECK(session.answer(slow)["error"]["code"] == -32800);
            CHECK(session.answer(queued)["error"]["code"] == -32800);
        };
        // The work of the process, which others do not disturb.
        const std::clock_t begin = std::clock();
        play(false);
        const std::clock_t middle = std::clock();
        play(true);
        const std::clock_t stopped = middle - begin;
        const std::clock_t waited = std::clock() - middle;
        CHECK(stopped * 4 < waited * 3);
    }
}
