// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <string>
#include <string_view>
#include <vector>

#include "completion.hpp"

namespace dectprov {
namespace {

std::string fish_quoted(std::string_view text) {
    std::string safe = "'";
    for (const char c : text) {
        if (c == '\'' || c == '\\') safe += '\\';
        safe += c;
    }
    return safe + "'";
}

std::string word_list(const std::vector<std::string>& words) {
    std::string all;
    for (const std::string& word : words) all += (all.empty() ? "" : " ") + word;
    return fish_quoted(all);
}

void add_options(std::string& script, const std::string& condition,
                 const std::vector<CompletionWords::Option>& options) {
    for (const CompletionWords::Option& option : options) {
        script += "complete -c dectprov" + condition;
        for (const std::string& name : option.names)
            script += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
        script += " -d " + fish_quoted(option.help);
        if (option.has_value && option.value.files) script += " -r -F";
        if (option.has_value && !option.value.files) script += " -x";
        if (option.value.servers) script += fmt::format(" -a '({})'", servers_command);
        if (!option.value.words.empty()) script += " -a " + word_list(option.value.words);
        script += '\n';
    }
}

}  // namespace

std::string fish_completion(const CompletionWords& words) {
    std::string script = "# fish completion of dectprov; printed by `dectprov completion fish`\n";
    add_options(script, "", words.global);
    for (const CompletionWords::Command& command : words.commands)
        script += fmt::format("complete -c dectprov -n __fish_use_subcommand -f -a {} -d {}\n", command.name,
                              fish_quoted(command.summary));
    for (const CompletionWords::Command& command : words.commands) {
        const std::string condition = fmt::format(" -n '__fish_seen_subcommand_from {}'", command.name);
        add_options(script, condition, command.options);
        if (!command.positional.words.empty())
            script += fmt::format("complete -c dectprov{} -f -a {}\n", condition,
                                  word_list(command.positional.words));
    }
    return script;
}

}  // namespace dectprov
