// SPDX-License-Identifier: MIT
#include "cli.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <exception>
#include <memory>
#include <new>
#include <string_view>
#include <system_error>
#include <thread>
#include <utility>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "catalog/catalog.hpp"
#include "command.hpp"
#include "diag/escape.hpp"
#include "diag/shorten.hpp"
#include "doc/secret.hpp"
#include "fence.hpp"
#include "help.hpp"
#include "model/identity.hpp"
#include "output/write_file.hpp"
#include "source/failure.hpp"

namespace dectprov {
namespace {

constexpr int status_failure = 2;

Action add_help(CLI::App& app);

constexpr std::array command_table{
    Command{.name = "lint",
            .summary = "check provisioning files, whole trees and site descriptions",
            .add = add_lint},
    Command{.name = "render",
            .summary = "write provisioning files from site descriptions",
            .add = add_render,
            .writes_files = true},
    Command{.name = "generate",
            .summary = "write one file or a starter",
            .add = add_generate,
            .writes_files = true},
    Command{.name = "diff",
            .summary = "compare two states by meaning, and say what each server will do",
            .add = add_diff,
            .starts_programs = true},
    Command{.name = "preview",
            .summary = "show the settings that a server holds after an import",
            .add = add_preview},
    Command{.name = "import",
            .summary = "make site descriptions of provisioning files",
            .add = add_import,
            .writes_files = true},
    Command{.name = "probe",
            .summary = "fetch from provisioning servers what each server would fetch, and check it",
            .add = add_probe,
            .connects = true},
    Command{
        .name = "explain", .summary = "explain a rule or a parameter, or list them all", .add = add_explain},
    Command{.name = "schema", .summary = "print a JSON Schema or an XSD", .add = add_schema},
    Command{.name = "completion",
            .summary = "print the completion script of a shell",
            .add = add_completion,
            .of_all = true},
    Command{.name = "lsp",
            .summary = "check, explain and complete in an editor: a language server",
            .add = add_lsp,
            .starts_programs = true},
    Command{.name = "help", .summary = "print the help of a command", .add = add_help},
};

// With one of these a command that reads writes as well.
constexpr std::array writing_options{"--fix", "--unsafe-fixes", "--write-baseline", "--report"};

// The edition of the vendor's guide that the catalogue follows: it carries no number, only its years.
constexpr std::string_view guide_edition = "Spectralink DECT Servers Provisioning Guide, (c) 2013-2020";

bool is_set(const char* variable) {
    const char* value = std::getenv(variable);  // NOLINT(concurrency-mt-unsafe): nothing sets variables
    return value != nullptr && *value != '\0';
}

// Whether a line says "FILE:LINE:COLUMN: error: …": one Failure may tell several. No other line break of a
// message is kept, since a name could hold it, and a line of its own could be a command to who reads it.
bool is_located(std::string_view line) {
    const std::size_t end = line.find(": error: ");
    if (end == std::string_view::npos || line.find_first_of(":# \t") == 0) return false;
    constexpr std::string_view digits = "0123456789";
    std::string_view place = line.substr(0, end);
    for (int number = 0; number < 2; ++number) {
        const std::size_t last = place.find_last_not_of(digits);
        if (last == std::string_view::npos || place[last] != ':' || last + 1 == place.size()) return false;
        place = place.substr(0, last);
    }
    return !place.empty();
}

// The only way in which text goes to standard error, but for findings, which have their own.
void tell_on(std::ostream& err, std::string_view message) {
    while (true) {
        std::size_t end = message.find('\n');
        while (end != std::string_view::npos &&
               !is_located(message.substr(end + 1, message.find('\n', end + 1) - end - 1)))
            end = message.find('\n', end + 1);
        err << visible_line(shortened(shown_message(message.substr(0, end)))) << '\n';
        if (end == std::string_view::npos) return;
        message.remove_prefix(end + 1);
    }
}

bool is_dumb_terminal() {
    const char* terminal = std::getenv("TERM");  // NOLINT(concurrency-mt-unsafe): nothing sets variables
    return terminal != nullptr && std::string_view(terminal) == "dumb";
}

bool wants_color(std::string_view choice, bool terminal) {
    if (choice == "always") return true;
    if (choice == "never" || is_set("NO_COLOR")) return false;
    return is_set("FORCE_COLOR") || (terminal && !is_dumb_terminal());
}

void add_globals(CLI::App& app, GlobalOptions& global) {
    app.add_option("--color", global.color, "colour in what is printed: auto, always or never")
        ->check(CLI::IsMember({"auto", "always", "never"}))
        ->type_name("WHEN");
    app.add_option("--config", global.config, "use this file instead of the nearest .dectprov.yaml")
        ->type_name("FILE");
    app.add_flag("--no-config", global.no_config, "read no .dectprov.yaml");
    app.add_option("-j,--jobs", global.jobs, "work on N servers at a time (default: the number of cores)")
        ->check(CLI::Range(1U, 1024U))
        ->type_name("N");
    app.add_flag("-q,--quiet", global.quiet, "leave out counts and progress");
    app.add_option("--server", global.servers, "only this MAC address or UUID (repeatable)")
        ->allow_extra_args(false)
        ->type_name("ID");
    app.add_option("--allow-outside", global.allow_outside,
                   "let inputs use files in this folder, outside their repository (repeatable)")
        ->allow_extra_args(false)
        ->type_name("DIR");
}

// The names of an app's own options, long ones with their dashes.
std::vector<std::string> option_names(const CLI::App& app) {
    std::vector<std::string> names;
    for (const CLI::Option* option : app.get_options()) {
        for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    }
    return names;
}

bool is_command(std::string_view name) {
    return std::ranges::find(command_table, name, &Command::name) != command_table.end();
}

[[noreturn]] void fail_unknown_command(std::string_view typed) {
    std::array<std::string_view, command_table.size()> names;
    std::ranges::transform(command_table, names.begin(), &Command::name);
    fail_unknown("command", typed, names);
}

// CLI11 names what it did not expect, but not what was meant: unknown commands and options get their nearest.
void explain_unknown(const CLI::App& app, const std::vector<std::string>& args) {
    const CLI::App* sub = nullptr;
    for (const std::string& arg : args) {
        if (arg == "--") return;
        if (sub == nullptr && !arg.starts_with('-')) {
            if (is_command(arg)) {
                sub = app.get_subcommand(arg);
                continue;
            }
            const bool value = &arg != args.data() && (&arg)[-1].starts_with("-") &&
                               (&arg)[-1].find('=') == std::string::npos;
            if (value) continue;
            fail_unknown_command(arg);
        }
        if (!arg.starts_with("--")) continue;
        const std::string name = arg.substr(0, arg.find('='));
        std::vector<std::string> known = option_names(app);
        if (sub != nullptr) std::ranges::move(option_names(*sub), std::back_inserter(known));
        if (std::ranges::find(known, name) != known.end()) continue;
        const std::vector<std::string_view> views(known.begin(), known.end());
        fail_unknown("option", name, views);
    }
}

// `help lint` is `lint --help`; the command itself only stands for what is listed and completed.
Action add_help(CLI::App& app) {
    std::string names;
    for (const Command& one : command_table) {
        if (!names.empty()) names += ',';
        names += one.name;
    }
    const auto command = std::make_shared<std::string>();
    app.add_option("COMMAND", *command, "the command; without one, the whole program")
        ->type_name(fmt::format("COMMAND:{{{}}}", names));
    return [command](const Context& context) {
        if (command->empty()) return run({"--help"}, context.streams);
        if (!is_command(*command)) fail_unknown_command(*command);
        return run({*command, "--help"}, context.streams);
    };
}

// The arguments that `help` stands for; those that are given where they ask for something else.
std::vector<std::string> without_help(const std::vector<std::string>& args) {
    if (args.empty() || args.front() != "help") return args;
    if (args.size() == 1) return {"--help"};
    if (args.size() > 2 || !is_command(args[1])) return args;
    return {args[1], "--help"};
}

std::string version() { return fmt::format("dectprov {} ({})", DECTPROV_VERSION, guide_edition); }

// The options of the program, and of the subcommands that are wanted: those of the others would be set up for
// nothing, at every start.
std::vector<std::pair<CLI::App*, Action>> set_up(CLI::App& app, GlobalOptions& global,
                                                 const std::function<bool(const Command&)>& is_wanted) {
    add_globals(app, global);
    app.set_help_flag("-h,--help", "print this help");
    app.set_version_flag("--version", version(),
                         "print the version and the edition of the guide that it follows");
    app.require_subcommand(1);
    app.failure_message(CLI::FailureMessage::simple);
    app.formatter_fn([](const CLI::App* of, const std::string&, CLI::AppFormatMode) { return help_of(*of); });
    std::vector<std::pair<CLI::App*, Action>> actions;
    for (const Command& command : command_table) {
        CLI::App* sub = app.add_subcommand(std::string(command.name), std::string(command.summary));
        sub->fallthrough();
        if (is_wanted(command)) actions.emplace_back(sub, command.add(*sub));
    }
    return actions;
}

// Gives up what the command does not need.
void raise_fence_of(const CLI::App& sub) {
    const Command& command = *std::ranges::find(command_table, sub.get_name(), &Command::name);
    if (command.connects) return;
    const bool writes = std::ranges::any_of(writing_options, [&](const char* name) {
        const CLI::Option* option = sub.get_option_no_throw(name);
        return option != nullptr && option->count() > 0;
    });
    raise_fence({.starts_programs = command.starts_programs, .writes_files = command.writes_files || writes});
}

constexpr const char* program_summary =
    "Writes and checks the provisioning files of Spectralink DECT servers.";

int parse_and_run(const std::vector<std::string>& args, const Streams& streams) {
    CLI::App app{program_summary, "dectprov"};
    GlobalOptions global;
    const auto is_named = [&](const Command& command) {
        return std::ranges::find(args, command.name) != args.end();
    };
    const bool all = std::ranges::any_of(
        command_table, [&](const Command& command) { return command.of_all && is_named(command); });
    const std::vector<std::pair<CLI::App*, Action>> actions =
        set_up(app, global, [&](const Command& command) { return all || is_named(command); });

    try {
        // CLI11 takes the last argument first.
        app.parse(std::vector<std::string>(args.rbegin(), args.rend()));
    } catch (const CLI::Success& help) {
        return app.exit(help, streams.out, streams.err);
    } catch (const CLI::ParseError& error) {
        explain_unknown(app, args);
        tell_on(streams.err, fmt::format("dectprov: {}", error.what()));
        streams.err << "run with --help for more\n";
        return status_failure;
    }

    global.jobs_given = global.jobs != 0;
    if (global.jobs == 0) global.jobs = std::max(1U, std::thread::hardware_concurrency());
    for (std::string& server : global.servers) {
        const auto identity = parse_identity(server);
        if (!identity)
            throw Failure(fmt::format("--server: '{}' is neither a MAC address nor a UUID", server));
        server = identity->text;
    }
    const Context context{.streams = streams, .global = global, .args = args};
    for (const auto& [sub, action] : actions) {
        if (!sub->parsed()) continue;
        if (streams.own_process) raise_fence_of(*sub);
        return action(context);
    }
    return status_failure;
}

// Runs the command; whatever is thrown becomes a status and words.
int guarded(const std::vector<std::string>& args, const Streams& streams) {
    // Asked alone, which scripts do, it needs no options set up.
    if (args.size() == 1 && args.front() == "--version") {
        streams.out << version() << '\n';
        return 0;
    }
    std::string reason;
    try {
        return parse_and_run(without_help(args), streams);
    } catch (const Failure& failure) {
        reason = failure.what();
    } catch (const std::bad_alloc&) {
        reason = "out of memory";
    } catch (const std::exception& mistake) {
        reason = fmt::format("this is an error in dectprov, please report it: {}", mistake.what());
    }
    // What was found before stands in front of it.
    streams.out.flush();
    tell_on(streams.err, "dectprov: " + reason);
    return status_failure;
}

}  // namespace

std::vector<CommandHelp> help_of_all() {
    CLI::App app{program_summary, "dectprov"};
    GlobalOptions global;
    const std::vector<std::pair<CLI::App*, Action>> actions =
        set_up(app, global, [](const Command&) { return true; });
    std::vector<CommandHelp> all{command_help(app)};
    for (const auto& [sub, action] : actions) all.push_back(command_help(*sub));
    return all;
}

bool Context::color_out() const { return wants_color(global.color, streams.out_is_terminal); }

bool Context::color_err() const { return wants_color(global.color, streams.err_is_terminal); }

Files Context::files() const {
    Files files;
    files.keep_places();
    files.allow_outside(global.allow_outside);
    return files;
}

void Context::tell(std::string_view message) const { tell_on(streams.err, message); }

void Context::complain(std::string_view message) const {
    tell_on(streams.err, fmt::format("dectprov: {}", message));
}

bool Context::write_report(const std::string& path, std::string_view text) const {
    streams.out.flush();
    try {
        write_whole(path, text, true);
    } catch (const Failure& failure) {
        complain(failure.what());
        return false;
    }
    return true;
}

TellWaiting Context::tells_waiting() const {
    return [this](std::string_view folder) {
        complain(fmt::format("{} is locked, as by another run that writes there; this one waits", folder));
    };
}

std::span<const Command> commands() { return command_table; }

void fail_unknown(std::string_view what, std::string_view typed, std::span<const std::string_view> known) {
    const auto near = nearest(typed, known);
    throw Failure(near ? fmt::format("unknown {} '{}'; did you mean '{}'?", what, typed, *near)
                       : fmt::format("unknown {} '{}'", what, typed));
}

int run(const std::vector<std::string>& args, const Streams& streams) {
    const int status = guarded(args, streams);
    streams.out.flush();
    if (streams.out.good()) return status;
    const int error = streams.out_error == nullptr ? 0 : *streams.out_error;
    // Whoever read has seen enough. This is the status of those who are ended by the signal instead.
    if (error == EPIPE) return 128 + SIGPIPE;
    streams.err << "dectprov: cannot write standard output";
    if (error != 0) streams.err << ": " << std::generic_category().message(error);
    streams.err << '\n';
    return status_failure;
}

}  // namespace dectprov
