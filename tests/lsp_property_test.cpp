// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "lsp_client.hpp"

namespace {

using lsp::Json;

// The code points of UTF-8 text, as an editor keeps it. Every edit of the test is between two of them.
std::vector<std::string> characters(const std::string& text) {
    std::vector<std::string> all;
    for (const char byte : text) {
        if ((static_cast<unsigned char>(byte) & 0xc0U) == 0x80U && !all.empty()) {
            all.back() += byte;
        } else {
            all.emplace_back(1, byte);
        }
    }
    return all;
}

// A place as LSP has it without anything agreed on: lines, and on them units of UTF-16.
Json place(const std::vector<std::string>& text, std::size_t at) {
    int line = 0;
    int character = 0;
    for (std::size_t i = 0; i < at; ++i) {
        const bool pair = text[i] == "\r" && i + 1 < text.size() && text[i + 1] == "\n";
        if (text[i] == "\n" || (text[i] == "\r" && !pair)) {
            ++line;
            character = 0;
        } else if (!pair) {
            character += text[i].size() == 4 ? 2 : 1;
        }
    }
    return {{"line", line}, {"character", character}};
}

// The line and column of `lint`, from 1 and in code points.
std::string lint_place(const std::vector<std::string>& text, const Json& position) {
    int line = 0;
    std::size_t at = 0;
    for (; at < text.size() && line < position["line"].get<int>(); ++at) {
        const bool pair = text[at] == "\r" && at + 1 < text.size() && text[at + 1] == "\n";
        if (text[at] == "\n" || (text[at] == "\r" && !pair)) ++line;
    }
    int column = 1;
    for (int units = 0; at < text.size() && units < position["character"].get<int>(); ++at, ++column)
        units += text[at].size() == 4 ? 2 : 1;
    return std::to_string(line + 1) + ":" + std::to_string(column);
}

const std::map<std::string, std::string> originals{
    {"0013d1800032-config.xml",
     "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<config>\n  <provisioning>\n    <check>\n      "
     "<interval>60</interval>\n    </check>\n    <firmware>\n      <kws>kws.bin</kws>\n    </firmware>\n  "
     "</provisioning>\n  <sip>\n    <dtmf>\n      <duration>270</duration>\n    </dtmf>\n  "
     "</sip>\n</config>\n"},
    {"0013d1800032-users.xml",
     "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<users>\n  <user>\n    <username>7001</username>\n    "
     "<ipei>00077 0000001</ipei>\n    <configgroup>100</configgroup>\n  </user>\n  <user>\n    "
     "<username>7002</username>\n    <authpassword>abc</authpassword>\n    <configgroup>101</configgroup>\n  "
     "</user>\n</users>\n"},
    {"0013d1800033-users.xml",
     "<users>\n  <user>\n    <username>7001</username>\n    <ipei>00077 0000001</ipei>\n  "
     "</user>\n</users>\n"},
    {"0013d1800032-handset_config_group_100.xml",
     "<cota>\n  <info>\n    <group>100</group>\n    <version>3</version>\n  </info>\n  <data>\n    "
     "<ringing_volume>\n      <volume>3</volume>\n    </ringing_volume>\n  </data>\n</cota>\n"},
    {"0013d1800032-handset_config_list.ver", "GROUP100 VERSION3\n"},
    {"kws.bin.ver", "PCS20Ba 90198\n"},
    {"site.yaml",
     "dectprov: 1\nextends: [layer.yaml]\nservers:\n  - mac: 0013d1800040\n    model: \"6500\"\n    users:\n "
     "     - "
     "{username: \"9001\", configgroup: 100}\n      - from: users.csv\n    handset_groups:\n      100: "
     "{version: "
     "auto, settings: {ringing_volume: {volume: 3}}}\n"},
    {"layer.yaml", "dectprov: 1\ndefaults:\n  settings:\n    sip: {dtmf: {duration: 270}}\n"},
    {"users.csv", "username,displayname,ipei\n9002,Ward 1,00077 0000002\n9003,Ward 2,\n"},
    {".dectprov.yaml", "rules:\n  config/never-checks: off\n"},
};

const std::vector<std::string> pieces{"<",
                                      ">",
                                      "/",
                                      "</user>",
                                      "<user>",
                                      "7001",
                                      "100",
                                      "GROUP101 VERSION2\n",
                                      "\n",
                                      "\r\n",
                                      "\r",
                                      "é",
                                      "😀",
                                      "true",
                                      ": ",
                                      "- ",
                                      "  ",
                                      "x",
                                      "#",
                                      "\"",
                                      ",",
                                      "{",
                                      "}",
                                      "rules:\n",
                                      "0",
                                      "authpassword: geheim\n",
                                      "<!-- dectprov-disable-next-line value/type: why -->\n",
                                      "${env:X}"};

using Texts = std::map<std::string, std::vector<std::string>>;
using Told = std::multiset<std::string>;

// What `lint` finds in the folder.
Told lint(const std::string& folder) {
    const auto result = workbench::run({"lint", folder, "--format", "json", "--allow-empty"});
    Told all;
    // A configuration that cannot be read leaves nothing to be told.
    if (result.out.empty()) return all;
    const Json report = Json::parse(result.out);
    for (const Json& one : report["diagnostics"]) {
        std::string help = one.value("help", "");
        if (!help.empty()) help = "\nhelp: " + help;
        all.insert(one["file"].get<std::string>() + ":" + std::to_string(one["line"].get<int>()) + ":" +
                   std::to_string(one["column"].get<int>()) + "-" +
                   std::to_string(one["end_line"].get<int>()) + ":" +
                   std::to_string(one["end_column"].get<int>()) + " " + one["rule"].get<std::string>() + " " +
                   one["message"].get<std::string>() + help);
    }
    return all;
}

class RandomEdits {
public:
    RandomEdits(const std::string& folder, unsigned seed) : folder_(folder), random_(seed) {
        for (const auto& [name, text] : originals) texts_[name] = characters(text);
    }

    // One edit, as the editor tells of it.
    void edit(lsp::Session& session) {
        auto at = texts_.begin();
        std::advance(at, below(texts_.size()));
        auto& [name, text] = *at;
        const std::string path = folder_ + "/" + name;
        if (below(12) == 0) {
            text = characters(originals.at(name));
            session.change(path, Json::array({{{"text", originals.at(name)}}}));
            return;
        }
        std::size_t begin = below(text.size() + 1);
        std::size_t end = std::min(text.size(), begin + (below(2) == 0 ? 0 : below(8)));
        // An editor never stands between the halves of a line end.
        if (begin > 0 && begin < text.size() && text[begin - 1] == "\r" && text[begin] == "\n") --begin;
        if (end > 0 && end < text.size() && text[end - 1] == "\r" && text[end] == "\n") ++end;
        const std::string piece = begin == end || below(3) == 0 ? pieces[below(pieces.size())] : "";
        session.change(path,
                       Json::array({{{"range", {{"start", place(text, begin)}, {"end", place(text, end)}}},
                                     {"text", piece}}}));
        const std::vector<std::string> with = characters(piece);
        const auto first = text.begin() + static_cast<std::ptrdiff_t>(begin);
        text.erase(first, text.begin() + static_cast<std::ptrdiff_t>(end));
        text.insert(text.begin() + static_cast<std::ptrdiff_t>(begin), with.begin(), with.end());
    }

    [[nodiscard]] const Texts& texts() const { return texts_; }

private:
    std::size_t below(std::size_t count) {
        return std::uniform_int_distribution<std::size_t>(0, count - 1)(random_);
    }

    std::string folder_;
    std::mt19937 random_;
    Texts texts_;
};

std::string joined(const std::vector<std::string>& text) {
    std::string all;
    for (const std::string& one : text) all += one;
    return all;
}

// What the editor was told last of every file, when it was told all up to an answer.
Told told(const std::map<std::string, Json>& published, const std::string& folder, const Texts& texts) {
    Told all;
    for (const auto& [uri, diagnostics] : published) {
        const std::string path = uri.substr(std::string("file://").size());
        const auto text = texts.find(path.substr(folder.size() + 1));
        if (text == texts.end()) continue;
        for (const Json& one : diagnostics) {
            // What is wrong with a configuration is no finding of `lint`, which refuses it.
            if (!one.contains("code")) continue;
            all.insert(path + ":" + lint_place(text->second, one["range"]["start"]) + "-" +
                       lint_place(text->second, one["range"]["end"]) + " " + one["code"].get<std::string>() +
                       " " + one["message"].get<std::string>());
        }
    }
    return all;
}

void check_random_edits(unsigned seed, std::size_t edits) {
    workbench::Folder here;
    const std::string folder = std::filesystem::current_path().string();
    for (const auto& [name, text] : originals) workbench::write(name, text);
    RandomEdits random(folder, seed);
    lsp::Session session(Json::object(), {folder});
    for (const auto& [name, text] : originals) session.open(folder + "/" + name, text);
    std::vector<std::pair<int, Texts>> moments;
    for (std::size_t i = 0; i < edits; ++i) {
        random.edit(session);
        moments.emplace_back(session.settle(folder + "/site.yaml"), random.texts());
    }
    session.play();
    REQUIRE(session.status == 0);

    std::map<std::string, Json> published;
    auto moment = moments.begin();
    for (const Json& message : session.messages) {
        if (message.value("method", "") == "textDocument/publishDiagnostics")
            published[message["params"]["uri"]] = message["params"]["diagnostics"];
        if (moment == moments.end() || message.contains("method") || message.value("id", 0) != moment->first)
            continue;
        for (const auto& [name, text] : moment->second) workbench::write(name, joined(text));
        const Told expected = lint(folder);
        const Told found = told(published, folder, moment->second);
        CAPTURE(seed);
        CAPTURE(moment->first);
        Told lacks;
        Told extra;
        std::ranges::set_difference(expected, found, std::inserter(lacks, lacks.end()));
        std::ranges::set_difference(found, expected, std::inserter(extra, extra.end()));
        for (const std::string& one : lacks) FAIL_CHECK("not told: " << one);
        for (const std::string& one : extra) FAIL_CHECK("told, and not found: " << one);
        REQUIRE(found == expected);
        ++moment;
    }
    CHECK(moment == moments.end());
}

}  // namespace

TEST_CASE("after any edits the findings are those of lint on the same bytes") {
    // DECTPROV_EDITS: how many, for a search of hours.
    const char* wanted = std::getenv("DECTPROV_EDITS");
    const std::size_t edits = wanted == nullptr ? 400 : std::stoul(wanted);
    for (const unsigned seed : {1U, 2U, 3U}) check_random_edits(seed, edits);
}
