// SPDX-License-Identifier: MIT
#include "analysis/show_config.hpp"

#include <algorithm>
#include <string_view>

#include <fmt/format.h>

#include "analysis/server_unit.hpp"
#include "analysis/severities.hpp"
#include "diag/escape.hpp"
#include "load/inputs.hpp"
#include "load/policies.hpp"
#include "rules/families.hpp"
#include "source/failure.hpp"

namespace dectprov {
namespace {

std::string_view role_name(Role role) {
    switch (role) {
        case Role::config:
            return "server configuration";
        case Role::users:
            return "users";
        case Role::list:
            return "list of handset groups";
        case Role::group:
            return "handset group";
        case Role::site:
            return "site description";
        case Role::none:
            break;
    }
    return "unknown";
}

std::string why_model(const Session& session, const ServerInput& input, const ServerOptions& found) {
    if (session.options().model) return "by --model";
    if (!found.model) {
        return input.identity.kind == Identity::Kind::uuid ? "from the UUID" : "from the server's files";
    }
    const bool by_identity = input.config->servers.contains(input.identity.text);
    return fmt::format("by `{}:` of {}", by_identity ? "servers" : "paths", visible(input.config->path));
}

void show_server(std::ostream& out, const Session& session, const ServerInput& input,
                 const std::string& path) {
    ServerUnit unit(session, input);
    unit.open();
    const Server& server = unit.server();
    const auto file = std::ranges::find(server.files, path, &InputFile::path);
    if (file != server.files.end()) out << fmt::format("role: {}\n", role_name(file->name.role));
    if (!server.identity.text.empty()) out << fmt::format("server: {}\n", server.identity.text);
    out << fmt::format("model: {} ({})\n", server.models.empty() ? "none fits" : to_text(server.models),
                       why_model(session, input, server.options));
    if (server.options.firmware_version)
        out << fmt::format("firmware version: {}\n", visible(*server.options.firmware_version));
    if (server.options.licenses)
        out << fmt::format("licences: {}\n",
                           visible(fmt::format("{}", fmt::join(*server.options.licenses, ", "))));
    if (server.options.redundant) out << "redundant: true\n";
}

void show_rules(std::ostream& out, const Session& session, const std::string& path,
                const ConfigFile* config) {
    const Severities severities(session.thresholds().overrides, config);
    bool any = false;
    for (const Rule* rule : all_rules()) {
        const Severity severity = severities.of(*rule, path);
        if (severity == rule->severity) continue;
        out << fmt::format("rule {}: {} instead of {}\n", rule->id, to_text(severity),
                           to_text(rule->severity));
        any = true;
    }
    if (!any) out << "rules: all with their defaults\n";
    if (config == nullptr) return;
    for (const ConfigFile::Policy& policy : config->policies) {
        const Rule* rule = config->ready_policies->find("policy/" + policy.name);
        const Severity severity = rule == nullptr ? policy.severity : severities.of(*rule, path);
        const std::string instead = severity == policy.severity
                                        ? std::string()
                                        : fmt::format(" instead of {}", to_text(policy.severity));
        out << fmt::format("policy {}: {}{} at line {}\n", policy.name, to_text(severity), instead,
                           policy.line);
    }
    for (const std::string& glob : config->ignore) {
        if (glob_matches(glob, config->relative(path))) out << fmt::format("ignored by: {}\n", visible(glob));
    }
}

}  // namespace

void show_config(std::ostream& out, const Session& session, const std::string& given, ConfigFiles& configs) {
    const std::string path = normal(given);
    const Inputs inputs = find_inputs(session.files(), {path}, {}, configs);
    if (!inputs.failures.empty()) throw Failure(inputs.failures.front());
    if (inputs.servers.empty() && inputs.sites.empty())
        throw Failure(fmt::format("{}: not a provisioning file", path));
    const ConfigFile* config =
        inputs.servers.empty() ? inputs.sites.front().config : inputs.servers.front().config;
    out << fmt::format("file: {}\n", visible(path));
    out << fmt::format("configuration: {}\n", config == nullptr ? "none" : visible(config->path));
    if (inputs.servers.empty()) {
        out << fmt::format("role: {}\n", role_name(Role::site));
    } else {
        show_server(out, session, inputs.servers.front(), path);
    }
    show_rules(out, session, path, config);
}

}  // namespace dectprov
