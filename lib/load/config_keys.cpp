// SPDX-License-Identifier: MIT
// The keys of .dectprov.yaml. A new one is a row here and the function that the row names; messages, the JSON
// Schema, the starter and the documentation follow the rows.
#include "load/config_keys.hpp"

#include <array>

#include "load/config_reader.hpp"
#include "load/schemas.hpp"

namespace dectprov {
namespace {

constexpr auto servers_sample = std::to_array<Sample>({{all_models, R"(
# What is known of servers whose files do not tell:
# servers:
#   0013d1800032: {model: "6500", firmware_version: PCS20Ba, licenses: [enhanced_provisioning]}
)"}});
constexpr auto paths_sample = std::to_array<Sample>({{all_models, R"(
# The same and severities for folders; the last that matches counts:
# paths:
#   "clinics/**": {model: "8000", rules: {config/insecure-transport: off}}
)"}});
constexpr auto rules_sample = std::to_array<Sample>({{all_models, R"(
# Severities: error, warning, note or off. `dectprov explain` lists the rules.
# rules:
#   config/never-checks: off
#   element/unknown: error
)"}});
constexpr auto ignore_sample = std::to_array<Sample>({{all_models, R"(
# Files that are not looked at, unless they are named:
# ignore: ["archive/**"]
)"}});
constexpr auto parameters_sample = std::to_array<Sample>({{all_models, R"(
# Parameters of newer firmware, a file of further catalogue entries:
# parameters: [vendor-parameters.yaml]
)"}});
constexpr auto fail_on_sample = std::to_array<Sample>({{all_models, R"(
# The least severity that fails a run, and the least that is shown:
# fail-on: warning
)"}});
constexpr auto min_severity_sample = std::to_array<Sample>({{all_models, "# min-severity: note\n"}});
constexpr auto require_reason_sample = std::to_array<Sample>({{all_models, R"(
# Suppression comments must say why:
# require-reason: true
)"}});
constexpr auto policies_sample = std::to_array<Sample>({{all_models, R"(
# Rules of your own, reported as policy/NAME:
# policies:
#   https-only: {path: provisioning.server.url, matches: "^https://", severity: error, why: "credentials in the clear"}
#   two-groups: {path: "user[].configgroup", one_of: [100, 101]}
)"}});

}  // namespace

std::span<const ConfigReader::TopRow> ConfigReader::top_rows() {
    using Reader = ConfigReader;
    static constexpr auto rows = std::to_array<TopRow>({
        {.key = {.name = "servers",
                 .shape = Shape::mapping,
                 .description = "Facts about a server that are not in its files, by MAC address or UUID.",
                 .schema = known_servers_schema,
                 .samples = servers_sample},
         .read = &Reader::servers},
        {.key = {.name = "paths",
                 .shape = Shape::mapping,
                 .description = "Settings for files, by glob relative to this file; the last match wins.",
                 .schema = path_sections_schema,
                 .samples = paths_sample},
         .read = &Reader::paths},
        {.key = {.name = "rules",
                 .shape = Shape::mapping,
                 .own_names = true,
                 .description = "The severity of a rule: error, warning, note or off.",
                 .schema = rules_schema,
                 .samples = rules_sample},
         .read = &Reader::rules},
        {.key = {.name = "ignore",
                 .shape = Shape::list,
                 .description = "Globs of files to skip.",
                 .schema = texts_schema,
                 .samples = ignore_sample},
         .read = &Reader::ignore},
        {.key = {.name = "parameters",
                 .shape = Shape::list,
                 .description = "Files with more parameters, for newer firmware.",
                 .schema = texts_schema,
                 .samples = parameters_sample},
         .read = &Reader::parameters},
        {.key = {.name = "fail-on",
                 .shape = Shape::text,
                 .otherwise = "'severity' must be a text",
                 .description = "Findings at or above this severity fail the run (default: error).",
                 .schema = threshold_schema,
                 .samples = fail_on_sample},
         .read = &Reader::fail_on},
        {.key = {.name = "min-severity",
                 .shape = Shape::text,
                 .otherwise = "'severity' must be a text",
                 .description = "Findings below this severity are not shown.",
                 .schema = threshold_schema,
                 .samples = min_severity_sample},
         .read = &Reader::min_severity},
        {.key = {.name = "require-reason",
                 .shape = Shape::text,
                 .description = "Whether a suppression needs a reason.",
                 .schema = truth_schema,
                 .samples = require_reason_sample},
         .read = &Reader::require_reason},
        {.key = {.name = "policies",
                 .shape = Shape::mapping,
                 .description = "The fleet's own rules, reported as policy/NAME.",
                 .schema = policies_schema,
                 .samples = policies_sample},
         .read = &Reader::policies,
         .first = true},
    });
    return rows;
}

std::span<const ConfigReader::ServerRow> ConfigReader::server_rows() {
    static constexpr auto rows = std::to_array<ServerRow>({
        {.key = {.name = "model",
                 .shape = Shape::text,
                 .description = "The model of the server.",
                 .schema = models_schema},
         .read = &ConfigReader::server_model},
        {.key = {.name = "firmware_version",
                 .shape = Shape::text,
                 .description = "The release that the server runs, for example PCS20Ba.",
                 .schema = text_schema},
         .read = &ConfigReader::server_firmware_version},
        {.key = {.name = "licenses",
                 .shape = Shape::list,
                 .description = "The licences of the server.",
                 .schema = licences_schema},
         .read = &ConfigReader::server_licenses},
        {.key = {.name = "redundant",
                 .shape = Shape::text,
                 .description = "Whether the server is a redundant pair.",
                 .schema = truth_schema},
         .read = &ConfigReader::server_redundant},
    });
    return rows;
}

std::span<const ConfigReader::PathRow> ConfigReader::path_rows() {
    static constexpr auto rows = std::to_array<PathRow>({
        {.key = {.name = "model",
                 .shape = Shape::text,
                 .description = "The model of the server.",
                 .schema = models_schema},
         .read = &ConfigReader::path_model},
        {.key = {.name = "rules",
                 .shape = Shape::mapping,
                 .own_names = true,
                 .description = "The severity of a rule: error, warning, note or off.",
                 .schema = rules_schema},
         .read = &ConfigReader::path_rules},
    });
    return rows;
}

std::span<const ConfigReader::PolicyRow> ConfigReader::policy_rows() {
    using Reader = ConfigReader;
    static constexpr auto rows = std::to_array<PolicyRow>({
        {.key = {.name = "path",
                 .shape = Shape::text,
                 .description = "The parameter, with its path as in findings; `user[].configgroup` is the "
                                "one of every user.",
                 .schema = required_text_schema},
         .read = &Reader::policy_path},
        {.key = {.name = "matches",
                 .shape = Shape::text,
                 .description = "A regular expression that must match a part of the value.",
                 .schema = text_schema},
         .read = &Reader::policy_matches},
        {.key = {.name = "one_of",
                 .shape = Shape::list,
                 .description = "The allowed values.",
                 .schema = texts_schema},
         .read = &Reader::policy_one_of},
        {.key = {.name = "range",
                 .shape = Shape::list,
                 .description = "The lowest and the highest allowed number.",
                 .schema = range_schema},
         .read = &Reader::policy_range},
        {.key = {.name = "required",
                 .shape = Shape::text,
                 .description = "Whether the parameter is required.",
                 .schema = truth_schema},
         .read = &Reader::policy_required},
        {.key = {.name = "models",
                 .shape = Shape::list,
                 .description = "The models that the policy is for (default: all).",
                 .schema = model_list_schema},
         .read = &Reader::policy_models},
        {.key = {.name = "in",
                 .shape = Shape::text,
                 .description = "A glob of the files that the policy is for.",
                 .schema = text_schema},
         .read = &Reader::policy_in},
        {.key = {.name = "severity",
                 .shape = Shape::text,
                 .description = "The severity (default: warning).",
                 .schema = optional_severity_schema},
         .read = &Reader::policy_severity},
        {.key = {.name = "why",
                 .shape = Shape::text,
                 .description = "The reason, shown with the finding.",
                 .schema = text_schema},
         .read = &Reader::policy_why},
    });
    return rows;
}

std::vector<Key> config_keys() { return keys_of(ConfigReader::top_rows()); }
std::vector<Key> config_server_keys() { return keys_of(ConfigReader::server_rows()); }
std::vector<Key> config_path_keys() { return keys_of(ConfigReader::path_rows()); }
std::vector<Key> policy_keys() { return keys_of(ConfigReader::policy_rows()); }

}  // namespace dectprov
