// SPDX-License-Identifier: MIT
#include "analysis/server_unit.hpp"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "analysis/severities.hpp"
#include "load/config_file.hpp"
#include "load/policies.hpp"

namespace dectprov {
namespace {

std::vector<const Rule*> rules_off(const Session& session, const ServerInput& input) {
    std::vector<std::string> paths;
    paths.reserve(input.files.size());
    for (const Candidate& file : input.files) paths.push_back(file.path);
    return Severities(session.thresholds().overrides, input.config).off(paths);
}

}  // namespace

ServerUnit::ServerUnit(const Session& session, const ServerInput& input)
    : ServerUnit(session, input, rules_off(session, input)) {}

ServerUnit::ServerUnit(const Session& session, const ServerInput& input, std::vector<const Rule*> off)
    : session_(session), input_(input), declared_(declared_of(input)), report_(std::move(off)) {}

void ServerUnit::open(std::vector<ReadAhead> known) {
    loaded_ = load_server(session_.files(), input_, session_.options().model, declared_, sources_, report_,
                          std::move(known));
}

void ServerUnit::open_groups(const std::set<std::uint32_t>& numbers) {
    read_groups(session_.files(), input_, numbers, sources_, *declared_.catalog, report_, loaded_);
}

void ServerUnit::open_firmware(const std::vector<std::string>& names) {
    read_firmware(session_.files(), input_, names, sources_, *declared_.catalog, report_, loaded_);
}

void ServerUnit::validate(std::vector<UserWalk> walks) {
    check(loaded_.server, report_, std::move(walks), &session_.pool());
    check_policies(input_.config, loaded_.server, report_);
}

std::vector<ServerUnit::File> ServerUnit::files() const {
    const Server& server = loaded_.server;
    // There may be very many.
    std::unordered_map<std::string_view, const InputFile*> known(server.files.size());
    for (const InputFile& file : server.files) known.emplace(file.path, &file);
    std::vector<File> files;
    files.reserve(sources_.size());
    for (std::size_t i = 0; i < sources_.size(); ++i) {
        const std::string& path = sources_.name(static_cast<FileId>(i));
        const auto file = known.find(path);
        // A firmware .ver is no candidate: it is looked at when its configuration is.
        const bool own = file != known.end();
        const InputFile* config = own ? file->second : server.input(Role::config);
        files.push_back({.path = path, .own = own, .reported = config == nullptr || config->reported});
    }
    return files;
}

Conclusion ServerUnit::conclude(Report& report) const {
    ReadSources read{.sources = sources_, .infos = {}};
    read.infos.reserve(sources_.size());
    for (const File& file : files()) {
        read.infos.push_back(
            {.reported = file.reported, .syntax = syntax_of(file.path), .config = input_.config});
    }
    for (const Directive& directive : loaded_.directives) read.comments.push_back(directive.span);
    const std::string_view identity = loaded_.server.identity.text;
    return dectprov::conclude(session_, report, read, [&](const Diagnostic&) { return identity; });
}

}  // namespace dectprov
