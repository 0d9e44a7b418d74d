// SPDX-License-Identifier: MIT
#include <CLI/CLI.hpp>
#include <array>
#include <memory>
#include <string>
#include <string_view>

#include "command.hpp"
#include "completion.hpp"

namespace dectprov {
namespace {

struct Shell {
    std::string_view name;
    std::string (*script)(const CompletionWords& words);
};

constexpr std::array<Shell, 3> shells{{
    {.name = "bash", .script = bash_completion},
    {.name = "zsh", .script = zsh_completion},
    {.name = "fish", .script = fish_completion},
}};

int run_completion(const CLI::App& app, const std::string& typed, const Context& context) {
    std::array<std::string_view, shells.size()> names{};
    for (std::size_t i = 0; i < shells.size(); ++i) {
        names[i] = shells[i].name;
        if (names[i] != typed) continue;
        context.streams.out << shells[i].script(completion_words(app));
        return 0;
    }
    fail_unknown("shell", typed, names);
}

}  // namespace

Action add_completion(CLI::App& app) {
    auto shell = std::make_shared<std::string>();
    app.add_option("shell", *shell, "bash, zsh or fish")->type_name("SHELL:{bash,zsh,fish}")->required();
    // The program's own app, which lives as long as the action.
    const CLI::App* whole = app.get_parent();
    return [shell, whole](const Context& context) { return run_completion(*whole, *shell, context); };
}

}  // namespace dectprov
