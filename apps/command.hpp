// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli.hpp"
#include "output/folder_lock.hpp"
#include "source/files.hpp"

namespace CLI {
class App;
}

namespace dectprov {

// Options that every subcommand takes, before or after its name.
struct GlobalOptions {
    std::string color = "auto";
    std::optional<std::string> config = {};
    bool no_config = false;
    unsigned jobs = 0;  // as given or the number of cores; at least 1 when a command runs
    bool jobs_given = false;
    bool quiet = false;
    std::vector<std::string> servers = {};  // --server, as identity texts
    std::vector<std::string> allow_outside = {};
};

struct Context {
    const Streams& streams;
    const GlobalOptions& global;
    std::span<const std::string> args = {};  // as they were typed

    [[nodiscard]] bool color_out() const;
    [[nodiscard]] bool color_err() const;

    // The way to input, with what the command line says of it.
    [[nodiscard]] Files files() const;

    // A line on standard error, with the program's name in front where something failed. What it names may
    // come from anywhere: it is escaped as in findings, and of a length that a screen holds.
    void tell(std::string_view message) const;
    void complain(std::string_view message) const;
    // Writes a report behind what was printed; false where that failed, which is told.
    [[nodiscard]] bool write_report(const std::string& path, std::string_view text) const;
    // What tells that the run waits for another one.
    [[nodiscard]] TellWaiting tells_waiting() const;
};

// Runs the subcommand with what was parsed; returns the exit status.
using Action = std::function<int(const Context&)>;

// A subcommand is one row of the table in cli.cpp and one file cmd_<name>.cpp, whose function adds the
// options to `app` and returns what runs it. The options live in what the action captures.
struct Command {
    std::string_view name;
    std::string_view summary;
    Action (*add)(CLI::App& app);
    bool of_all = false;  // looks at the other commands, with their options
    // What it needs of the system besides files that it reads (fence.hpp). A command that writes none does so
    // all the same where an option asks for it: one of `writing_options`.
    bool writes_files = false;
    bool starts_programs = false;
    bool connects = false;  // as another program, which takes the place of this one
};

std::span<const Command> commands();

Action add_lint(CLI::App& app);
Action add_render(CLI::App& app);
Action add_generate(CLI::App& app);
Action add_diff(CLI::App& app);
Action add_preview(CLI::App& app);
Action add_import(CLI::App& app);
Action add_probe(CLI::App& app);
Action add_explain(CLI::App& app);
Action add_schema(CLI::App& app);
Action add_completion(CLI::App& app);
Action add_lsp(CLI::App& app);

// "unknown WHAT 'TYPED'; did you mean 'NEAR'?" as a Failure, the nearest left out where none is near.
[[noreturn]] void fail_unknown(std::string_view what, std::string_view typed,
                               std::span<const std::string_view> known);

}  // namespace dectprov
