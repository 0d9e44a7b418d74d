// SPDX-License-Identifier: MIT
#include "options.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <istream>
#include <iterator>
#include <sstream>
#include <system_error>

#include <fmt/format.h>

#include "catalog/word_list.hpp"
#include "command.hpp"
#include "diag/tally.hpp"
#include "rules/families.hpp"
#include "source/failure.hpp"

namespace dectprov {
const Format& format_named(std::string_view name) {
    const Format* format = find_format(name);
    if (format != nullptr) return *format;
    std::vector<std::string_view> names;
    for (const Format& one : formats()) names.push_back(one.name);
    fail_unknown("format", name, names);
}

const Rule& rule_named(std::string_view id) {
    const Rule* rule = find_rule(id);
    if (rule != nullptr) return *rule;
    std::vector<std::string_view> ids;
    for (const Rule* one : all_rules()) ids.push_back(one->id);
    fail_unknown("rule", id, ids);
}

std::string model_choices() { return word_list(model_tokens(), " or "); }

Model model_named(std::string_view text) {
    const auto model = find_model(text);
    if (model) return *model;
    fail_unknown("model", text, model_tokens());
}

Severity severity_named(std::string_view option, std::string_view text, bool off) {
    const auto severity = find_severity(text);
    if (severity && (off || *severity != Severity::off)) return *severity;
    std::vector<std::string_view> known{"error", "warning", "note"};
    if (off) known.emplace_back("off");
    fail_unknown(fmt::format("severity for {}", option), text, known);
}

const DhcpDialect& dhcp_dialect_named(std::string_view name) {
    std::vector<std::string_view> names;
    for (const DhcpDialect& one : dhcp_dialects()) {
        if (one.name == name) return one;
        names.push_back(one.name);
    }
    fail_unknown("DHCP server", name, names);
}

std::string format_names() {
    std::string names;
    for (const Format& format : formats()) {
        if (!names.empty()) names += ", ";
        names += format.name;
    }
    return names;
}

namespace {

// The names that the system has for standard input.
bool is_stdin(std::string_view path) {
    constexpr std::string_view names[] = {"/dev/stdin", "/dev/fd/0", "/proc/self/fd/0"};
    return std::ranges::find(names, path) != std::end(names);
}

}  // namespace

std::function<const char*(const char*)> environment_of(const EnvFiles& files) {
    if (files.is_empty()) return {};
    // What is not in a file may stand in the environment.
    return [&files](const char* name) {
        const char* value = files.find(name);
        return value != nullptr ? value : std::getenv(name);  // NOLINT(concurrency-mt-unsafe)
    };
}

std::string read_all(std::istream& in) {
    std::string bytes;
    std::array<char, 1U << 16U> buffer{};
    errno = 0;
    while (in.read(buffer.data(), buffer.size()) || in.gcount() > 0) {
        bytes.append(buffer.data(), static_cast<std::size_t>(in.gcount()));
    }
    if (in.bad()) {
        throw Failure("cannot read standard input" +
                      (errno == 0 ? std::string() : ": " + std::generic_category().message(errno)));
    }
    return bytes;
}

std::vector<std::string> input_paths(const std::vector<std::string>& given,
                                     const std::vector<std::string>& files_from,
                                     const std::string& stdin_name, std::istream& in, Files& files) {
    std::vector<std::string> paths;
    bool stdin_taken = false;
    const auto take_stdin = [&] {
        if (stdin_taken) throw Failure("standard input is named twice");
        stdin_taken = true;
        return read_all(in);
    };
    const auto take = [&](const std::string& path) {
        if (is_stdin(path)) {
            files.lay_over(path, take_stdin());
        } else if (files.type(path) == Files::Type::other) {
            files.lay_over(path, files.read(path));
        }
        paths.push_back(path);
    };
    for (const std::string& path : given) {
        if (path != "-") {
            take(path);
            continue;
        }
        if (stdin_name.empty()) {
            throw Failure("standard input has no name; say which file it is with --stdin-filename");
        }
        files.lay_over(normal(stdin_name), take_stdin());
        paths.push_back(stdin_name);
    }
    for (const std::string& list : files_from) {
        std::istringstream lines(list == "-" ? take_stdin() : files.read(list));
        for (std::string line; std::getline(lines, line);) {
            if (line.ends_with('\r')) line.pop_back();
            if (!line.empty()) take(line);
        }
    }
    return paths;
}

bool is_there(const Files& files, const std::string& path) {
    std::error_code error;
    return files.type(path) != Files::Type::none || std::filesystem::is_symlink(path, error);
}

EnvFiles read_env_files(const std::vector<std::string>& paths, std::istream& in, const Files& files) {
    EnvFiles all;
    for (const std::string& path : paths) all.add(path, path == "-" ? read_all(in) : files.read(path));
    return all;
}

void add_files_from_option(CLI::App& app, std::vector<std::string>& to) {
    app.add_option("--files-from", to, "read paths from FILE, one per line; - is standard input")
        ->allow_extra_args(false)
        ->type_name("FILE");
}

void add_stdin_name_option(CLI::App& app, std::string& to) {
    app.add_option("--stdin-filename", to, "the name of the file that standard input stands for")
        ->type_name("NAME");
}

void add_env_file_option(CLI::App& app, std::vector<std::string>& to) {
    app.add_option("--env-file", to,
                   "take the values of ${env:NAME} from NAME=VALUE lines of this file (repeatable)")
        ->allow_extra_args(false)
        ->type_name("FILE");
}

void add_model_option(CLI::App& app, std::string& to) {
    app.add_option("--model", to, "treat every server as this model: " + model_choices())->type_name("MODEL");
}

std::vector<HeldSetting> held_settings(const std::string& path, const Catalog& catalog, std::istream& in) {
    if (path != "-") return read_settings(path, Files().read(path), catalog);
    return read_settings("standard input", read_all(in), catalog);
}

void tell_passed_over(const Context& context, const Inputs& inputs) {
    for (const PassedOver& one : inputs.passed_over)
        context.tell(fmt::format("skipped {}: {}", one.path, one.why));
    if (inputs.passed_over.empty() || context.global.quiet) return;
    const std::size_t count = inputs.passed_over.size();
    context.tell(fmt::format("{} that {} like {} skipped", count_of(count, "file"),
                             count == 1 ? "looks" : "look",
                             count == 1 ? "a provisioning file was" : "provisioning files were"));
}

OpenSideOptions side_options(const Context& context, const std::string& stdin_name,
                             AnalysisOptions analysis) {
    analysis.servers = context.global.servers;
    return {.config = context.global.config,
            .no_config = context.global.no_config,
            .analysis = std::move(analysis),
            .take_path = [&context, stdin_name](const std::string& path, Files& files) {
                files.allow_outside(context.global.allow_outside);
                return input_paths({path}, {}, stdin_name, context.streams.in, files).front();
            }};
}

}  // namespace dectprov
