// SPDX-License-Identifier: MIT
#include "probe/described.hpp"

#include <algorithm>
#include <utility>

#include "diag/rules.hpp"
#include "render/render.hpp"
#include "render/versions.hpp"
#include "source/failure.hpp"

namespace dectprov {
namespace {

// The folder below the first of the named ones that it lies in; "" for one that was named itself.
std::string below_named(const std::string& folder, const std::vector<std::string>& named) {
    for (const std::string& path : named) {
        const std::string root = normal(path);
        if (root == folder || (root == "." && folder.empty())) return {};
        if (root == "." && !folder.starts_with('/') && !folder.starts_with("..")) return folder;
        if (folder.starts_with(root + "/")) return folder.substr(root.size() + 1);
    }
    return {};
}

}  // namespace

bool DescribedServer::has(std::string_view name) const {
    return std::ranges::any_of(
               input.files,
               [&](const Candidate& one) { return !one.dangling && base_name(one.path) == name; }) ||
           (input.neighbours != nullptr && input.neighbours->contains(name));
}

Described::Described(const Session& session, const Inputs& inputs, const std::vector<std::string>& paths)
    : session_(session), files_(session.files()), failures_(inputs.failures) {
    for (const ServerInput& server : inputs.servers) {
        // A file whose name tells no server is asked for by none.
        if (server.identity.kind == Identity::Kind::none) continue;
        servers_.push_back({.input = server, .below = below_named(server.folder, paths)});
    }
    for (const SiteInput& site : inputs.sites) add_site(site);
}

void Described::add(const Identity& identity, const ConfigFile* config) {
    ServerInput input;
    input.identity = identity;
    input.config = config;
    input.neighbours = &neighbours_.emplace_back();
    servers_.push_back({.input = std::move(input)});
}

void Described::add_files(DescribedServer& to, std::vector<OutputFile> made) {
    to.input.files.clear();
    ServerInput::Names& neighbours = neighbours_.emplace_back();
    for (OutputFile& file : made) {
        const std::string path = to.path_of(file.path);
        FileName name = read_name(file.path);
        if (name.state == FileName::State::exact) {
            to.input.files.push_back({.path = path, .name = std::move(name)});
        } else {
            neighbours.insert(file.path);
        }
        files_.lay_over(path, std::move(file.bytes));
    }
    std::ranges::sort(to.input.files, {}, &Candidate::path);
    to.input.neighbours = &neighbours;
}

void Described::add_site(const SiteInput& input) {
    SiteUnit& unit = sites_.emplace_back(session_, input);
    try {
        unit.open();
        unit.validate();
    } catch (const Failure& failure) {
        failures_.emplace_back(failure.what());
        return;
    }
    const Files nothing = Files::memory();
    std::vector<DescribedServer> servers;
    for (std::size_t i = 0; i < unit.site().servers.size(); ++i) {
        const SiteServer& one = unit.site().servers[i];
        if (!unit.wants(i) || one.server.identity.kind == Identity::Kind::none) continue;
        DescribedServer& server = servers.emplace_back();
        server.input.folder = folder_of(input.path);
        server.input.identity = one.server.identity;
        server.input.config = input.config;
        server.source = input.path;
        server.site = &one;
    }
    Conclusion conclusion = unit.conclude();
    std::erase_if(conclusion.findings, [](const Finding& finding) { return !is_error(finding); });
    if (!conclusion.findings.empty()) {
        std::ranges::move(conclusion.findings, std::back_inserter(findings_));
        return;
    }
    for (DescribedServer& server : servers) {
        Report ignored;
        add_files(server, render(*server.site, settle_versions(*server.site, nothing, "", ignored), ""));
        servers_.push_back(std::move(server));
    }
}

void Described::settle(std::size_t number, const Files& served) {
    DescribedServer& server = servers_[number];
    if (server.site == nullptr ||
        std::ranges::none_of(server.site->versions, &SiteServer::GroupVersion::automatic))
        return;
    Report ignored;
    add_files(server,
              render(*server.site, settle_versions(*server.site, served, server.input.folder, ignored), ""));
}

}  // namespace dectprov
