// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace dectprov {

// What a shell completes, taken from the options that the program itself parses with.
struct CompletionWords {
    // What may stand for a value: one of `words`, else the identity of a server below the folder that the
    // shell is in where `servers`, else a file where `files`, else anything.
    struct Value {
        std::string name;  // "FORMAT"
        std::vector<std::string> words = {};
        bool files = false;
        bool servers = false;
    };
    struct Option {
        std::vector<std::string> names;  // with their dashes
        std::string help;
        bool has_value = false;
        Value value = {};
    };
    struct Command {
        std::string name;
        std::string summary;
        std::vector<Option> options;
        Value positional;
    };

    std::vector<Option> global;
    std::vector<Command> commands;
};

// What a script runs for the identities of servers.
inline constexpr const char* servers_command = "dectprov completion --servers 2> /dev/null";

// `app` is the whole program's.
CompletionWords completion_words(const CLI::App& app);

std::string bash_completion(const CompletionWords& words);
std::string zsh_completion(const CompletionWords& words);
std::string fish_completion(const CompletionWords& words);

}  // namespace dectprov
