// SPDX-License-Identifier: MIT
#include "completion.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "catalog/catalog.hpp"
#include "catalog/explanation.hpp"
#include "catalog/models.hpp"
#include "diag/format.hpp"
#include "load/site_keys.hpp"
#include "manual/documentation.hpp"

namespace dectprov {
namespace {

std::vector<std::string> model_words() {
    const std::vector<std::string_view> tokens = model_tokens();
    return {tokens.begin(), tokens.end()};
}

std::vector<std::string> format_words() {
    std::vector<std::string> names;
    for (const Format& format : formats()) names.emplace_back(format.name);
    return names;
}

std::vector<std::string> report_targets() {
    std::vector<std::string> targets;
    for (const Format& format : formats()) targets.push_back(std::string(format.name) + "=");
    return targets;
}

std::vector<std::string> severities() { return {"error", "warning", "note"}; }

std::vector<std::string> rule_settings() {
    std::vector<std::string> ids{"all="};
    for (const Rule* rule : documented_rules()) {
        if (rule != &policy_rule()) ids.push_back(std::string(rule->id) + "=");
    }
    return ids;
}

std::vector<std::string> topics() {
    std::vector<std::string> all;
    for (const Rule* rule : documented_rules()) all.emplace_back(rule->id);
    const Catalog& catalog = Catalog::builtin();
    for (std::size_t i = 0; i < catalog.size(); ++i)
        all.push_back(short_path(catalog, static_cast<EntryId>(i)));
    for (const KeyLevel& level : key_levels()) {
        for (const Key& key : level.keys()) {
            if (std::ranges::find(all, key.name) == all.end()) all.emplace_back(key.name);
        }
    }
    return all;
}

// The dotted paths of what a configuration and a handset group set.
std::vector<std::string> setting_paths() {
    std::vector<std::string> paths;
    const Catalog& catalog = Catalog::builtin();
    for (std::size_t i = 0; i < catalog.size(); ++i) {
        const auto id = static_cast<EntryId>(i);
        const std::string path = catalog.path(id);
        const bool sets = path.starts_with("config.") || path.starts_with("cota.data.");
        if (sets && !catalog.is_section(id) && !catalog.is_wildcard(id))
            paths.push_back(short_path(catalog, id));
    }
    return paths;
}

std::vector<std::string> assignments() {
    std::vector<std::string> all = setting_paths();
    for (std::string& path : all) path += '=';
    return all;
}

std::vector<std::string> layouts() { return {"flat", "site"}; }
std::vector<std::string> written_reports() { return {"json="}; }

// What an option's or a positional's placeholder stands for. Those that are not here and name no choices
// themselves take any text.
struct Placeholder {
    std::string_view name;
    std::vector<std::string> (*words)();  // null: files
};
constexpr std::array<Placeholder, 16> placeholders{{
    {.name = "MODEL", .words = model_words},
    {.name = "FORMAT", .words = format_words},
    {.name = "FORMAT=FILE", .words = report_targets},
    {.name = "SEVERITY", .words = severities},
    {.name = "RULE=SEVERITY", .words = rule_settings},
    {.name = "ID=SEVERITY", .words = rule_settings},
    {.name = "RULE|PARAMETER|KEY", .words = topics},
    {.name = "SETTING", .words = setting_paths},
    {.name = "PATH=VALUE", .words = assignments},
    {.name = "LAYOUT", .words = layouts},
    {.name = "json=FILE", .words = written_reports},
    {.name = "FILE", .words = nullptr},
    {.name = "DIR", .words = nullptr},
    {.name = "PATH", .words = nullptr},
    {.name = "SITE", .words = nullptr},
    {.name = "FOLDER", .words = nullptr},
}};

// "WHEN:{auto,always,never}" lists its choices, and so does a list in the help: "text, json or markdown".
std::vector<std::string> listed(std::string_view type) {
    const std::size_t open = type.find('{');
    const std::size_t close = type.rfind('}');
    std::vector<std::string> words;
    if (open == std::string_view::npos || close == std::string_view::npos) return words;
    std::string_view rest = type.substr(open + 1, close - open - 1);
    while (!rest.empty()) {
        const std::size_t comma = std::min(rest.find(','), rest.size());
        words.emplace_back(rest.substr(0, comma));
        rest.remove_prefix(std::min(comma + 1, rest.size()));
    }
    return words;
}

CompletionWords::Value value_of(const CLI::Option& option) {
    const std::string type = option.get_type_name();
    CompletionWords::Value value{.name = type.substr(0, type.find(':'))};
    value.words = listed(type);
    if (!value.words.empty()) return value;
    value.servers = value.name == "ID";
    const auto known = std::ranges::find(placeholders, value.name, &Placeholder::name);
    if (known == placeholders.end()) return value;
    if (known->words == nullptr) {
        value.files = true;
    } else {
        value.words = known->words();
    }
    return value;
}

CompletionWords::Option option_of(const CLI::Option& option) {
    CompletionWords::Option words{.names = {}, .help = option.get_description()};
    for (const std::string& name : option.get_snames()) words.names.push_back("-" + name);
    for (const std::string& name : option.get_lnames()) words.names.push_back("--" + name);
    words.has_value = option.get_expected_max() > 0 && option.get_type_size_max() > 0;
    if (words.has_value) words.value = value_of(option);
    return words;
}

void add_options(const CLI::App& app, std::vector<CompletionWords::Option>& options) {
    for (const CLI::Option* option : app.get_options()) {
        if (option->get_positional() && option->get_lnames().empty() && option->get_snames().empty())
            continue;
        CompletionWords::Option words = option_of(*option);
        const bool twice = std::ranges::any_of(
            options, [&](const auto& other) { return other.names.back() == words.names.back(); });
        if (!twice) options.push_back(std::move(words));
    }
}

CompletionWords::Command command_of(const CLI::App& app, const std::vector<CompletionWords::Option>& global) {
    CompletionWords::Command command{
        .name = app.get_name(), .summary = app.get_description(), .options = {}, .positional = {}};
    add_options(app, command.options);
    for (const CLI::Option* option : app.get_options()) {
        if (option->get_positional() && command.positional.name.empty())
            command.positional = value_of(*option);
    }
    // `generate site`, `generate users`: the names of what is below, and its options.
    for (const CLI::App* sub : app.get_subcommands([](const CLI::App*) { return true; })) {
        command.positional.name = "KIND";
        command.positional.words.push_back(sub->get_name());
        add_options(*sub, command.options);
    }
    // --help is everyone's.
    std::erase_if(command.options, [&](const CompletionWords::Option& option) {
        return std::ranges::any_of(global, [&](const auto& other) { return other.names == option.names; });
    });
    return command;
}

}  // namespace

CompletionWords completion_words(const CLI::App& app) {
    CompletionWords words;
    add_options(app, words.global);
    for (const CLI::App* sub : app.get_subcommands([](const CLI::App*) { return true; }))
        words.commands.push_back(command_of(*sub, words.global));
    return words;
}

}  // namespace dectprov
