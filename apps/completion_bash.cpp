// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <string>
#include <string_view>
#include <vector>

#include "completion.hpp"

namespace dectprov {
namespace {

std::string joined(const std::vector<std::string>& words) { return fmt::format("{}", fmt::join(words, " ")); }

std::string names_of(const std::vector<CompletionWords::Option>& options) {
    std::vector<std::string> all;
    for (const CompletionWords::Option& option : options)
        all.insert(all.end(), option.names.begin(), option.names.end());
    return joined(all);
}

// "lint:--format|lint:-f", or "*:--color" for every command.
std::string patterns(std::string_view command, const CompletionWords::Option& option) {
    std::string all;
    for (const std::string& name : option.names)
        all += fmt::format("{}{}:{}", all.empty() ? "" : "|", command, name);
    return all;
}

void add_values(std::string& script, std::string_view command,
                const std::vector<CompletionWords::Option>& options) {
    for (const CompletionWords::Option& option : options) {
        if (!option.has_value) continue;
        const std::string pattern = patterns(command, option);
        if (!option.value.words.empty()) {
            script += fmt::format("        {}) words='{}' ;;\n", pattern, joined(option.value.words));
        } else if (option.value.servers) {
            script += fmt::format("        {}) words=$({}) ;;\n", pattern, servers_command);
        } else {
            script += fmt::format("        {}) return ;;\n", pattern);
        }
    }
}

}  // namespace

// Bash breaks words at '=', so `--rule value/type=off` is three words and `--format=json` too. What no word
// list covers falls to file names (`-o default`).
std::string bash_completion(const CompletionWords& words) {
    std::vector<std::string> names;
    for (const CompletionWords::Command& command : words.commands) names.push_back(command.name);
    const std::string alternatives = fmt::format("{}", fmt::join(names, "|"));
    std::string script =
        "# bash completion of dectprov; printed by `dectprov completion bash`\n"
        "_dectprov() {\n"
        "    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]} command='' words='' "
        "word\n"
        "    COMPREPLY=()\n"
        "    for word in \"${COMP_WORDS[@]:1:COMP_CWORD - 1}\"; do\n"
        "        case $word in " +
        alternatives +
        ") command=$word && break ;;\n"
        "        esac\n"
        "    done\n"
        "    if [[ $cur == '=' ]]; then\n"
        "        cur=''\n"
        "    elif [[ $prev == '=' ]]; then\n"
        "        prev=${COMP_WORDS[COMP_CWORD - 2]}\n"
        "    fi\n"
        "    if ((COMP_CWORD > 2)) && [[ ${COMP_WORDS[COMP_CWORD - 3]} == --rule ]]; then\n"
        "        mapfile -t COMPREPLY < <(compgen -W 'error warning note off' -- \"$cur\")\n"
        "        return\n"
        "    fi\n"
        "    case $command:$prev in\n";
    for (const CompletionWords::Command& command : words.commands)
        add_values(script, command.name, command.options);
    add_values(script, "*", words.global);
    script +=
        "    esac\n"
        "    if [[ -z $words ]]; then\n"
        "        case $command:$cur in\n";
    script += fmt::format("        :-*) words='{}' ;;\n        :*) words='{}' ;;\n", names_of(words.global),
                          joined(names));
    for (const CompletionWords::Command& command : words.commands) {
        std::vector<CompletionWords::Option> options = command.options;
        options.insert(options.end(), words.global.begin(), words.global.end());
        script += fmt::format("        {}:-*) words='{}' ;;\n", command.name, names_of(options));
        if (!command.positional.words.empty())
            script +=
                fmt::format("        {}:*) words='{}' ;;\n", command.name, joined(command.positional.words));
    }
    script +=
        "        esac\n"
        "    fi\n"
        "    [[ -n $words ]] || return\n"
        "    mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$cur\")\n"
        "    if ((${#COMPREPLY[@]} == 1)) && [[ ${COMPREPLY[0]} == *= ]]; then\n"
        "        compopt -o nospace 2> /dev/null\n"
        "    fi\n"
        "}\n"
        "complete -o default -F _dectprov dectprov\n";
    return script;
}

}  // namespace dectprov
