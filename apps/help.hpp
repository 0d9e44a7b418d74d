// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace CLI {
class App;
}

namespace dectprov {

// What the help and the manual page of a subcommand, or of the whole program, say.
struct CommandHelp {
    // An option, an argument or a subcommand.
    struct Entry {
        std::vector<std::string> names;  // of an option with its dashes: "-o", "--output"
        std::string value = {};          // what stands for its value, "DIR"; empty where it has none
        std::string what;
    };

    std::string name;  // "lint"; empty for the program by itself
    std::string summary;
    std::string usage;  // "dectprov lint [OPTIONS] [PATH...]"
    std::vector<Entry> commands = {};
    std::vector<Entry> arguments = {};
    std::vector<Entry> options = {};
    std::vector<Entry> global = {};                                  // that every subcommand takes
    std::vector<std::pair<std::string, std::string>> statuses = {};  // "0", "nothing at or above --fail-on"
    std::vector<std::string> examples = {};
};
CommandHelp command_help(const CLI::App& app);
// Of the program by itself, then of every subcommand.
std::vector<CommandHelp> help_of_all();

// What `--help` prints of a subcommand, or of the whole program, in lines of at most 80 columns: how it is
// called, its options and those that every subcommand takes, what its exit statuses mean, and two commands as
// one types them.
std::string help_of(const CLI::App& app);

}  // namespace dectprov
