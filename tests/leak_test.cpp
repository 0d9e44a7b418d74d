// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <deque>
#include <filesystem>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cli.hpp"
#include "leak_search.hpp"
#include "lint_texts.hpp"
#include "lsp_client.hpp"
#include "probe/exchange.hpp"
#include "workbench.hpp"

// A search for secrets in the output: valid files with a planted secret are damaged, and every command is run
// over them. DECTPROV_LEAK_MINUTES and DECTPROV_LEAK_SEED make it longer and other than here
// (scripts/leak-search.sh).

namespace {

using leak::Damage;
using leak::Seed;

// A provisioning server that serves the files of a folder, damaged as they are, and redirects for the others
// with the secret in front of the host.
dectprov::Network serving(const std::string& folder,
                          std::deque<std::pair<std::size_t, dectprov::Answer>>& ready) {
    return {.start =
                [folder, &ready](const dectprov::Request& request) {
                    const std::filesystem::path path = folder + request.url.substr(request.url.rfind('/'));
                    dectprov::Answer answer{.status = 200};
                    if (std::filesystem::is_regular_file(path)) {
                        answer.body = workbench::read(path);
                    } else {
                        answer.status = 302;
                        answer.location = "https://x:" + std::string(leak::planted) + "@other.example.com/a";
                    }
                    ready.emplace_back(request.id, std::move(answer));
                },
            .wait =
                [&ready] {
                    std::optional<std::pair<std::size_t, dectprov::Answer>> next = std::move(ready.front());
                    ready.pop_front();
                    return next;
                }};
}

// What a run gives: what it prints, and what it writes of its findings and changes.
std::string output_of(std::vector<std::string> args, const std::vector<std::string>& written,
                      const std::string& served) {
    args.insert(args.end(), {"-j", "1"});
    for (const std::string& path : written) std::filesystem::remove(path);
    std::deque<std::pair<std::size_t, dectprov::Answer>> ready;
    const dectprov::NetworkMaker network = [&](const dectprov::NetworkOptions&) {
        return serving(served, ready);
    };
    const workbench::CommandResult result = workbench::run(args, {}, &network);
    std::string output = result.out + result.err;
    for (const std::string& path : written) {
        if (std::filesystem::exists(path)) output += workbench::read(path);
    }
    return output;
}

struct Command {
    std::vector<std::string> args;
    std::vector<std::string> written = {};  // files that hold no secret either
};

// A command over the damaged folder `here`; `whole` is the same undamaged; `name`: of the damaged file.
Command command(Damage& damage, const std::string& here, const std::string& whole, const std::string& spare,
                const std::string& name) {
    static constexpr std::array<const char*, 9> formats{"text",     "json",   "sarif",  "junit",  "html",
                                                        "markdown", "gitlab", "github", "compact"};
    static constexpr std::array<const char*, 4> of_diff{"text", "json", "markdown", "html"};
    static constexpr std::array<const char*, 5> settings{"provisioning", "license", "sip", "screen_lock",
                                                         "provisioning.server.url"};
    switch (damage.below(19)) {
        case 0:
            return {{"lint", damage.below(2) == 0 ? "--fix" : "--unsafe-fixes", "--diff", here}};
        case 1:
            return {{"render", here, "-o", spare + "/out", "--diff"}};
        case 2:
            return {{"render", here, "-o", spare + "/out", "--check", "--env-file", here + "/pass.env"}};
        case 3:
            return {
                {"render", here, "-o", spare + "/out", "--explain", settings[damage.below(settings.size())]}};
        case 4:
        case 5:
            return {{"diff", "--verbose", "--format", of_diff[damage.below(of_diff.size())], whole, here}};
        case 6:
            return {{"diff", "--full", here, whole}};
        case 7:
            return {{"import", here, "-o", spare + "/made.yaml", "--force"}, {spare + "/made.yaml"}};
        case 8:
            return {{"preview", "--current", here + "/settings.txt", here + "/0013d1800032-config.xml"}};
        case 9:
            return {{"lint", "--show-config", here + "/0013d1800032-users.xml"}};
        case 10:
            return {{"lint", "-q", "--write-baseline", spare + "/b.json", "--report",
                     "sarif=" + spare + "/r.sarif", here},
                    {spare + "/b.json", spare + "/r.sarif"}};
        case 11:
            if (name.ends_with(".csv"))
                return {{"generate", "users", "--model", "6500", here + "/" + name, "-o", spare + "/g.xml",
                         "--force"}};
            return {{"lint", "--verbose", here + "/" + name}};
        case 12:
            return {{"probe", "--verbose", "--format", formats[damage.below(formats.size())],
                     damage.below(2) == 0 ? here : whole,
                     "--url=http://x:" + std::string(leak::planted) + "@prov.example.com/dect"}};
        case 13:
            return {{"probe", "--diff", whole}};
        case 14:
            return {{"probe", "-q", here, "-o", spare + "/kept", "--report", "sarif=" + spare + "/p.sarif"},
                    {spare + "/p.sarif"}};
        default:
            return {{"lint", "--verbose", "--format", formats[damage.below(formats.size())], here}};
    }
}

// What `lint` prints of a folder in every format that shows something of its own: most of the time of a run
// goes there.
std::string linted(const Seed& seed, const std::string& text) {
    lint_texts::NamedTexts files = seed.others;
    files.emplace_back(seed.name, text);
    const lint_texts::Linted linted = lint_texts::lint(files, 1);
    std::string out = lint_texts::printed(linted);
    // What a fix puts in place of something, but of secrets, which no output shows.
    for (const dectprov::Finding& finding : linted.results.findings) {
        if (finding.fix && !finding.fix->secret) out += finding.fix->replacement + '\n';
    }
    return out;
}

// Whether the protocol of editors, which is JSON, can carry a text.
bool is_utf8(const std::string& text) {
    try {
        return !lsp::Json(text).dump().empty();
    } catch (const lsp::Json::exception&) {
        return false;
    }
}

// What a server of editors says of a text that is open: findings, what is shown at places of it, the titles
// of its fixes, what is rendered. What goes into the document, which the editor has, is left out.
std::string edited(Damage& damage, const std::string& folder, const std::string& path,
                   const std::string& text) {
    lsp::Session session(lsp::Json::object(), {folder});
    session.open(path, text);
    session.settle(path);
    const int lines = static_cast<int>(std::ranges::count(text, '\n')) + 1;
    for (int i = 0; i < 4; ++i) {
        const int line = static_cast<int>(damage.below(static_cast<std::size_t>(lines)));
        const int character = static_cast<int>(damage.below(60));
        session.at("textDocument/hover", path, line, character);
        session.at("textDocument/completion", path, line, character);
    }
    session.request("textDocument/documentSymbol", {{"textDocument", {{"uri", lsp::file_uri(path)}}}});
    const int actions = session.ask_for_actions(path);
    const lsp::Json place{{"uri", lsp::file_uri(path)},
                          {"position", {{"line", lines / 2}, {"character", 6}}}};
    session.wait_for(session.request("workspace/executeCommand", {{"command", "dectprov.preview"},
                                                                  {"arguments", lsp::Json::array({place})}}));
    session.play();
    std::string output = session.err;
    for (const lsp::Json& message : session.messages) {
        if (!message.contains("id") || message["id"] != actions) {
            output += message.dump() + '\n';
            continue;
        }
        for (const lsp::Json& action : message.value("result", lsp::Json::array()))
            output += action.value("title", "") + '\n';
    }
    return output;
}

struct Search {
    std::uint32_t seed = 1;
    double seconds = 6;
    std::size_t most = 4000;
};

Search wanted() {
    Search search;
    if (const char* seed = std::getenv("DECTPROV_LEAK_SEED"))
        search.seed = static_cast<std::uint32_t>(std::stoul(seed));
    if (const char* minutes = std::getenv("DECTPROV_LEAK_MINUTES")) {
        search.seconds = std::stod(minutes) * 60;
        search.most = static_cast<std::size_t>(-1);
    }
    return search;
}

// Each seed has a folder of its own in "whole" and "here".
std::string path_of(std::string_view top, std::size_t number, std::string_view name) {
    return std::string(top) + "/" + std::to_string(number) + "/" + std::string(name);
}

}  // namespace

TEST_CASE("no damage to a file brings a secret into any output") {
    const Search search = wanted();
    const std::vector<Seed> all = leak::seeds(DECTPROV_ROOT "/examples");
    const workbench::TemporaryFolder folder;
    for (std::size_t i = 0; i < all.size(); ++i) {
        for (const std::string top : {"whole", "here"}) {
            workbench::write(folder / path_of(top, i, all[i].name), all[i].text);
            for (const auto& [name, text] : all[i].others)
                workbench::write(folder / path_of(top, i, name), text);
        }
    }
    std::filesystem::create_directories(folder / "spare");
    std::mt19937 random(search.seed);
    Damage damage([&](std::size_t end) { return random() % end; });
    const auto begin = std::chrono::steady_clock::now();
    std::size_t count = 0;
    std::size_t leaks = 0;
    for (; count < search.most; ++count) {
        const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - begin;
        if (passed.count() > search.seconds) break;
        const std::size_t number = damage.below(all.size());
        const Seed& seed = all[number];
        const std::string text = damage.of(seed);
        constexpr std::size_t in_memory = 16;  // of which one is a command
        std::string line = "lint";
        std::string output;
        if (damage.below(in_memory) != 0) {
            output = linted(seed, text);
        } else {
            const std::string path = folder / path_of("here", number, seed.name);
            workbench::write(path, text);
            if (damage.below(12) == 0 && is_utf8(text)) {
                line = "lsp";
                output = edited(damage, folder / ("here/" + std::to_string(number)), path, text);
            } else {
                const auto [args, written] =
                    command(damage, folder / ("here/" + std::to_string(number)),
                            folder / ("whole/" + std::to_string(number)), folder / "spare", seed.name);
                output = output_of(args, written, folder / ("here/" + std::to_string(number)));
                line.clear();
                for (const std::string& arg : args) line += arg + " ";
            }
        }
        const std::string_view leak = leak::leak_in(output);
        if (leak.empty()) continue;
        MESSAGE("seed " << search.seed << ", mutation " << count << ": " << line << "\n--- " << seed.name
                        << "\n"
                        << text << "\n--- output\n"
                        << output);
        CHECK(leak == std::string_view());
        if (++leaks == 20) break;
    }
    MESSAGE(count << " mutations with seed " << search.seed << ", " << leaks << " leaks");
    CHECK(count > 0);
}
