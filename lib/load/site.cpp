// SPDX-License-Identifier: MIT
#include "load/site.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <tuple>
#include <utility>

#include "diag/rules.hpp"
#include "load/site_layers.hpp"
#include "load/site_server.hpp"
#include "load/yaml_keys.hpp"

namespace dectprov {
namespace {

// What stands in `defaults` belongs to many servers and is found wrong once for each; it is told once.
void tell_once(Report& report, std::size_t from) {
    using Key = std::tuple<const Rule*, FileId, std::uint32_t, std::uint32_t, std::string>;
    std::set<Key> seen;
    std::vector<Diagnostic>& all = report.all();
    const auto again = [&](const Diagnostic& one) {
        const Span span = one.place.span;
        return !seen.emplace(one.rule, span.file, span.begin, span.end, one.message).second;
    };
    all.erase(std::remove_if(all.begin() + static_cast<std::ptrdiff_t>(from), all.end(), again), all.end());
}

void read_servers(SiteContext& context, SiteLayers& layers, const SiteSource& source, Site& site) {
    const Yaml& yaml = *source.yaml;
    const std::uint32_t servers = yaml.find(0, "servers");
    site.layer = servers == 0;
    // Layers are read, and judged, even where nothing comes of them.
    const Layered defaults = layers.defaults(source);
    if (servers == 0 || yaml[servers].type == Yaml::Type::null) return;
    if (yaml[servers].type != Yaml::Type::sequence) {
        report_shape(context, yaml[servers], "servers", "'servers' is a list");
        return;
    }
    SiteUsers users(context);
    const std::vector<std::uint32_t> items = children(yaml, servers);
    site.servers.reserve(items.size());
    for (const std::uint32_t item : items) {
        const std::string path = fmt::format("servers[{}]", site.servers.size() + 1);
        SiteServer& server = site.servers.emplace_back();
        SiteServerReader(context, layers.layers(), users, server, path).read(defaults, source, item);
    }
}

}  // namespace

Site load_site(const Files& files, const std::string& path, SourceSet& sources, const Catalog& catalog,
               const SiteOptions& options, Report& report) {
    const std::size_t before = report.all().size();
    SiteContext context{
        .files = files, .sources = sources, .catalog = catalog, .options = options, .report = report};
    SiteLayers layers(context);
    Site site;
    site.path = path;
    const SiteSource& source = layers.read_main(path);
    site.name_place = {.span = {.file = source.file}};
    const Yaml& yaml = *source.yaml;
    if (!yaml.empty() && yaml[0].type == Yaml::Type::mapping) {
        const std::uint32_t name = yaml.find(0, "site");
        if (name != 0 && yaml[name].type == Yaml::Type::scalar) {
            site.name = yaml[name].text;
            site.name_place = {.span = yaml[name].span, .path = "site"};
        }
        if (name != 0 && yaml[name].type != Yaml::Type::scalar && yaml[name].type != Yaml::Type::null)
            report_shape(context, yaml[name], "site", "'site' is a name");
        read_servers(context, layers, source, site);
    }
    site.comments = std::move(layers.comments());
    tell_once(report, before);
    return site;
}

}  // namespace dectprov
