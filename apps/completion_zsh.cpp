// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <string>
#include <string_view>
#include <vector>

#include "completion.hpp"

namespace dectprov {
namespace {

// Inside '…', where a spec of _arguments gives colons and brackets a meaning.
std::string zsh_quoted(std::string_view text) {
    std::string safe;
    for (const char c : text) {
        if (c == '\'') {
            safe += "'\\''";
            continue;
        }
        if (c == ':' || c == '[' || c == ']' || c == '\\') safe += '\\';
        safe += c;
    }
    return safe;
}

std::string action(const CompletionWords::Value& value) {
    if (value.servers) return fmt::format("{{compadd -- $({})}}", servers_command);
    if (value.words.empty()) return value.files ? "_files" : " ";
    std::vector<std::string> words;
    words.reserve(value.words.size());
    for (const std::string& word : value.words) words.push_back(zsh_quoted(word));
    // What follows an equals sign is typed on, without a blank.
    if (value.words.back().ends_with('='))
        return fmt::format("{{compadd -S \"\" -- {}}}", fmt::join(words, " "));
    return fmt::format("({})", fmt::join(words, " "));
}

// A spec for each name; options may be repeated, so every one has a star.
void add_specs(std::string& script, std::string_view indent,
               const std::vector<CompletionWords::Option>& options) {
    for (const CompletionWords::Option& option : options) {
        for (const std::string& name : option.names) {
            script += fmt::format("{}'*{}[{}]", indent, name, zsh_quoted(option.help));
            if (option.has_value)
                script += fmt::format(":{}:{}", zsh_quoted(option.value.name), action(option.value));
            script += "' \\\n";
        }
    }
}

}  // namespace

std::string zsh_completion(const CompletionWords& words) {
    std::string script =
        "#compdef dectprov\n"
        "# zsh completion of dectprov; printed by `dectprov completion zsh`\n"
        "_dectprov() {\n"
        "    local curcontext=$curcontext state line ret=1\n"
        "    typeset -A opt_args\n"
        "    local -a commands\n"
        "    commands=(\n";
    for (const CompletionWords::Command& command : words.commands)
        script += fmt::format("        '{}:{}'\n", command.name, zsh_quoted(command.summary));
    script +=
        "    )\n"
        "    _arguments -C \\\n";
    add_specs(script, "        ", words.global);
    script +=
        "        '1: :->command' \\\n"
        "        '*:: :->arguments' && ret=0\n"
        "    case $state in\n"
        "    command) _describe -t commands command commands && ret=0 ;;\n"
        "    arguments)\n"
        "        case $words[1] in\n";
    for (const CompletionWords::Command& command : words.commands) {
        script += fmt::format("        {})\n            _arguments \\\n", command.name);
        add_specs(script, "                ", command.options);
        add_specs(script, "                ", words.global);
        const std::string what = command.positional.words.empty() ? "_files" : action(command.positional);
        script += fmt::format("                '*:{}:{}' && ret=0\n            ;;\n",
                              zsh_quoted(command.positional.name), what);
    }
    script +=
        "        esac\n"
        "        ;;\n"
        "    esac\n"
        "    return ret\n"
        "}\n"
        "if [[ $funcstack[1] == _dectprov ]]; then\n"
        "    _dectprov \"$@\"\n"
        "else\n"
        "    compdef _dectprov dectprov\n"
        "fi\n";
    return script;
}

}  // namespace dectprov
