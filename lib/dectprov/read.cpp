// SPDX-License-Identifier: MIT
#include "dectprov/read.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "analysis/server_unit.hpp"
#include "analysis/site_unit.hpp"
#include "catalog/entries.hpp"
#include "compare/values.hpp"
#include "dectprov/run.hpp"
#include "source/failure.hpp"

namespace dectprov::api {
namespace {

std::vector<Setting> settings_below(const Tree& tree, NodeIndex section) {
    std::vector<Setting> all;
    for (const Leaf& leaf : leaves(tree, section)) all.emplace_back(leaf.path, std::string(leaf.value()));
    return all;
}

std::vector<Setting> settings_of(const std::unique_ptr<Tree>& tree) {
    return tree && !tree->empty() ? settings_below(*tree, 0) : std::vector<Setting>();
}

HandsetGroup group_of(const dectprov::HandsetGroup& group) {
    HandsetGroup made{.number = group.number, .version = {}, .settings = {}};
    if (group.tree.empty()) return made;
    const NodeIndex version = group.tree.find(entry("cota.info.version"));
    if (version != Tree::none) made.version = group.tree.value(version);
    const NodeIndex data = group.tree.find(entry("cota.data"));
    if (data != Tree::none) made.settings = settings_below(group.tree, data);
    return made;
}

Server server_of(const dectprov::Server& server) {
    Server made{.identity = server.identity.text,
                .name = {},
                .source = server.folder,
                .models = {},
                .merge = server.merge,
                .settings = settings_of(server.config),
                .users = {},
                .groups = {}};
    for (const ModelRow& row : models) {
        if (server.models.has(row.model)) made.models.emplace_back(row.token);
    }
    for_each_user(server,
                  [&](const UserView& user) { made.users.push_back(settings_below(user.tree, user.node)); });
    for (const dectprov::HandsetGroup& group : server.groups) made.groups.push_back(group_of(group));
    return made;
}

void read_files(const Session& session, const ServerInput& input, ReadResult& result) {
    ServerUnit unit(session, input);
    unit.open();
    std::ranges::copy(unit.failures(), std::back_inserter(result.failures));
    result.servers.push_back(server_of(unit.server()));
}

void read_site(const Session& session, const SiteInput& input, ReadResult& result) {
    SiteUnit unit(session, input);
    unit.open();
    for (std::size_t i = 0; i != unit.site().servers.size(); ++i) {
        if (!unit.wants(i)) continue;
        unit.narrow(i, unit.report());
        const SiteServer& one = unit.site().servers[i];
        Server& made = result.servers.emplace_back(server_of(one.server));
        made.name = one.name;
        made.source = unit.site().path;
        for (const SiteServer::GroupVersion& version : one.versions) {
            const auto group = std::ranges::find(made.groups, version.group, &HandsetGroup::number);
            if (version.automatic && group != made.groups.end()) group->version = "auto";
        }
    }
}

}  // namespace

ReadResult read(const std::vector<std::string>& paths, const LintOptions& options) {
    Run run(options, {.thresholds = {.quotes = std::nullopt}});
    const Inputs inputs = run.find(paths);
    ReadResult result{.servers = {}, .failures = inputs.failures};
    const auto attempt = [&](const auto& input, auto read_one) {
        try {
            read_one(run.session(), input, result);
        } catch (const Failure& failure) {
            result.failures.emplace_back(failure.what());
        }
    };
    for (const ServerInput& input : inputs.servers) attempt(input, read_files);
    for (const SiteInput& input : inputs.sites) attempt(input, read_site);
    return result;
}

}  // namespace dectprov::api
