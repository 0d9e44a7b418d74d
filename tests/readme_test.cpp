// SPDX-License-Identifier: MIT
// Runs what README.md and docs/ show and compares. In each page, from top to bottom and in one folder that
// has examples/ in it:
//
// - a block behind `<!-- file: NAME -->` is written to that file first
// - `<!-- served: FOLDER at URL -->`: from then on `probe` finds the files of the folder below the URL, and
//   `<!-- answer: GET URL -> … -->` (as exchange.hpp has it) comes before that
// - in a `console` block each line behind `$ ` runs, and what follows is its output: dectprov, `cat FILE`,
//   `echo $?`, each also with ` | head -n N`
// - a `sh` block runs in a shell, with dectprov on its path, and ends with 0; the commands of
//   `<!-- first: COMMANDS -->` make what it needs
//
// Blocks of other kinds (`yaml`, `json`) are not run. DECTPROV_UPDATE=1 rewrites the outputs.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "exchange.hpp"
#include "workbench.hpp"

namespace {

namespace fs = std::filesystem;

const fs::path root = DECTPROV_ROOT;

class Shell {
public:
    std::string output(const std::string& command) {
        const std::size_t pipe = command.find(" | head -n ");
        const std::string text = run(command.substr(0, pipe));
        if (pipe == std::string::npos) return text;
        std::string head;
        const auto count = static_cast<std::size_t>(std::stoi(command.substr(pipe + 11)));
        const std::vector<std::string> lines = workbench::lines_of(text);
        for (std::size_t i = 0; i < lines.size() && i < count; ++i) head += lines[i] + "\n";
        return head;
    }

    // What stands in "served: FOLDER at URL".
    void serve(const std::string& what) {
        const std::size_t at = what.find(" at ");
        REQUIRE(at != std::string::npos);
        served_.answers.clear();
        const fs::path folder = what.substr(0, at);
        for (const std::string& name : workbench::files_below(folder)) {
            served_.answers.push_back(
                {.url = what.substr(at + 4) + "/" + name,
                 .answer = {.status = 200, .body = workbench::read(folder / name), .seconds = 0.012}});
        }
    }

    void answer(const std::string& line) {
        const exchange::Said said = exchange::parse(line).answers.at(0);
        std::erase_if(served_.answers, [&](const exchange::Said& one) { return one.url == said.url; });
        served_.answers.push_back(said);
    }

private:
    std::string run(const std::string& command) {
        std::vector<std::string> words = workbench::words(command);
        REQUIRE(!words.empty());
        if (command == "echo $?") return std::to_string(status_) + "\n";
        if (words[0] == "cat") return workbench::read(words.at(1));
        REQUIRE_MESSAGE(words[0] == "dectprov", "not a command that is known here: ", command);
        words.erase(words.begin());
        exchange::Replies replies(served_);
        const dectprov::NetworkMaker network = [&](const dectprov::NetworkOptions&) {
            return replies.network();
        };
        const workbench::CommandResult outcome = workbench::run(words, {}, &network);
        status_ = outcome.status;
        return outcome.out + outcome.err;
    }

    int status_ = 0;
    exchange::Exchange served_;
};

// What a reader copies as it stands.
void run_script(const std::string& script, std::size_t& commands) {
    ++commands;
    workbench::write("script.sh", script);
    const fs::path program = fs::path(DECTPROV_BINARY).parent_path();
    const workbench::ShellResult result =
        workbench::shell("PATH='" + program.string() + "':$PATH bash -eu script.sh");
    CHECK_MESSAGE(result.status == 0, script, result.out);
    fs::remove("script.sh");
}

// The page with every output as it is now.
std::string rerun(const std::string& page, std::size_t& commands) {
    const workbench::Folder folder;
    fs::copy(root / "examples", "examples", fs::copy_options::recursive);
    Shell shell;
    std::string now;
    std::string file;
    enum class Block : unsigned char { none, bytes_of_file, console, script, other } block = Block::none;
    std::string bytes;
    for (const std::string& line : workbench::lines_of(page)) {
        const bool fence = line.starts_with("```");
        if (block == Block::none && fence) {
            block = !file.empty()          ? Block::bytes_of_file
                    : line == "```console" ? Block::console
                    : line == "```sh"      ? Block::script
                                           : Block::other;
            bytes.clear();
        } else if (fence) {
            if (block == Block::bytes_of_file) workbench::write(file, bytes);
            if (block == Block::bytes_of_file) file.clear();
            if (block == Block::script) run_script(bytes, commands);
            block = Block::none;
        } else if (block == Block::bytes_of_file || block == Block::script) {
            bytes += line + "\n";
        } else if (block == Block::console) {
            // What is there of the old output gives way to the new one.
            if (!line.starts_with("$ ")) continue;
            ++commands;
            now += line + "\n" + shell.output(line.substr(2));
            continue;
        } else if (line.starts_with("<!-- file: ")) {
            file = line.substr(11, line.find(" -->") - 11);
        } else if (line.starts_with("<!-- first: ")) {
            REQUIRE(workbench::shell(line.substr(12, line.rfind(" -->") - 12)).status == 0);
        } else if (line.starts_with("<!-- served: ")) {
            shell.serve(line.substr(13, line.rfind(" -->") - 13));
        } else if (line.starts_with("<!-- answer: ")) {
            shell.answer(line.substr(13, line.rfind(" -->") - 13));
        }
        now += line + "\n";
    }
    return now;
}

// README.md and the pages of docs/ that people write: those that are made from rows have a test of their own.
std::vector<std::string> pages() {
    std::vector<std::string> names{"README.md"};
    for (const auto& entry : fs::directory_iterator(root / "docs")) {
        const std::string name = entry.path().filename().string();
        if (name.ends_with(".md") && name != "rules.md" && name != "parameters.md")
            names.push_back("docs/" + name);
    }
    std::ranges::sort(names);
    return names;
}

}  // namespace

TEST_CASE("what the pages show is what the program prints") {
    std::size_t all = 0;
    for (const std::string& name : pages()) {
        CAPTURE(name);
        const std::string page = workbench::read(root / name);
        std::size_t commands = 0;
        const std::string now = rerun(page, commands);
        if (workbench::updating()) {
            workbench::write(root / name, now);
        } else {
            CHECK(page == now);
        }
        CHECK_MESSAGE((commands > 0 || page.find("```console") == std::string::npos),
                      "a block has no command");
        all += commands;
    }
    CHECK(all > 50);
}

TEST_CASE("links between the pages lead somewhere") {
    std::vector<std::string> names = pages();
    names.insert(names.end(), {"CONTRIBUTING.md", "CHANGELOG.md"});
    for (const std::string& name : names) {
        const fs::path path = root / name;
        const std::string page = workbench::read(path);
        for (std::size_t at = page.find("]("); at != std::string::npos; at = page.find("](", at + 1)) {
            std::string target = page.substr(at + 2, page.find(')', at) - at - 2);
            target = target.substr(0, target.find('#'));
            if (target.empty() || target.starts_with("http")) continue;
            CHECK_MESSAGE(fs::exists(path.parent_path() / target), name, " links to ", target);
        }
    }
}
