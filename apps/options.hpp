// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/models.hpp"
#include "command.hpp"
#include "device/settings.hpp"
#include "diag/format.hpp"
#include "diff/open_side.hpp"
#include "load/config_file.hpp"
#include "load/env_file.hpp"
#include "load/inputs.hpp"
#include "probe/dhcp.hpp"
#include "source/files.hpp"

namespace dectprov {

// What several subcommands read from their options. Each throws Failure with the nearest known name.
const Format& format_named(std::string_view name);
const Rule& rule_named(std::string_view id);
Model model_named(std::string_view text);
// "200, 400, 6500, vso, 2500 or 8000", for help.
std::string model_choices();
// `off` is a severity for a rule, not a threshold.
Severity severity_named(std::string_view option, std::string_view text, bool off);

const DhcpDialect& dhcp_dialect_named(std::string_view name);

// "text, compact, json, …", for help.
std::string format_names();

// Looks a variable up in these files, and then in the environment; empty where there are none. They must
// outlive what is returned.
std::function<const char*(const char*)> environment_of(const EnvFiles& files);

// All of standard input. Throws Failure where it cannot be read.
std::string read_all(std::istream& in);

// The paths of the command line and of --files-from, in that order. `-` is standard input: it is laid over
// `files` under the name of --stdin-filename, which it needs. A pipe can be read only once, so what comes
// from it is laid over its path; what it is, its content says.
std::vector<std::string> input_paths(const std::vector<std::string>& given,
                                     const std::vector<std::string>& files_from,
                                     const std::string& stdin_name, std::istream& in, Files& files);

// The files of --env-file, in their order; `-` is standard input.
EnvFiles read_env_files(const std::vector<std::string>& paths, std::istream& in, const Files& files);

// Whether something has this name, a link that leads nowhere too.
bool is_there(const Files& files, const std::string& path);

// Options that several subcommands have in the same words.
void add_files_from_option(CLI::App& app, std::vector<std::string>& to);
void add_stdin_name_option(CLI::App& app, std::string& to);
void add_env_file_option(CLI::App& app, std::vector<std::string>& to);
void add_model_option(CLI::App& app, std::string& to);

// What a server holds, of a file or of standard input (`-`).
std::vector<HeldSetting> held_settings(const std::string& path, const Catalog& catalog, std::istream& in);

// Names on standard error the files that a walk left out though they look like ours, and counts them.
void tell_passed_over(const Context& context, const Inputs& inputs);

// How a side of a comparison is opened; `-` is standard input, under the name of --stdin-filename.
OpenSideOptions side_options(const Context& context, const std::string& stdin_name, AnalysisOptions analysis);

}  // namespace dectprov
