// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "lsp_client.hpp"

using lsp::applied;
using lsp::Json;
using lsp::Session;

namespace {

const std::string config_text =
    "<config>\n"
    "  <sip>\n"
    "    <dtmf>\n"
    "      <duration>abc</duration>\n"
    "    </dtmf>\n"
    "  </sip>\n"
    "</config>\n";
const std::string users_text =
    "<users>\n"
    "  <user>\n"
    "    <username>7001</username>\n"
    "    <authpassword>geheim-1</authpassword>\n"
    "    <configgroup>100</configgroup>\n"
    "  </user>\n"
    "</users>\n";
const std::string group_text =
    "<cota>\n"
    "  <info>\n"
    "    <group>100</group>\n"
    "    <version>3</version>\n"
    "  </info>\n"
    "  <data>\n"
    "  </data>\n"
    "</cota>\n";
const std::string list_text = "GROUP100 VERSION3\n";
const std::string site_text =
    "dectprov: 1\n"
    "servers:\n"
    "  - mac: 0013d1800040\n"
    "    model: \"6500\"\n"
    "    settings:\n"
    "      sip: {dtmf: {duration: 270}}\n"
    "    users:\n"
    "      - {username: \"9001\", configgroup: 100}\n"
    "    handset_groups:\n"
    "      100: {version: 3, settings: {ringing_volume: {volume: 3}}}\n";

// A folder with one server and one description, which a session has as its workspace.
struct Tree {
    workbench::Folder here;
    std::string folder = std::filesystem::current_path().string();
    std::string config = folder + "/0013d1800032-config.xml";
    std::string users = folder + "/0013d1800032-users.xml";
    std::string group = folder + "/0013d1800032-handset_config_group_100.xml";
    std::string list = folder + "/0013d1800032-handset_config_list.ver";
    std::string site = folder + "/site.yaml";

    Tree() {
        workbench::write(config, config_text);
        workbench::write(users, users_text);
        workbench::write(group, group_text);
        workbench::write(list, list_text);
        workbench::write(site, site_text);
    }
};

std::vector<std::string> codes(const Json& diagnostics) {
    std::vector<std::string> all;
    for (const Json& one : diagnostics) all.push_back(one.value("code", ""));
    return all;
}

bool has(const Json& diagnostics, const std::string& code) {
    return std::ranges::count(codes(diagnostics), code) != 0;
}

std::vector<std::string> labels(const Json& completion) {
    std::vector<std::string> all;
    for (const Json& item : completion["items"]) all.push_back(item["label"]);
    return all;
}

bool offers(const Json& completion, const std::string& label) {
    return std::ranges::count(labels(completion), label) != 0;
}

Json caps_utf8() { return {{"general", {{"positionEncodings", {"utf-8", "utf-16"}}}}}; }

}  // namespace

TEST_SUITE("the session") {
    TEST_CASE("it begins, is shut down and ends with status 0") {
        Session session;
        session.play();
        CHECK(session.status == 0);
        CHECK(session.result(1)["serverInfo"]["name"] == "dectprov");
        CHECK(session.result(1)["capabilities"]["positionEncoding"] == "utf-16");
        CHECK(session.err.empty());
    }

    TEST_CASE("a client that goes away ends it cleanly, one that exits without shutdown is told") {
        Session gone;
        gone.play({}, false);
        CHECK(gone.status == 0);
        Session rude;
        rude.notify("exit", nullptr);
        rude.play({}, false);
        CHECK(rude.status == 2);
        CHECK(rude.err.find("without 'shutdown'") != std::string::npos);
    }

    TEST_CASE("messages that are none are answered with what is wrong, and the session goes on") {
        Session session;
        session.raw("Content-Length: 5\r\n\r\n{\"a\":");
        session.raw("Content-Type: x\r\n\r\n");
        session.raw("Content-Length: 2\r\n\r\n[]");
        session.raw("Content-Length: abc\r\n\r\n");
        const int after = session.request("nothing/known", Json::object());
        const int wrong = session.request("textDocument/hover", 7);
        session.play();
        CHECK(session.status == 0);
        std::vector<int> errors;
        for (const Json& message : session.messages) {
            if (message.contains("error") && message["id"].is_null())
                errors.push_back(message["error"]["code"]);
        }
        CHECK(errors == std::vector<int>{-32700, -32700, -32600, -32700});
        CHECK(session.answer(after)["error"]["code"] == -32601);
        CHECK(session.answer(wrong)["error"]["code"] == -32602);
    }

    TEST_CASE("requests before initialize and after shutdown are refused") {
        Session session;
        const int down = session.request("shutdown", nullptr);
        const int late = session.request("textDocument/hover", Json::object());
        session.notify("exit", nullptr);
        session.play({}, false);
        CHECK(session.status == 0);
        CHECK(session.result(down).is_null());
        CHECK(session.answer(late)["error"]["code"] == -32600);

        const auto early = workbench::run(
            {"lsp"}, lsp::framed(R"({"jsonrpc":"2.0","id":1,"method":"textDocument/hover","params":{}})"));
        CHECK(early.out.find("-32002") != std::string::npos);
    }

    TEST_CASE("a huge message is passed over") {
        Session session;
        session.raw("Content-Length: 9999999999\r\n\r\n");
        session.play({}, false);
        CHECK(session.status == 0);
    }

    TEST_CASE("a size that no message has is not waited for") {
        Session session;
        session.raw("Content-Length: 99999999999999999999\r\n\r\n");
        session.raw("Content-Length: 9999999999999999999\r\n\r\n");
        const int after = session.request("nothing/known", Json::object());
        session.play();
        CHECK(session.answer(after)["error"]["code"] == -32601);
        CHECK(std::ranges::count_if(session.messages, [](const Json& message) {
                  return message.contains("error") && message["error"]["code"] == -32700;
              }) == 2);
    }

    TEST_CASE("of a text that is no file nothing is said, and nothing wrong either") {
        Session session;
        const Json text{{"uri", "untitled:Untitled-1"}, {"languageId", "xml"}, {"version", 1}};
        Json opened = text;
        opened["text"] = config_text;
        session.notify("textDocument/didOpen", {{"textDocument", opened}});
        session.notify("textDocument/didChange",
                       {{"textDocument", text}, {"contentChanges", Json::array({{{"text", "x"}}})}});
        std::vector<int> asked;
        for (const char* method :
             {"hover", "completion", "codeAction", "documentSymbol", "rename", "formatting"})
            asked.push_back(session.request(std::string("textDocument/") + method, {{"textDocument", text}}));
        session.notify("textDocument/didClose", {{"textDocument", text}});
        const int command = session.request("workspace/executeCommand", {{"command", "dectprov.preview"},
                                                                         {"arguments", Json::array({text})}});
        session.wait_for(command);
        session.play();
        for (const int id : asked) CHECK(session.answer(id).at("result").is_null());
        CHECK(session.answer(command)["error"]["message"] == "the text is no file; save it first");
        CHECK(std::ranges::none_of(session.messages, [](const Json& message) {
            return message.value("method", "") == "window/showMessage" ||
                   message.value("method", "") == "window/logMessage";
        }));
    }

    TEST_CASE("a request that waits can be taken back") {
        const Tree tree;
        Session session(Json::object(), {tree.folder});
        session.open(tree.config, config_text);
        const int id = session.ask_for_actions(tree.config);
        session.notify("$/cancelRequest", {{"id", id}});
        session.play();
        CHECK(session.answer(id)["error"]["code"] == -32800);
    }

    TEST_CASE("changes of texts that are not open, and of places outside of them, do no harm") {
        const Tree tree;
        Session session(Json::object(), {tree.folder});
        session.change(tree.config, Json::array({{{"text", "x"}}}));
        session.open(tree.config, config_text);
        session.change(tree.config,
                       Json::array({{{"range", lsp::range(9000, 4, 9000, 9999)}, {"text", "<!-- end -->"}}}));
        session.change(tree.config, Json::array({{{"range", {{"start", 1}}}, {"text", ""}}}));
        session.settle(tree.config);
        session.play();
        CHECK(session.status == 0);
        CHECK(has(session.diagnostics(tree.config), "value/type"));
    }
}

TEST_SUITE("findings") {
    TEST_CASE("those of the text that is not saved are told, in units of UTF-16") {
        const Tree tree;
        Session session(Json::object(), {tree.folder});
        session.open(tree.config,
                     "<config><sip><dtmf><!-- 😀 --><duration>abc</duration></dtmf></sip></config>");
        session.settle(tree.config);
        session.play();
        const Json found = session.diagnostics(tree.config);
        REQUIRE(has(found, "value/type"));
        for (const Json& one : found) {
            if (one["code"] == "value/type") CHECK(one["range"] == lsp::range(0, 40, 0, 43));
        }
    }

    TEST_CASE("in bytes where client and server agree on UTF-8") {
        const Tree tree;
        Session session(caps_utf8(), {tree.folder});
        session.open(tree.config,
                     "<config><sip><dtmf><!-- 😀 --><duration>abc</duration></dtmf></sip></config>");
        session.settle(tree.config);
        session.play();
        for (const Json& one : session.diagnostics(tree.config)) {
            if (one["code"] == "value/type") CHECK(one["range"] == lsp::range(0, 42, 0, 45));
        }
    }

    TEST_CASE("half of a surrogate pair is replaced alone, and text around it stays in place") {
        const Tree tree;
        Session session(Json::object(), {tree.folder});
        session.open(tree.config,
                     "<config><!-- 😀 --><sip><dtmf><duration>abc</duration></dtmf></sip></config>");
        // A place within the pair is the begin of the character.
        session.change(tree.config, Json::array({{{"range", lsp::range(0, 14, 0, 14)}, {"text", "y"}}}));
        session.settle(tree.config);
        session.play();
        for (const Json& one : session.diagnostics(tree.config)) {
            if (one["code"] == "value/type") CHECK(one["range"] == lsp::range(0, 41, 0, 44));
        }
    }

    TEST_CASE("an edit of the list of groups refreshes the group file, and the reverse") {
        const Tree tree;
        Session session(Json::object(), {tree.folder});
        session.open(tree.list, list_text);
        session.settle(tree.list);
        session.change(tree.list, Json::array({{{"text", "GROUP101 VERSION1\n"}}}));
        session.settle(tree.list);
        session.play();
        CHECK(has(session.diagnostics(tree.group), "ver/group-not-listed"));
        CHECK(has(session.diagnostics(tree.list), "ver/group-file-missing"));
    }

    TEST_CASE("a layer refreshes the description that extends it, a table too") {
        workbench::Folder here;
        const std::string folder = std::filesystem::current_path().string();
        const std::string site = folder + "/site.yaml";
        const std::string layer = folder + "/layer.yaml";
        const std::string table = folder + "/users.csv";
        workbench::write(layer, "dectprov: 1\ndefaults:\n  settings: {sip: {dtmf: {duration: 270}}}\n");
        workbench::write(table, "username,ipei\n9001,00077 0000001\n");
        workbench::write(
            site,
            "dectprov: 1\nextends: [layer.yaml]\nservers:\n  - mac: 0013d1800040\n    model: \"6500\"\n"
            "    users: [{from: users.csv}]\n");
        Session session(Json::object(), {folder});
        session.open(layer, "dectprov: 1\ndefaults:\n  settings: {sip: {dtmf: {duration: soon}}}\n");
        session.open(table, "username,ipei\n9001,00077\n");
        session.settle(layer);
        session.play();
        CHECK(has(session.diagnostics(layer), "value/type"));
        CHECK(has(session.diagnostics(table), "value/format"));
    }

    TEST_CASE("a configuration that cannot be read is told where it is wrong, and comes right again") {
        const Tree tree;
        const std::string config = tree.folder + "/.dectprov.yaml";
        Session session(Json::object(), {tree.folder});
        session.open(config, "rulez: {}\n");
        const int broken = session.settle(config);
        session.change(config, Json::array({{{"text", "rules: {value/type: off}\n"}}}));
        session.settle(config);
        session.play();
        Json first;
        for (const Json& message : session.messages) {
            if (message.value("id", 0) == broken) break;
            if (message.value("method", "") == "textDocument/publishDiagnostics" &&
                message["params"]["uri"] == lsp::file_uri(config))
                first = message["params"]["diagnostics"];
        }
        REQUIRE(first.size() == 1);
        CHECK(first[0]["message"].get<std::string>().find("rules") != std::string::npos);
        CHECK(session.diagnostics(config).empty());
        CHECK_FALSE(has(session.diagnostics(tree.config), "value/type"));
    }

    TEST_CASE("a file that vanishes is forgotten") {
        const Tree tree;
        Session session(Json::object(), {tree.folder});
        session.open(tree.users, users_text);
        session.settle(tree.users);
        session.play();
        CHECK(has(session.diagnostics(tree.config), "value/type"));

        std::filesystem::remove(tree.config);
        Session later(Json::object(), {tree.folder});
        later.open(tree.users, users_text);
        later.notify("workspace/didChangeWatchedFiles",
                     {{"changes", Json::array({{{"uri", lsp::file_uri(tree.config)}, {"type", 3}}})}});
        later.settle(tree.users);
        later.play();
        CHECK(later.diagnostics(tree.config).is_null());
    }

    TEST_CASE("without a folder the whole server of a text is looked at") {
        const Tree tree;
        Session session;
        session.open(tree.users, users_text);
        session.settle(tree.users);
        session.play();
        CHECK(has(session.diagnostics(tree.config), "value/type"));
    }
}

TEST_SUITE("hover") {
    TEST_CASE("an element says what it is, and a finding its rule") {
        const Tree tree;
        Session session(Json::object(), {tree.folder});
        session.open(tree.config, config_text);
        session.settle(tree.config);
        const int name = session.at("textDocument/hover", tree.config, 3, 10);
        const int value = session.at("textDocument/hover", tree.config, 3, 17);
        session.play();
        CHECK(session.result(name)["contents"]["value"].get<std::string>().find("sip.dtmf.duration") !=
              std::string::npos);
        CHECK(session.result(name)["range"] == lsp::range(3, 7, 3, 15));
        CHECK(session.result(value)["contents"]["value"].get<std::string>().find("value/type") !=
              std::string::npos);
    }

    TEST_CASE("keys of a description, its settings, and the cells of a table") {
        const Tree tree;
        const std::string table = tree.folder + "/users.csv";
        Session session(Json::object(), {tree.folder});
        session.open(tree.site, site_text);
        session.open(table, "username,ipei\n9001,00077 0000001\n");
        const int key = session.at("textDocument/hover", tree.site, 3, 6);
        const int setting = session.at("textDocument/hover", tree.site, 5, 20);
        const int user = session.at("textDocument/hover", tree.site, 7, 30);
        const int cell = session.at("textDocument/hover", table, 1, 8);
        session.play();
        const auto text = [&](int id) { return session.result(id)["contents"]["value"].get<std::string>(); };
        CHECK(text(key).find("model") != std::string::npos);
        CHECK(text(setting).find("sip.dtmf.duration") != std::string::npos);
        CHECK(text(user).find("user.configgroup") != std::string::npos);
        CHECK(text(cell).find("user.ipei") != std::string::npos);
    }

    TEST_CASE("a secret is in no answer and no log") {
        const Tree tree;
        Session session(Json::object(), {tree.folder});
        session.open(tree.users, users_text);
        session.settle(tree.users);
        for (int character = 0; character < 40; ++character)
            session.at("textDocument/hover", tree.users, 3, character);
        session.at("textDocument/completion", tree.users, 3, 20);
        session.request("textDocument/documentSymbol",
                        {{"textDocument", {{"uri", lsp::file_uri(tree.users)}}}});
        session.play();
        for (const Json& message : session.messages)
            CHECK(message.dump().find("geheim") == std::string::npos);
    }
}

TEST_SUITE("completion") {
    TEST_CASE("elements where a tag begins, values and groups where a value stands") {
        const Tree tree;
        Session session(Json::object(), {tree.folder});
        const std::string text =
            "<users>\n  <user>\n    <\n    <configgroup></configgroup>\n  </user>\n</users>\n";
        session.open(tree.users, text);
        session.settle(tree.users);
        const int name = session.at("textDocument/completion", tree.users, 2, 5);
        const int group = session.at("textDocument/completion", tree.users, 3, 17);
        session.play();
        CHECK(offers(session.result(name), "username"));
        CHECK(offers(session.result(group), "100"));
        for (const Json& item : session.result(name)["items"]) {
            if (item["label"] == "username") CHECK(item["textEdit"]["newText"] == "username></username>");
        }
    }

    TEST_CASE("keys, settings and words in a description that is being typed") {
        const Tree tree;
        Session session(Json::object(), {tree.folder});
        const std::string text =
            "dectprov: 1\n"
            "servers:\n"
            "  - mac: 0013d1800040\n"
            "    model: \n"
            "    settings:\n"
            "      si\n"
            "    users:\n"
            "      - {username: \"9001\", con\n"
            "    \n";
        session.open(tree.site, text);
        const int model = session.at("textDocument/completion", tree.site, 3, 11);
        const int setting = session.at("textDocument/completion", tree.site, 5, 8);
        const int field = session.at("textDocument/completion", tree.site, 7, 30);
        const int key = session.at("textDocument/completion", tree.site, 8, 4);
        session.play();
        CHECK(offers(session.result(model), "6500"));
        CHECK(offers(session.result(setting), "sip"));
        CHECK(offers(session.result(field), "configgroup"));
        CHECK(offers(session.result(key), "handset_groups"));
    }

    TEST_CASE("rules in suppressions and in the configuration, severities behind them") {
        const Tree tree;
        const std::string config = tree.folder + "/.dectprov.yaml";
        Session session(Json::object(), {tree.folder});
        session.open(tree.config, "<config>\n<!-- dectprov-disable-next-line val -->\n</config>\n");
        session.open(config, "rules:\n  value/type: \n  va\n");
        const int comment = session.at("textDocument/completion", tree.config, 1, 36);
        const int severity = session.at("textDocument/completion", config, 1, 14);
        const int rule = session.at("textDocument/completion", config, 2, 4);
        session.play();
        CHECK(offers(session.result(comment), "value/type"));
        CHECK(offers(session.result(severity), "error"));
        CHECK(offers(session.result(rule), "value/type"));
    }

    TEST_CASE("the columns of a table") {
        const Tree tree;
        const std::string table = tree.folder + "/users.csv";
        Session session(Json::object(), {tree.folder});
        session.open(table, "username,\n9001,\n");
        const int column = session.at("textDocument/completion", table, 0, 9);
        session.play();
        CHECK(offers(session.result(column), "ipei"));
    }
}

TEST_SUITE("code actions") {
    TEST_CASE("a fix mends the text, and all of them together do") {
        const Tree tree;
        const std::string text =
            "<config>\n  <sip>\n    <dtmf>\n      <duration> 270</duration>\n    </dtmf>\n  "
            "</sip>\n</config>\n";
        Session session(Json::object(), {tree.folder});
        session.open(tree.config, text);
        const int id = session.ask_for_actions(tree.config);
        session.wait_for(id);
        session.play();
        bool fixed = false;
        bool all = false;
        for (const Json& action : session.result(id)) {
            const std::string title = action["title"];
            if (title.starts_with("suppress")) continue;
            const std::string mended = applied(text, action["edit"]["changes"][lsp::file_uri(tree.config)]);
            fixed = fixed || (action.value("isPreferred", false) &&
                              mended.find("<duration>270<") != std::string::npos);
            all = all || (action["kind"] == "source.fixAll.dectprov" &&
                          mended.find("<duration>270<") != std::string::npos);
        }
        CHECK(fixed);
        CHECK(all);
    }

    TEST_CASE("a suppression hides the finding that it was offered for") {
        const Tree tree;
        Session session(Json::object(), {tree.folder});
        session.open(tree.config, config_text);
        const int id = session.ask_for_actions(tree.config);
        session.wait_for(id);
        session.play();
        std::string with;
        for (const Json& action : session.result(id)) {
            if (action["title"] == "suppress value/type here, with a reason")
                with = applied(config_text, action["edit"]["changes"][lsp::file_uri(tree.config)]);
        }
        REQUIRE_FALSE(with.empty());
        workbench::write(tree.config, with);
        const auto result = workbench::run({"lint", tree.config, "--format", "compact"});
        CHECK(result.out.find("value/type") == std::string::npos);
        CHECK(result.out.find("suppression/") == std::string::npos);
    }
}

TEST_SUITE("the structure of a text") {
    TEST_CASE("users are symbols with their names") {
        const Tree tree;
        Session session(Json::object(), {tree.folder});
        session.open(tree.users, users_text);
        session.open(tree.site, site_text);
        const Json users{{"textDocument", {{"uri", lsp::file_uri(tree.users)}}}};
        const Json site{{"textDocument", {{"uri", lsp::file_uri(tree.site)}}}};
        const int of_users = session.request("textDocument/documentSymbol", users);
        const int of_site = session.request("textDocument/documentSymbol", site);
        const int folds = session.request("textDocument/foldingRange", users);
        const int folds_of_site = session.request("textDocument/foldingRange", site);
        session.play();
        const Json user = session.result(of_users)[0]["children"][0];
        CHECK(user["name"] == "user");
        CHECK(user["detail"] == "7001");
        CHECK(session.result(of_site)[1]["name"] == "servers");
        CHECK(session.result(of_site)[1]["children"][0]["name"] == "0013d1800040");
        CHECK(session.result(folds)[1] == Json{{"startLine", 1}, {"endLine", 5}});
        CHECK(session.result(folds_of_site)[0] == Json{{"startLine", 1}, {"endLine", 9}});
    }

    TEST_CASE("a selection grows from the value to the element and its section") {
        const Tree tree;
        Session session(Json::object(), {tree.folder});
        session.open(tree.config, config_text);
        const int id = session.request("textDocument/selectionRange",
                                       {{"textDocument", {{"uri", lsp::file_uri(tree.config)}}},
                                        {"positions", Json::array({{{"line", 3}, {"character", 17}}})}});
        session.play();
        const Json inner = session.result(id)[0]["parent"];
        CHECK(inner["range"] == lsp::range(3, 16, 3, 19));
        CHECK(inner["parent"]["range"] == lsp::range(3, 6, 3, 30));
    }
}

TEST_SUITE("what belongs together") {
    TEST_CASE("a user's group leads to the group's file and its line in the list, and they to the users") {
        const Tree tree;
        Session session(Json::object(), {tree.folder});
        session.open(tree.users, users_text);
        session.open(tree.list, list_text);
        session.settle(tree.users);
        const int from_user = session.at("textDocument/definition", tree.users, 4, 18);
        const Json place{{"textDocument", {{"uri", lsp::file_uri(tree.list)}}},
                         {"position", {{"line", 0}, {"character", 2}}},
                         {"context", {{"includeDeclaration", false}}}};
        const int of_line = session.request("textDocument/references", place);
        session.play();
        const Json definition = session.result(from_user);
        REQUIRE(definition.size() == 2);
        CHECK(definition[0]["uri"] == lsp::file_uri(tree.group));
        CHECK(definition[0]["range"] == lsp::range(2, 11, 2, 14));
        CHECK(definition[1]["uri"] == lsp::file_uri(tree.list));
        CHECK(definition[1]["range"] == lsp::range(0, 5, 0, 8));
        REQUIRE(session.result(of_line).size() == 1);
        CHECK(session.result(of_line)[0]["uri"] == lsp::file_uri(tree.users));
    }

    TEST_CASE("a setting leads to the layer that gives it, a table to the description that reads it") {
        workbench::Folder here;
        const std::string folder = std::filesystem::current_path().string();
        const std::string site = folder + "/site.yaml";
        const std::string layer = folder + "/layer.yaml";
        const std::string table = folder + "/users.csv";
        const std::string text =
            "dectprov: 1\nextends: [layer.yaml]\nservers:\n  - mac: 0013d1800040\n    model: \"6500\"\n"
            "    settings: {sip: {callwaiting: false}}\n    users: [{from: users.csv}]\n";
        workbench::write(layer, "dectprov: 1\ndefaults:\n  settings: {sip: {callwaiting: true}}\n");
        workbench::write(table, "username\n9001\n");
        workbench::write(site, text);
        Session session(Json::object(), {folder});
        session.open(site, text);
        session.open(table, "username\n9001\n");
        session.settle(site);
        const int setting = session.at("textDocument/definition", site, 5, 25);
        const int file = session.at("textDocument/definition", site, 6, 23);
        const int row = session.at("textDocument/definition", table, 1, 1);
        session.play();
        REQUIRE(session.result(setting).size() == 1);
        CHECK(session.result(setting)[0]["uri"] == lsp::file_uri(layer));
        CHECK(session.result(setting)[0]["range"] == lsp::range(2, 19, 2, 30));
        REQUIRE(session.result(file).size() == 1);
        CHECK(session.result(file)[0]["uri"] == lsp::file_uri(table));
        REQUIRE(session.result(row).size() == 1);
        CHECK(session.result(row)[0]["range"] == lsp::range(6, 19, 6, 28));
    }

    TEST_CASE("the number of a group is renamed in every file, and its file with it") {
        const Tree tree;
        const Json capabilities{
            {"workspace",
             {{"workspaceEdit", {{"documentChanges", true}, {"resourceOperations", {"rename"}}}}}}};
        Session session(capabilities, {tree.folder});
        session.open(tree.users, users_text);
        session.settle(tree.users);
        const auto rename = [&](const std::string& name) {
            return session.request("textDocument/rename",
                                   {{"textDocument", {{"uri", lsp::file_uri(tree.users)}}},
                                    {"position", {{"line", 4}, {"character", 18}}},
                                    {"newName", name}});
        };
        const int good = rename("105");
        const int bad = rename("none");
        session.play();
        std::vector<std::string> files;
        Json moved;
        for (const Json& change : session.result(good)["documentChanges"]) {
            if (change.contains("kind")) {
                moved = change;
                continue;
            }
            files.push_back(change["textDocument"]["uri"]);
            CHECK(change["edits"].size() == 1);
            CHECK(change["edits"][0]["newText"] == "105");
        }
        CHECK(files == std::vector<std::string>{lsp::file_uri(tree.group), lsp::file_uri(tree.list),
                                                lsp::file_uri(tree.users)});
        CHECK(moved["newUri"] == lsp::file_uri(tree.folder + "/0013d1800032-handset_config_group_105.xml"));
        CHECK(session.answer(bad)["error"]["code"] == -32803);
    }
}

TEST_SUITE("formatting and commands") {
    TEST_CASE("XML gets the form of the writer, and keeps its comments") {
        const Tree tree;
        Session session(Json::object(), {tree.folder});
        const std::string text =
            "<config><!-- tones --><sip>\n<dtmf><duration>270</duration> <!-- ms --></dtmf></sip>\n"
            "<!-- first --><network><bootproto>dhcp</bootproto></network></config>";
        session.open(tree.config, text);
        session.open(tree.users, "<users><user></users>");
        const auto format = [&](const std::string& path) {
            return session.request(
                "textDocument/formatting",
                {{"textDocument", {{"uri", lsp::file_uri(path)}}}, {"options", Json::object()}});
        };
        const int good = format(tree.config);
        const int bad = format(tree.users);
        session.play();
        CHECK(applied(text, session.result(good)) ==
              "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
              "<config>\n"
              "  <!-- first -->\n"
              "  <network>\n"
              "    <bootproto>dhcp</bootproto>\n"
              "  </network>\n"
              "  <!-- tones -->\n"
              "  <sip>\n"
              "    <dtmf>\n"
              "      <duration>270</duration> <!-- ms -->\n"
              "    </dtmf>\n"
              "  </sip>\n"
              "</config>\n");
        CHECK(session.answer(bad)["error"]["code"] == -32803);
    }

    TEST_CASE("the preview has the files of the server under the cursor, and no secret") {
        const Tree tree;
        const std::string text =
            "dectprov: 1\nservers:\n  - mac: 0013d1800040\n    model: \"6500\"\n    users:\n"
            "      - {username: \"9001\", authpassword: geheim-2}\n  - mac: 0013d1800041\n    model: "
            "\"6500\"\n"
            "    users: [{username: \"9002\"}]\n";
        Session session(Json::object(), {tree.folder});
        session.open(tree.site, text);
        session.settle(tree.site);
        const auto preview = [&](int line) {
            return session.request(
                "workspace/executeCommand",
                {{"command", "dectprov.preview"},
                 {"arguments", Json::array({{{"uri", lsp::file_uri(tree.site)},
                                             {"position", {{"line", line}, {"character", 6}}}}})}});
        };
        const int first = preview(3);
        const int second = preview(7);
        session.wait_for(second);
        session.play();
        REQUIRE(session.result(first)["files"].size() == 1);
        CHECK(session.result(first)["files"][0]["name"] == "0013d1800040-users.xml");
        CHECK(session.result(first)["files"][0]["text"].get<std::string>().find("***") != std::string::npos);
        CHECK(session.result(second)["files"][0]["name"] == "0013d1800041-users.xml");
        for (const Json& message : session.messages)
            CHECK(message.dump().find("geheim") == std::string::npos);
    }

    TEST_CASE("a client that shows progress is told of a large folder, from its begin to its end") {
        const workbench::Folder here;
        const std::string folder = std::filesystem::current_path().string();
        for (int i = 0; i < 400; ++i)
            workbench::write(folder + "/0013d1800" + std::to_string(100 + i) + "-users.xml", users_text);
        const std::string first = folder + "/0013d1800100-users.xml";
        Session session({{"window", {{"workDoneProgress", true}}}}, {folder});
        session.open(first, users_text);
        session.answer_when("workDoneProgress/create", "dectprov-1", nullptr);
        session.settle(first);
        session.play();
        std::vector<std::string> kinds;
        for (const Json& message : session.messages) {
            if (message.value("method", "") == "$/progress")
                kinds.push_back(message["params"]["value"]["kind"].get<std::string>());
        }
        // It may all be done before the client has said that it shows it: then nothing is begun.
        CHECK(std::ranges::count(kinds, "begin") <= 1);
        CHECK(std::ranges::count(kinds, "begin") == std::ranges::count(kinds, "end"));
        if (!kinds.empty()) {
            CHECK(kinds.front() == "begin");
            CHECK(kinds.back() == "end");
        }
        CHECK(std::ranges::any_of(session.messages, [](const Json& message) {
            return message.value("method", "") == "window/workDoneProgress/create";
        }));
    }

    TEST_CASE("files that the client watches are looked at again when it says so, folders when they come") {
        const Tree tree;
        const std::string other = tree.folder + "/other";
        const std::string layer = other + "/0013d1800050-users.xml";
        workbench::write(layer, "<users><user><username> 1</username></user></users>\n");
        const Json watched{{"workspace", {{"didChangeWatchedFiles", {{"dynamicRegistration", true}}}}}};
        Session session(watched, {tree.folder + "/none"});
        session.open(tree.users, users_text);
        session.settle(tree.users);
        session.notify(
            "workspace/didChangeWorkspaceFolders",
            {{"event",
              {{"added", Json::array({{{"uri", lsp::file_uri(other)}, {"name", "o"}}})},
               {"removed", Json::array({{{"uri", lsp::file_uri(tree.folder + "/none")}, {"name", "n"}}})}}}});
        session.settle(tree.users);
        session.notify("workspace/didChangeWatchedFiles",
                       {{"changes", Json::array({{{"uri", lsp::file_uri(tree.config)}, {"type", 2}},
                                                 {{"uri", lsp::file_uri(layer)}, {"type", 1}}})}});
        session.notify("textDocument/didSave", {{"textDocument", {{"uri", lsp::file_uri(tree.users)}}}});
        session.settle(tree.users);
        session.notify("textDocument/didClose", {{"textDocument", {{"uri", lsp::file_uri(tree.users)}}}});
        const int again = session.request("initialize", Json::object());
        session.wait_for(again);
        session.play();
        CHECK(has(session.diagnostics(layer), "value/space"));
        CHECK(session.answer(again)["error"]["code"] == -32600);
        CHECK(std::ranges::any_of(session.messages, [](const Json& message) {
            return message.value("method", "") == "client/registerCapability";
        }));
    }

    TEST_CASE("groups and names of files are offered where they may stand") {
        const Tree tree;
        workbench::write(tree.folder + "/users.csv", "username\n7001\n");
        const std::string text =
            "dectprov: 1\nservers:\n  - mac: 0013d1800040\n    model: \"6500\"\n"
            "    users:\n      - from: \n    handset_groups:\n      100: {version: 1}\n";
        Session session(Json::object(), {tree.folder});
        session.open(tree.site, text);
        session.open(tree.list, "\n");
        session.settle(tree.site);
        const int files = session.at("textDocument/completion", tree.site, 5, 14);
        const int lines = session.at("textDocument/completion", tree.list, 0, 0);
        session.wait_for(lines);
        session.play();
        CHECK(offers(session.result(files), "users.csv"));
        CHECK(offers(session.result(lines), "GROUP100 VERSION1"));
    }

    TEST_CASE("a command that has nothing to work on says so") {
        const Tree tree;
        Session session(Json::object(), {tree.folder});
        session.open(tree.users, users_text);
        session.settle(tree.users);
        const auto run = [&](const std::string& command) {
            return session.request(
                "workspace/executeCommand",
                {{"command", command}, {"arguments", Json::array({{{"uri", lsp::file_uri(tree.users)}}})}});
        };
        const int preview = run("dectprov.preview");
        const int effects = run("dectprov.effects");
        session.wait_for(effects);
        session.play();
        CHECK(session.answer(preview)["error"]["message"].get<std::string>().find(
                  "only a site description") != std::string::npos);
        CHECK(session.answer(effects)["error"]["message"].get<std::string>().find("git") !=
              std::string::npos);
    }

    TEST_CASE("rows of a table and lines of a list are symbols") {
        const Tree tree;
        const std::string table = tree.folder + "/users.csv";
        const std::string rows = "ipei,username\n00077 0000001,7001\n,\n00077 0000002,7002\n";
        workbench::write(table, rows);
        Session session(Json::object(), {tree.folder});
        session.open(table, rows);
        session.open(tree.list, "GROUP100 VERSION3\n\nGROUP101 VERSION1\n");
        const auto symbols = [&](const std::string& path) {
            return session.request("textDocument/documentSymbol",
                                   {{"textDocument", {{"uri", lsp::file_uri(path)}}}});
        };
        const int of_table = symbols(table);
        const int of_list = symbols(tree.list);
        session.wait_for(of_list);
        session.play();
        const auto names = [&](int id) {
            std::vector<std::string> all;
            for (const Json& one : session.result(id)) all.push_back(one["name"]);
            return all;
        };
        CHECK(names(of_table) == std::vector<std::string>{"7001", "7002"});
        CHECK(names(of_list) == std::vector<std::string>{"GROUP100", "GROUP101"});
    }

    TEST_CASE("no file is written, whatever is asked") {
        const Tree tree;
        const auto all_files = [&] {
            std::string all;
            for (const std::string& name : workbench::files_below(tree.folder))
                all += name + "\n" + workbench::read(tree.folder + "/" + name);
            return all;
        };
        const std::string before = all_files();
        Session session(Json::object(), {tree.folder});
        const std::string bad = "<users><user><username> 7001</username></user></users>\n";
        session.open(tree.users, bad);
        session.open(tree.site, site_text);
        session.settle(tree.users);
        const Json text{{"uri", lsp::file_uri(tree.users)}};
        session.request("textDocument/formatting", {{"textDocument", text}, {"options", Json::object()}});
        const int actions =
            session.request("textDocument/codeAction", {{"textDocument", text},
                                                        {"range", lsp::range(0, 0, 0, 50)},
                                                        {"context", {{"diagnostics", Json::array()}}}});
        const int rename =
            session.request("textDocument/rename", {{"textDocument", {{"uri", lsp::file_uri(tree.site)}}},
                                                    {"position", {{"line", 7}, {"character", 41}}},
                                                    {"newName", "101"}});
        const int preview = session.request(
            "workspace/executeCommand", {{"command", "dectprov.preview"},
                                         {"arguments", Json::array({{{"uri", lsp::file_uri(tree.site)}}})}});
        session.wait_for(preview);
        session.play();
        CHECK_FALSE(session.result(actions).empty());
        CHECK(session.result(rename).dump().find("101") != std::string::npos);
        CHECK(session.result(preview)["files"].size() > 1);
        CHECK(all_files() == before);
    }

    TEST_CASE("the effects are those of what changed since the last commit, saved or not") {
        const Tree tree;
        std::filesystem::remove_all(tree.folder + "/.git");
        // What a configuration does not have fetched changes nothing.
        std::filesystem::remove(tree.config);
        const std::string git = "git -c user.name=a -c user.email=a@example.com -c init.defaultBranch=main ";
        REQUIRE(workbench::shell(git + "init -q . && git add . && " + git + "commit -q -m a").status == 0);
        Session session(Json::object(), {tree.folder});
        session.open(tree.users, users_text);
        session.change(tree.users, Json::array({{{"range", lsp::range(2, 14, 2, 18)}, {"text", "7009"}}}));
        session.settle(tree.users);
        const int id = session.request("workspace/executeCommand",
                                       {{"command", "dectprov.effects"},
                                        {"arguments", Json::array({{{"uri", lsp::file_uri(tree.users)}}})}});
        session.wait_for(id);
        session.play();
        CHECK(session.result(id)["text"].get<std::string>().find("7009") != std::string::npos);
    }
}
