// SPDX-License-Identifier: MIT
// Runs every tests/cases/<subcommand>/<what-it-shows>.case; case_file.hpp says how they are written.
// DECTPROV_CASE=<subcommand>/<what-it-shows> runs one alone, as ctest does, or several with blanks between
// them; DECTPROV_CASE=none runs none. DECTPROV_UPDATE=1 rewrites what they expect, to be read in the diff.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "case_file.hpp"
#include "command.hpp"
#include "diag/format.hpp"
#include "exchange.hpp"
#include "workbench.hpp"

namespace {

namespace fs = std::filesystem;
using case_file::Block;
using case_file::Case;
using case_file::Step;

constexpr std::array<std::string_view, 5> input_kinds{"file", "link", "env", "stdin", "answers"};
constexpr std::array<std::string_view, 6> expectation_kinds{"stdout",          "stdout contains", "stderr",
                                                            "stderr contains", "written",         "files"};

bool among(auto& kinds, std::string_view kind) { return std::ranges::find(kinds, kind) != kinds.end(); }

std::vector<fs::path> case_paths() {
    std::vector<fs::path> paths;
    for (const auto& entry : fs::recursive_directory_iterator(fs::path(DECTPROV_ROOT) / "tests/cases")) {
        if (entry.path().extension() == ".case") paths.push_back(entry.path());
    }
    std::ranges::sort(paths);
    return paths;
}

// Those that DECTPROV_CASE asks for: all where it is not set.
std::vector<fs::path> wanted_case_paths() {
    const char* wanted = std::getenv("DECTPROV_CASE");
    if (wanted == nullptr) return case_paths();
    if (std::string_view(wanted) == "none") return {};
    std::vector<fs::path> paths;
    for (const std::string& name : workbench::words(wanted)) {
        paths.push_back(fs::path(DECTPROV_ROOT) / "tests/cases" / (name + ".case"));
        REQUIRE_MESSAGE(fs::exists(paths.back()), "no such case: ", name);
    }
    return paths;
}

const Block* find(const Step& step, std::string_view kind) {
    const auto found = std::ranges::find(step.blocks, kind, &Block::kind);
    return found == step.blocks.end() ? nullptr : &*found;
}

std::string joined(const std::vector<std::string>& names) {
    std::string text;
    for (const std::string& name : names) text += name + "\n";
    return text;
}

// The first line of `wanted` that does not occur behind the one before it; empty where all do.
std::string first_missing(std::string_view text, std::string_view wanted) {
    std::size_t from = 0;
    for (std::size_t at = 0; at < wanted.size();) {
        const std::size_t end = wanted.find('\n', at);
        const std::string_view line = wanted.substr(at, end - at);
        const std::size_t found = text.find(line, from);
        if (found == std::string_view::npos) return std::string(line);
        from = found + line.size();
        at = end + 1;
    }
    return {};
}

workbench::CommandResult run(const Step& step) {
    for (const Block& block : step.blocks) {
        if (block.kind == "file") workbench::write(block.name, block.text);
        if (block.kind == "link") workbench::link(block.name);
        if (block.kind == "env") {
            const std::size_t equals = block.name.find('=');
            setenv(block.name.substr(0, equals).c_str(), block.name.substr(equals + 1).c_str(), 1);
        }
    }
    std::vector<std::string> args = workbench::words(step.command);
    REQUIRE_MESSAGE((!args.empty() && args.front() == "dectprov"), step.command);
    args.erase(args.begin());
    const Block* input = find(step, "stdin");
    const std::string text = input == nullptr ? "" : input->text;
    const Block* answers = find(step, "answers");
    if (answers == nullptr) return workbench::run(args, text);
    exchange::Replies replies(exchange::parse(answers->text));
    const dectprov::NetworkMaker network = [&](const dectprov::NetworkOptions&) { return replies.network(); };
    return workbench::run(args, text, &network);
}

std::string written(const std::string& name) {
    return fs::exists(name) ? workbench::read(name) : "(no such file)\n";
}

void compare(const Step& step, const workbench::CommandResult& outcome) {
    const auto text = [&](std::string_view kind) {
        const Block* block = find(step, kind);
        return block == nullptr ? std::string() : block->text;
    };
    const Block* out = find(step, "stdout contains");
    const Block* err = find(step, "stderr contains");
    if (out != nullptr) {
        const std::string missing = first_missing(outcome.out, out->text);
        CHECK_MESSAGE(missing.empty(), "stdout lacks: ", missing, "\n", outcome.out);
    } else {
        CHECK(outcome.out == text("stdout"));
    }
    if (err != nullptr) {
        const std::string missing = first_missing(outcome.err, err->text);
        CHECK_MESSAGE(missing.empty(), "stderr lacks: ", missing, "\n", outcome.err);
    } else {
        CHECK(outcome.err == text("stderr"));
    }
    for (const Block& block : step.blocks) {
        if (block.kind == "written")
            CHECK_MESSAGE(written(block.name) == block.text, block.name, ":\n", written(block.name));
        if (block.kind == "files") CHECK(joined(workbench::Folder::files()) == block.text);
    }
    const Block* status = find(step, "status");
    CHECK(outcome.status == (status == nullptr ? 0 : std::stoi(status->name)));
}

// The step with what came out now as its expectations.
Step updated(const Step& step, const workbench::CommandResult& outcome) {
    Step now{.command = step.command, .blocks = {}};
    for (const Block& block : step.blocks) {
        if (among(input_kinds, block.kind)) now.blocks.push_back(block);
    }
    const auto stream = [&](const std::string& kind, const std::string& text) {
        const Block* part = find(step, kind + " contains");
        if (part != nullptr) {
            now.blocks.push_back(*part);
        } else if (!text.empty()) {
            now.blocks.push_back({.kind = kind, .name = {}, .text = text});
        }
    };
    stream("stdout", outcome.out);
    stream("stderr", outcome.err);
    for (const Block& block : step.blocks) {
        if (block.kind == "written")
            now.blocks.push_back({.kind = "written", .name = block.name, .text = written(block.name)});
        if (block.kind == "files")
            now.blocks.push_back({.kind = "files", .name = {}, .text = joined(workbench::Folder::files())});
    }
    if (outcome.status != 0)
        now.blocks.push_back({.kind = "status", .name = std::to_string(outcome.status), .text = {}});
    return now;
}

void check_kinds(const Case& all) {
    for (const Step& step : all.steps) {
        for (const Block& block : step.blocks) {
            const bool known = among(input_kinds, block.kind) || among(expectation_kinds, block.kind) ||
                               block.kind == "status";
            CHECK_MESSAGE(known, "unknown block: ", block.kind);
        }
    }
}

// Runs the case, and compares or rewrites what it expects.
void run_case(const fs::path& path) {
    const std::string name = fs::relative(path, DECTPROV_ROOT).generic_string();
    CAPTURE(name);
    Case all = case_file::parse(workbench::read(path), name);
    CHECK_MESSAGE(!all.about.empty(), "a case says what it shows");
    CHECK_MESSAGE(!all.steps.empty(), "a case runs something");
    check_kinds(all);
    {
        const workbench::Folder folder;
        for (Step& step : all.steps) {
            CAPTURE(step.command);
            const workbench::CommandResult outcome = run(step);
            if (workbench::updating()) {
                step = updated(step, outcome);
            } else {
                compare(step, outcome);
            }
        }
    }
    for (const Step& step : all.steps) {
        for (const Block& block : step.blocks) {
            if (block.kind == "env") unsetenv(block.name.substr(0, block.name.find('=')).c_str());
        }
    }
    if (workbench::updating()) workbench::write(path, case_file::to_text(all));
}

}  // namespace

TEST_CASE("every case gives what it says") {
    for (const fs::path& path : wanted_case_paths()) run_case(path);
}

TEST_CASE("every subcommand and every format occurs in a case") {
    std::vector<std::vector<std::string>> commands;
    for (const fs::path& path : case_paths()) {
        for (const Step& step : case_file::parse(workbench::read(path), path.string()).steps)
            commands.push_back(workbench::words(step.command));
    }
    for (const dectprov::Command& command : dectprov::commands()) {
        const bool found = std::ranges::any_of(
            commands, [&](const auto& words) { return words.size() > 1 && words[1] == command.name; });
        CHECK_MESSAGE(found, "no case runs ", command.name);
    }
    for (const dectprov::Format& format : dectprov::formats()) {
        const std::string name(format.name);
        const bool found = std::ranges::any_of(commands, [&](const auto& words) {
            for (std::size_t i = 0; i + 1 < words.size(); ++i) {
                if (words[i] == "--format" && words[i + 1] == name) return true;
                if (words[i] == "--report" && words[i + 1].starts_with(name + "=")) return true;
            }
            return false;
        });
        CHECK_MESSAGE(found, "no case prints the format ", name);
    }
}

TEST_CASE("a case is written as it was read") {
    const std::string text =
        "Shows odd bytes.\n"
        "$ dectprov lint -\n"
        "--- file: a.xml\n"
        "<users/>\n"
        "\\--- not a header\n"
        "\\\\a backslash in front\n"
        "--- escaped file: b.ver\n"
        "GROUP1 VERSION1\\r\n"
        "GROUP2\\tVERSION2\\\n"
        "--- stdout\n"
        "x\n"
        "--- status 1\n";
    const Case all = case_file::parse(text, "text");
    CHECK(all.steps[0].blocks[0].text == "<users/>\n--- not a header\n\\a backslash in front\n");
    CHECK(all.steps[0].blocks[1].text == "GROUP1 VERSION1\r\nGROUP2\tVERSION2");
    CHECK(case_file::to_text(all) == text);
}
