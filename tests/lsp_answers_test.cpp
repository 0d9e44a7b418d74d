// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <ctime>
#include <filesystem>
#include <random>
#include <set>
#include <string>
#include <system_error>
#include <vector>

#include "bench/allocations.hpp"
#include "lsp_client.hpp"

// Each request has one answer, whatever happens to the files meanwhile and however many there are.

namespace {

using lsp::Json;
using lsp::Session;

namespace fs = std::filesystem;

std::string here() { return fs::current_path().string(); }

std::size_t answers_to(const Session& session, int id) {
    return static_cast<std::size_t>(std::ranges::count_if(session.messages, [&](const Json& message) {
        return !message.contains("method") && message.value("id", Json()) == id;
    }));
}

struct File {
    std::string name;
    std::string text;
};

const std::vector<File> originals{
    {"0013d1800032-config.xml",
     "<config>\n  <provisioning>\n    <firmware>\n      <kws>kws.bin</kws>\n    </firmware>\n  "
     "</provisioning>\n  <sip>\n    <dtmf>\n      <duration>abc</duration>\n    </dtmf>\n  "
     "</sip>\n</config>\n"},
    {"0013d1800032-users.xml",
     "<users>\n  <user>\n    <username>7001</username>\n    <ipei>00077 0000001</ipei>\n    "
     "<configgroup>100</configgroup>\n  </user>\n</users>\n"},
    {"0013d1800033-users.xml",
     "<users>\n  <user>\n    <username>7001</username>\n    <ipei>00077 0000001</ipei>\n  "
     "</user>\n</users>\n"},
    {"0013d1800032-handset_config_list.ver", "GROUP100 VERSION3\n"},
    {"site.yaml",
     "dectprov: 1\nextends: [layer.yaml]\nservers:\n  - mac: 0013d1800040\n    model: \"6500\"\n    "
     "users:\n      - from: users.csv\n"},
    {"other.yaml",
     "dectprov: 1\nextends: [layer.yaml]\nservers:\n  - mac: 0013d1800040\n    model: \"6500\"\n"},
    {"layer.yaml",
     "dectprov: 1\nextends: [deep.yaml]\ndefaults:\n  vars: {north: \"1\"}\n  settings:\n    sip: "
     "{dtmf: {duration: 270}}\n"},
    {"deep.yaml", "dectprov: 1\ndefaults:\n  settings:\n    sip: {callwaiting: maybe}\n"},
    {"users.csv", "username,displayname,ipei\n9002,Ward 1,00077 0000002\n"},
    {".dectprov.yaml", "rules:\n  config/never-checks: off\n"},
};

void write_originals() {
    for (const File& file : originals) workbench::write(file.name, file.text);
}

// A client that does whatever comes to its mind, and somebody else who does so with the files.
class RandomSession {
public:
    explicit RandomSession(unsigned seed) : random_(seed) {}

    void step(Session& session) {
        const File& file = originals[below(originals.size())];
        const std::string path = here() + "/" + file.name;
        switch (below(10)) {
            case 0:
                open_or_close(session, file, path);
                return;
            case 1:
                write(session, file, path);
                return;
            case 2:
                if (!open_.contains(path)) return;
                session.change(path, Json::array({{{"text", file.text.substr(0, below(file.text.size()))}}}));
                return;
            case 3:
                session.notify("$/cancelRequest",
                               {{"id", std::max(2, session.last() - static_cast<int>(below(3)))}});
                return;
            case 4:
                // The server comes to its end of work now and then, or nearly.
                if (below(3) == 0) session.wait_for(session.last());
                return;
            default:
                ask(session, path);
        }
    }

private:
    std::size_t below(std::size_t count) {
        return std::uniform_int_distribution<std::size_t>(0, count - 1)(random_);
    }

    void open_or_close(Session& session, const File& file, const std::string& path) {
        if (open_.erase(path) != 0) {
            session.notify("textDocument/didClose", {{"textDocument", {{"uri", lsp::file_uri(path)}}}});
        } else {
            open_.insert(path);
            session.open(path, file.text);
        }
    }

    void write(Session& session, const File& file, const std::string& path) {
        const bool gone = below(2) == 0;
        const std::string text = below(2) == 0 ? file.text : file.text.substr(0, below(file.text.size()));
        session.act([=] {
            std::error_code ignored;
            if (gone) fs::remove(path, ignored);
            if (!gone) workbench::write(path, text);
        });
        if (below(4) == 0) return;
        session.notify("workspace/didChangeWatchedFiles",
                       {{"changes", Json::array({{{"uri", lsp::file_uri(path)}, {"type", gone ? 3 : 2}}})}});
    }

    void ask(Session& session, const std::string& path) {
        constexpr std::array methods{
            "textDocument/hover",        "textDocument/completion",    "textDocument/documentSymbol",
            "textDocument/foldingRange", "textDocument/definition",    "textDocument/definition",
            "textDocument/references",   "textDocument/prepareRename", "textDocument/rename",
            "textDocument/formatting",   "textDocument/codeAction",    "textDocument/selectionRange",
            "textDocument/unknown",      "workspace/executeCommand"};
        const std::string method = methods.at(below(methods.size()));
        const Json document{{"uri", lsp::file_uri(path)}};
        const Json position{{"line", below(6)}, {"character", below(20)}};
        Json params{{"textDocument", document},
                    {"position", position},
                    {"positions", Json::array({position})},
                    {"newName", "n"}};
        if (method == "workspace/executeCommand") {
            params = {{"command", below(2) == 0 ? "dectprov.preview" : "dectprov.effects"},
                      {"arguments", Json::array({document})}};
        }
        if (method == "textDocument/codeAction") {
            params["range"] = lsp::range(0, 0, 1000, 0);
            params["context"] = {{"diagnostics", Json::array()}};
        }
        if (below(12) == 0) params = Json();
        session.request(method, params);
    }

    std::mt19937 random_;
    std::set<std::string> open_;
};

// So many files that are no server's, which a walk looks into, and a server in a hundred.
void write_workspace(std::size_t files) {
    for (std::size_t i = 0; i < files; ++i) {
        workbench::write("notes" + std::to_string(i) + ".yaml", "key: value\n");
        std::string number = std::to_string(i / 100);
        number.insert(0, 6 - number.size(), '0');
        if (i % 100 == 0) workbench::write("0013d1" + number + "-config.xml", originals.front().text);
    }
}

}  // namespace

TEST_CASE("each request of a session has one answer, whatever happens to the files") {
    for (const unsigned seed : {1U, 2U, 3U, 4U}) {
        const workbench::Folder folder;
        write_originals();
        RandomSession random(seed);
        Session session(Json::object(), {here()});
        for (int i = 0; i < 400; ++i) random.step(session);
        session.play();
        CAPTURE(seed);
        CHECK(session.status == 0);
        CHECK(session.err == "");
        for (int id = 1; id <= session.last(); ++id) {
            CAPTURE(id);
            CHECK(answers_to(session, id) == 1);
        }
    }
}

TEST_CASE("what leads to a layer is asked for when the layer is just gone") {
    const workbench::Folder folder;
    write_originals();
    const std::string site = here() + "/site.yaml";
    Session session(Json::object(), {here()});
    session.open(site, workbench::read(site));
    session.settle(site);
    session.act([] { fs::remove("layer.yaml"); });
    const int before = session.at("textDocument/definition", site, 1, 12);
    session.notify(
        "workspace/didChangeWatchedFiles",
        {{"changes", Json::array({{{"uri", lsp::file_uri(here() + "/layer.yaml")}, {"type", 3}}})}});
    const int after = session.at("textDocument/definition", site, 1, 12);
    session.wait_for(after);
    session.play();
    CHECK(session.status == 0);
    for (const int id : {before, after}) {
        CHECK(answers_to(session, id) == 1);
        CHECK(session.result(id) == Json::array());
    }
}

TEST_CASE("who waits for findings is answered though a baseline broke while a text was changed") {
    const workbench::Folder folder;
    write_workspace(500);
    const std::string config = here() + "/0013d1000000-config.xml";
    const std::string baseline = here() + "/known.json";
    workbench::write(baseline, "{\"version\": 1, \"entries\": []}");
    Session session(Json::object(), {here()});
    session.open(config, originals.front().text);
    session.settle(config);
    session.act([=] { workbench::write(baseline, "{"); });
    session.notify("workspace/didChangeWatchedFiles",
                   {{"changes", Json::array({{{"uri", lsp::file_uri(baseline)}, {"type", 2}}})}});
    // While all folders are walked again, of which nothing comes.
    session.change(config, Json::array({{{"range", lsp::range(0, 0, 0, 0)}, {"text", "\n"}}}));
    const int definition = session.at("textDocument/definition", config, 0, 0);
    const int actions = session.ask_for_actions(config);
    session.wait_for(definition);
    session.wait_for(actions);
    session.play({"--baseline", baseline});
    CHECK(session.answer(definition).contains("result"));
    CHECK(session.answer(actions).contains("result"));
}

TEST_CASE("a preview of a description that is just gone is refused, and the session goes on") {
    const workbench::Folder folder;
    write_originals();
    const std::string layer = here() + "/layer.yaml";
    Session session(Json::object(), {here()});
    session.open(layer, workbench::read(layer));
    session.settle(layer);
    session.act([] {
        fs::remove("site.yaml");
        fs::remove("other.yaml");
    });
    const int preview = session.request(
        "workspace/executeCommand",
        {{"command", "dectprov.preview"}, {"arguments", Json::array({{{"uri", lsp::file_uri(layer)}}})}});
    session.wait_for(preview);
    const int hover = session.at("textDocument/hover", layer, 0, 1);
    session.play();
    CHECK(session.status == 0);
    CHECK(session.answer(preview)["error"]["code"] == -32803);
    CHECK(session.answer(hover).contains("result"));
}

TEST_CASE("files that collide may go before that is told") {
    const workbench::Folder folder;
    write_originals();
    const std::string users = here() + "/0013d1800033-users.xml";
    const std::string site = here() + "/site.yaml";
    Session session(Json::object(), {here()});
    session.open(site, workbench::read(site));
    session.settle(site);
    session.act([=] {
        fs::remove(users);
        fs::remove("other.yaml");
    });
    // Nobody tells of it. Which servers collide is worked out again.
    session.change(
        site,
        Json::array({{{"text", "dectprov: 1\nservers:\n  - mac: 0013d1800040\n  - mac: 0013d1800041\n"}}}));
    session.settle(site);
    const int hover = session.at("textDocument/hover", site, 0, 1);
    session.play();
    CHECK(session.status == 0);
    CHECK(session.answer(hover).contains("result"));
    CHECK(std::ranges::any_of(session.messages, [](const Json& message) {
        return message.value("method", "") == "window/logMessage" &&
               message["params"]["message"].get<std::string>().find("cannot read") != std::string::npos;
    }));
}

TEST_CASE(
    "the first findings of a large workspace cost the same a file, and what is asked meanwhile waits for "
    "none") {
    constexpr std::array<std::size_t, 2> sizes{1'000, 10'000};
    std::array<bench::Allocations, 2> costs;
    for (std::size_t i = 0; i < sizes.size(); ++i) {
        const workbench::Folder folder;
        write_workspace(sizes.at(i));
        const std::string config = here() + "/0013d1000000-config.xml";
        Session session(Json::object(), {here()});
        session.open(config, originals.front().text);
        const int all = session.at("textDocument/prepareRename", config, 0, 0);
        const int hover = session.at("textDocument/hover", config, 1, 5);
        session.wait_for_text("textDocument/publishDiagnostics");
        bench::start_counting();
        session.play();
        costs.at(i) = bench::stop_counting();
        CHECK(session.status == 0);
        std::vector<int> order;
        for (const Json& message : session.messages) {
            if (!message.contains("method")) order.push_back(message["id"]);
        }
        CHECK(std::ranges::find(order, hover) < std::ranges::find(order, all));
        CHECK(session.result(hover).is_object());
    }
    constexpr double more = static_cast<double>(sizes.back()) / sizes.front();
    const auto grows = [&](std::uint64_t few, std::uint64_t many) {
        CHECK_MESSAGE(static_cast<double>(many) <= 1.1 * more * static_cast<double>(few), few, " and ", many);
    };
    grows(costs[0].count, costs[1].count);
    grows(costs[0].peak, costs[1].peak);
}

TEST_CASE("a text that is opened while the first walk goes on is no reason for another one") {
    const workbench::Folder folder;
    write_workspace(2'000);
    const std::string notes = here() + "/notes0.yaml";
    const auto cost_of = [&](bool open) {
        Session session(Json::object(), {here()});
        if (open) session.open(notes, workbench::read(notes));
        session.settle(here() + "/0013d1000000-config.xml");
        bench::start_counting();
        session.play();
        return bench::stop_counting().count;
    };
    cost_of(false);  // what is made once and kept is made here
    const std::uint64_t unopened = cost_of(false);
    CHECK(10 * cost_of(true) < 13 * unopened);
}

TEST_CASE("a session that is shut down does not wait for the walk") {
    const workbench::Folder folder;
    write_workspace(10'000);
    const auto time_of = [&](bool wait) {
        Session session(Json::object(), {here()});
        if (wait) session.settle(here() + "/notes0.yaml");
        // The work of the process, which others do not disturb.
        const std::clock_t begin = std::clock();
        session.play();
        CHECK(session.status == 0);
        return std::clock() - begin;
    };
    // On a busy machine the walk may be ahead of the one who reads the messages; not every time.
    bool stops = false;
    for (int attempt = 0; attempt < 5 && !stops; ++attempt) stops = time_of(false) * 4 < time_of(true);
    CHECK(stops);
}
