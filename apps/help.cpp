// SPDX-License-Identifier: MIT
#include "help.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>
#include <vector>

#include "command.hpp"
#include "diff/wrap.hpp"

namespace dectprov {
namespace {

// What the statuses of a command say besides 2, which is the same for all.
struct Statuses {
    std::string_view zero;
    std::string_view one = {};  // empty: there is no 1
};

constexpr Statuses of_lint{.zero = "nothing at or above --fail-on", .one = "findings at or above it"};
constexpr Statuses of_diff{.zero = "no difference in meaning", .one = "differences"};
constexpr Statuses of_writing{.zero = "written, or nothing to change",
                              .one = "the input has errors and nothing is written"};
constexpr Statuses of_rendering{
    .zero = "written, or nothing to change",
    .one = "the input has errors and nothing is written; --check: the output is out of date"};
constexpr Statuses of_importing{
    .zero = "written", .one = "the input has errors: they are in what is written, or nothing is written"};
constexpr Statuses of_printing{.zero = "printed"};
constexpr Statuses of_session{.zero = "the session is over"};

struct HelpRow {
    std::string_view command;
    Statuses statuses;
    std::array<std::string_view, 2> examples;
};

constexpr std::array rows{
    HelpRow{.command = "lint",
            .statuses = of_lint,
            .examples = {"dectprov lint provisioning/",
                         "dectprov lint --format sarif --report junit=lint.xml ."}},
    HelpRow{.command = "render",
            .statuses = of_rendering,
            .examples = {"dectprov render sites/ -o out", "dectprov render sites/ -o out --check --diff"}},
    HelpRow{.command = "generate",
            .statuses = of_writing,
            .examples = {"dectprov generate site --model 400 --mac 0013d1400001",
                         "dectprov generate users --model 6500 users.csv -o users.xml"}},
    HelpRow{.command = "diff",
            .statuses = of_diff,
            .examples = {"dectprov diff git:origin/main .", "dectprov diff --format markdown out sites/"}},
    HelpRow{.command = "preview",
            .statuses = of_printing,
            .examples = {"dectprov preview --current export.xml 0013d1800032-config.xml",
                         "dectprov preview --diff --current export.xml site.yaml"}},
    HelpRow{.command = "import",
            .statuses = of_importing,
            .examples = {"dectprov import provisioning/ -o sites/",
                         "dectprov import 0013d1800032-config.xml -o site.yaml --model 6500"}},
    HelpRow{.command = "probe",
            .statuses = of_lint,
            .examples = {"dectprov probe sites/ --url https://prov.example.com/dect",
                         "dectprov probe --url tftp://10.0.0.5 --server 0013d1400001 -o served"}},
    HelpRow{.command = "explain",
            .statuses = of_printing,
            .examples = {"dectprov explain file/orphan", "dectprov explain sip.dtmf.duration"}},
    HelpRow{.command = "schema",
            .statuses = of_printing,
            .examples = {"dectprov schema site > site.schema.json", "dectprov schema config --model 6500"}},
    HelpRow{.command = "completion",
            .statuses = of_printing,
            .examples = {"dectprov completion bash > ~/.local/share/bash-completion/completions/dectprov",
                         "dectprov completion fish | source"}},
    HelpRow{.command = "lsp",
            .statuses = of_session,
            .examples = {"dectprov lsp", "dectprov lsp --config fleet.yaml -j 2"}},
    HelpRow{.command = "help", .statuses = of_printing, .examples = {"dectprov help", "dectprov help lint"}},
    // The program by itself.
    HelpRow{.command = "",
            .statuses = of_lint,
            .examples = {"dectprov lint provisioning/", "dectprov help render"}},
};

const HelpRow& row_of(const CLI::App& app) {
    const bool whole = app.get_parent() == nullptr;
    const auto found = std::ranges::find_if(rows, [&](const HelpRow& row) {
        return whole ? row.command.empty() : row.command == app.get_name();
    });
    return found == rows.end() ? rows.back() : *found;
}

constexpr std::size_t indent = 2;
constexpr std::size_t text_column = 26;

// A name and what it is, side by side where the name is short.
void append_entry(std::string& out, std::string_view name, std::string_view what) {
    std::size_t column = indent + name.size();
    out.append(indent, ' ');
    out += name;
    if (column + 2 > text_column) {
        out += '\n';
        column = 0;
    }
    out.append(text_column - column, ' ');
    append_wrapped(out, what, text_column, text_column);
    out += '\n';
}

// "WHEN" of "WHEN:{auto,always,never}", which the completions read.
std::string placeholder(const CLI::Option& option) {
    const std::string type = option.get_type_name();
    return type.substr(0, type.find(':'));
}

bool is_positional(const CLI::Option& option) {
    return option.get_positional() && option.get_lnames().empty() && option.get_snames().empty();
}

CommandHelp::Entry entry_of(const CLI::Option& option) {
    CommandHelp::Entry entry{.names = {}, .what = option.get_description()};
    if (is_positional(option)) {
        const std::string name = placeholder(option);
        const std::string shown = name.empty() || name == "TEXT" ? option.get_name() : name;
        entry.names.push_back(option.get_expected_max() > 1 ? shown + "..." : shown);
        return entry;
    }
    for (const std::string& one : option.get_snames()) entry.names.push_back("-" + one);
    for (const std::string& one : option.get_lnames()) entry.names.push_back("--" + one);
    const bool takes_value = option.get_expected_max() > 0 && option.get_type_size_max() > 0;
    if (takes_value) entry.value = placeholder(option);
    return entry;
}

// `inner`: an app whose options are left out, since it takes them too.
std::vector<CommandHelp::Entry> entries_of(const CLI::App& app, bool positionals,
                                           const CLI::App* inner = nullptr) {
    const auto is_inner = [&](const CLI::Option& option) {
        return inner != nullptr && std::ranges::any_of(inner->get_options(), [&](const CLI::Option* one) {
                   return one->get_name() == option.get_name();
               });
    };
    std::vector<CommandHelp::Entry> entries;
    for (const CLI::Option* option : app.get_options(
             [&](const CLI::Option* one) { return is_positional(*one) == positionals && !is_inner(*one); }))
        entries.push_back(entry_of(*option));
    return entries;
}

std::string usage(const CLI::App& app) {
    std::string line = "dectprov";
    if (app.get_parent() == nullptr) return line + " [OPTIONS] COMMAND [...]";
    line += " " + app.get_name() + " [OPTIONS]";
    for (const CLI::Option* option :
         app.get_options([](const CLI::Option* one) { return is_positional(*one); })) {
        const std::string name = entry_of(*option).names.front();
        line += option->get_required() ? " " + name : fmt::format(" [{}]", name);
    }
    return line;
}

void append_entries(std::string& out, std::string_view title,
                    const std::vector<CommandHelp::Entry>& entries) {
    if (entries.empty()) return;
    out += fmt::format("\n{}:\n", title);
    for (const CommandHelp::Entry& entry : entries) {
        const std::string value = entry.value.empty() ? std::string() : " " + entry.value;
        append_entry(out, fmt::format("{}{}", fmt::join(entry.names, ", "), value), entry.what);
    }
}

}  // namespace

CommandHelp command_help(const CLI::App& app) {
    const HelpRow& row = row_of(app);
    const bool whole = app.get_parent() == nullptr;
    CommandHelp help{.name = whole ? std::string() : app.get_name(),
                     .summary = app.get_description(),
                     .usage = usage(app)};
    if (whole) {
        for (const Command& command : commands())
            help.commands.push_back(
                {.names = {std::string(command.name)}, .what = std::string(command.summary)});
    } else {
        help.arguments = entries_of(app, true);
        help.options = entries_of(app, false);
    }
    help.global = whole ? entries_of(app, false) : entries_of(*app.get_parent(), false, &app);
    help.statuses.emplace_back("0", row.statuses.zero);
    if (!row.statuses.one.empty()) help.statuses.emplace_back("1", row.statuses.one);
    help.statuses.emplace_back("2", "wrong usage, input that cannot be read, output that cannot be written");
    help.examples.assign(row.examples.begin(), row.examples.end());
    return help;
}

std::string help_of(const CLI::App& app) {
    const CommandHelp help = command_help(app);
    std::string out;
    append_wrapped(out, help.summary, 0, 0);
    out += "\n\nUsage: " + help.usage + "\n";
    append_entries(out, "Commands", help.commands);
    append_entries(out, "Arguments", help.arguments);
    append_entries(out, "Options", help.options);
    append_entries(out, help.name.empty() ? "Options, before or after the command" : "Global options",
                   help.global);
    out += "\nExit status:\n";
    for (const auto& [status, meaning] : help.statuses) append_entry(out, status, meaning);
    out += "\nExamples:\n";
    for (const std::string& example : help.examples) out += fmt::format("  {}\n", example);
    return out;
}

}  // namespace dectprov
