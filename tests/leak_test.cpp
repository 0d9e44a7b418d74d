// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <charconv>
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
#include <system_error>
#include <utility>
#include <vector>

#include "catalog/characters.hpp"
#include "cli.hpp"
#include "leak_seeds.hpp"
#include "lint_texts.hpp"
#include "lsp_client.hpp"
#include "probe/exchange.hpp"
#include "workbench.hpp"

// A search for secrets in the output: valid files with a planted secret are damaged, and every command is run
// over them. DECTPROV_LEAK_MINUTES and DECTPROV_LEAK_SEED make it longer and other than here
// (scripts/leak-search.sh).

namespace {

using leak::Seed;

constexpr std::size_t piece = 6;  // so many characters of the secret in a row are a leak

bool is_alphanumeric(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

// How a character is written that stands for another: what is before it, to which base, and what is behind.
struct Escape {
    std::string_view before;
    int base;
    std::size_t most;  // digits
    std::string_view behind;
};
constexpr std::array escapes{
    Escape{"%", 16, 2, ""},     Escape{"&#x", 16, 6, ";"}, Escape{"&#", 10, 6, ";"},
    Escape{"\\u{", 16, 6, "}"}, Escape{"\\u", 16, 4, ""},  Escape{"\\x", 16, 2, ""},
};

// The letters and digits of a text; `decoded`: with those that are escaped, as what they stand for.
std::string letters_of(std::string_view text, bool decoded) {
    std::string letters;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t here = at++;
        if (is_alphanumeric(text[here])) {
            letters += text[here];
            continue;
        }
        for (const Escape& escape : escapes) {
            if (!decoded || !text.substr(here).starts_with(escape.before)) continue;
            const std::string_view digits = text.substr(here + escape.before.size(), escape.most);
            int code = 0;
            const auto [end, error] =
                std::from_chars(digits.data(), digits.data() + digits.size(), code, escape.base);
            if (error != std::errc() || code > 0x7f || !is_alphanumeric(static_cast<char>(code))) continue;
            letters += static_cast<char>(code);
            at = static_cast<std::size_t>(end - text.data()) + escape.behind.size();
            break;
        }
    }
    return letters;
}

// What of the secret a text shows, in one piece or in several; empty for nothing.
std::string_view leak_in(std::string_view text) {
    for (const bool decoded : {false, true}) {
        const std::string letters = letters_of(text, decoded);
        for (std::size_t at = 0; at + piece <= leak::planted.size(); ++at) {
            const std::string_view one = leak::planted.substr(at, piece);
            if (letters.find(one) != std::string::npos) return one;
        }
    }
    return {};
}

class Damage {
public:
    explicit Damage(std::uint32_t seed) : random_(seed) {}

    std::size_t below(std::size_t end) { return end == 0 ? 0 : random_() % end; }

    std::string of(const Seed& seed) {
        std::string text = seed.text;
        // In a table twice, and the password is a cell of another column.
        do change(text, leak::marks_of(seed.format));
        while (!text.empty() && seed.format != "csv" && below(5) == 0);
        return text;
    }

private:
    void change(std::string& text, std::string_view marks) {
        const std::size_t at = place(text, marks);
        switch (below(8)) {
            case 0:
                text.erase(at, 1);
                break;
            case 1:
                text.insert(at, 1, text[at]);
                break;
            case 2:
                if (at + 1 < text.size()) std::swap(text[at], text[at + 1]);
                break;
            case 3:
            case 4:
                text.insert(at, 1, marks[below(marks.size())]);
                break;
            case 5:
                if (below(3) == 0) {
                    text.resize(at);
                } else {
                    move(text, marks, at);
                }
                break;
            case 6:
                join(text);
                break;
            default:
                text = encoded(text, at);
        }
    }

    // Mostly one that means something.
    std::size_t place(std::string_view text, std::string_view marks) {
        std::size_t at = below(text.size());
        if (below(4) == 0) return at;
        const std::size_t found = text.find_first_of(marks, at);
        return found == std::string_view::npos ? at : found;
    }

    // A character that means something to another place; a piece of a secret elsewhere is another's text, and
    // so is what a line break cuts off.
    void move(std::string& text, std::string_view marks, std::size_t at) {
        const bool moves =
            at < text.size() && text[at] != '\n' && marks.find(text[at]) != std::string_view::npos;
        if (!moves || marks == leak::marks_of("csv")) return;
        const char mark = text[at];
        text.erase(at, 1);
        const std::size_t to = below(text.size() + 1);
        // Within the secret it makes a name of the first part, which is none then.
        const std::size_t around = std::min(to, text.size()) - std::min(to, std::size_t{32});
        if (leak_in(std::string_view(text).substr(around, to - around + 6)).empty()) text.insert(to, 1, mark);
    }

    void join(std::string& text) {
        const std::size_t at = text.find('\n', below(text.size()));
        if (at != std::string::npos) text.erase(at, 1);
    }

    std::string encoded(const std::string& text, std::size_t at) {
        std::string out;
        switch (below(4)) {
            case 0:
                for (const char c : "\xFF\xFE" + text) {
                    out += c;
                    if (out.size() > 2) out += '\0';
                }
                return out;
            case 1:
                out = text;
                return out.insert(at, 1, '\xE4');
            case 2:
                for (const char c : text) out += c == '\n' ? std::string("\r\n") : std::string(1, c);
                return out;
            default:
                out = text;
                return out.insert(at, 1, '\0');
        }
    }

    std::mt19937 random_;
};

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
    Damage damage(search.seed);
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
        const std::string_view leak = leak_in(output);
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
