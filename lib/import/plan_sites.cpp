// SPDX-License-Identifier: MIT
#include "import/plan_sites.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "import/site_names.hpp"
#include "source/failure.hpp"
#include "source/files.hpp"

namespace dectprov {
namespace {

std::string shown(const std::string& folder) { return folder.empty() ? "." : folder; }

void refuse_repeated_servers(const SiteDraft& site, const ImportPlan& plan) {
    std::map<std::string_view, const ServerInput*> seen;
    for (const ServerInput* server : site.inputs) {
        const auto [first, fresh] = seen.emplace(server->identity.text, server);
        if (fresh) continue;
        throw Failure(fmt::format(
            "{} and {} both contain files of {}, but a description can have a server only once; {}",
            shown(first->second->folder), shown(server->folder), server->identity.text,
            plan.by_server ? "without --by-server each folder gets its own description"
                           : "give a folder as SITE to get one description per folder"));
    }
}

// The secrets of a server that several descriptions have may lie beside each other, and come from one
// environment.
void name_secrets(std::vector<SiteDraft>& sites) {
    std::map<std::string_view, std::size_t> count;
    for (const SiteDraft& site : sites) {
        for (const ServerInput* server : site.inputs) ++count[server->identity.text];
    }
    std::set<std::string> taken;
    for (SiteDraft& site : sites) {
        for (const ServerInput* server : site.inputs) {
            if (count[server->identity.text] > 1) site.shared.insert(server->identity.text);
        }
        if (site.shared.empty()) continue;
        const std::string whole = variable_part(site.name);
        site.part = whole;
        for (unsigned number = 2; !taken.insert(site.part).second; ++number)
            site.part = fmt::format("{}_{}", whole, number);
    }
}

}  // namespace

std::string without_extension(const std::string& path) {
    for (const std::string_view end : {".yaml", ".yml"}) {
        if (path.ends_with(end) && base_name(path).size() > end.size())
            return path.substr(0, path.size() - end.size());
    }
    return path;
}

std::vector<SiteDraft> plan_sites(const std::vector<ServerInput>& servers, const ImportPlan& plan,
                                  std::vector<std::string>& remarks) {
    std::map<std::string, SiteDraft> by_name;
    const SiteNames names(servers, plan.paths);
    if (plan.folder && !plan.tables && !plan.by_server) {
        for (const SiteNames::Clash& one : names.clashes())
            remarks.push_back(
                fmt::format("the description of {} is {}.yaml, because the name of {} would be the same",
                            shown(one.folder), one.name, shown(one.other)));
    }
    for (const ServerInput& server : servers) {
        const std::string name = plan.tables      ? std::string("site")
                                 : !plan.folder   ? std::string()
                                 : plan.by_server ? server.identity.text
                                                  : names.of(server.folder);
        by_name[name].inputs.push_back(&server);
    }
    std::vector<SiteDraft> sites;
    for (auto& [name, site] : by_name) {
        site.path = plan.folder ? join(plan.output, name + ".yaml") : plan.output;
        site.name =
            plan.folder && !plan.tables ? name : std::string(base_name(without_extension(plan.output)));
        refuse_repeated_servers(site, plan);
        sites.push_back(std::move(site));
    }
    name_secrets(sites);
    std::set<std::string_view> folders;
    for (const ServerInput& server : servers) folders.insert(server.folder);
    if (!plan.folder && folders.size() > 1) {
        remarks.push_back(
            fmt::format("files of {} folders go into one description, which renders into one folder; "
                        "give a folder as SITE to get one description per folder",
                        folders.size()));
    }
    return sites;
}

}  // namespace dectprov
