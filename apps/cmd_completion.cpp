// SPDX-License-Identifier: MIT
#include <CLI/CLI.hpp>
#include <array>
#include <memory>
#include <set>
#include <string>
#include <string_view>

#include "analysis/rule_index.hpp"
#include "analysis/site_unit.hpp"
#include "command.hpp"
#include "completion.hpp"
#include "load/config_file.hpp"
#include "load/inputs.hpp"
#include "source/failure.hpp"

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

// Those that `--server` may name, in order: of files, and of descriptions as far as they can be read.
int print_servers(const Context& context) {
    const Files files = context.files();
    ConfigFiles configs(files, context.global.config, context.global.no_config, rule_index());
    const Inputs inputs = find_inputs(files, {"."}, {}, configs);
    std::set<std::string> names;
    for (const ServerInput& server : inputs.servers) names.insert(server.identity.text);
    ThreadPool pool(context.global.jobs);
    const Session session(files, pool, {});
    for (const SiteInput& input : inputs.sites) {
        SiteUnit unit(session, input);
        try {
            unit.open();
        } catch (const Failure&) {
            continue;
        }
        for (const SiteServer& server : unit.site().servers) names.insert(server.server.identity.text);
    }
    names.erase("");
    for (const std::string& name : names) context.streams.out << name << '\n';
    return 0;
}

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
    auto servers = std::make_shared<bool>(false);
    app.add_option("shell", *shell, "bash, zsh or fish")->type_name("SHELL:{bash,zsh,fish}");
    app.add_flag("--servers", *servers,
                 "print the identities of the servers below this folder; the scripts use it for --server");
    // The program's own app, which lives as long as the action.
    const CLI::App* whole = app.get_parent();
    return [shell, servers, whole](const Context& context) {
        if (*servers && shell->empty()) return print_servers(context);
        if (*servers) throw Failure("--servers cannot be used with a shell");
        if (shell->empty()) throw Failure("for which shell? bash, zsh or fish");
        return run_completion(*whole, *shell, context);
    };
}

}  // namespace dectprov
