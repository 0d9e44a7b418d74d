// SPDX-License-Identifier: MIT
#include "load/site.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <tuple>
#include <utility>

#include "diag/rules.hpp"
#include "load/site_keys.hpp"
#include "load/site_layers.hpp"
#include "load/site_server.hpp"
#include "load/yaml_keys.hpp"

namespace dectprov {
namespace {

// What stands in `defaults` belongs to many servers and is found wrong once for each; it is told once.
void deduplicate(Report& report, std::size_t from) {
    using Key = std::tuple<const Rule*, FileId, std::uint32_t, std::uint32_t, std::string>;
    std::set<Key> seen;
    std::vector<Diagnostic>& all = report.all();
    const auto again = [&](const Diagnostic& one) {
        const Span span = one.place.span;
        return !seen.emplace(one.rule, span.file, span.begin, span.end, one.message).second;
    };
    all.erase(std::remove_if(all.begin() + static_cast<std::ptrdiff_t>(from), all.end(), again), all.end());
}

}  // namespace

void read_site_name(SiteReading& reading, std::uint32_t value) {
    const Yaml::Node& node = (*reading.source.yaml)[value];
    reading.site.name = node.text;
    reading.site.name_place = {.span = node.span, .path = "site"};
    check_name(reading.context, node, "site");
}

void read_servers(SiteReading& reading, std::uint32_t value) {
    SiteUsers users(reading.context);
    const std::vector<std::uint32_t> items = children(*reading.source.yaml, value);
    std::vector<SiteServer>& servers = reading.site.servers;
    servers.reserve(items.size());
    for (const std::uint32_t item : items) {
        const std::string path = fmt::format("servers[{}]", servers.size() + 1);
        SiteServer& server = servers.emplace_back();
        SiteServerReader(reading.context, reading.layers.layers(), users, server, path)
            .read(reading.defaults, reading.source, item);
    }
}

Site load_site(const Files& files, const std::string& path, SourceSet& sources, const Catalog& catalog,
               const SiteOptions& options, Report& report) {
    const std::size_t before = report.all().size();
    SiteContext context{.files = files,
                        .sources = sources,
                        .catalog = catalog,
                        .options = options,
                        .report = report,
                        .main = path};
    SiteLayers layers(context);
    Site site;
    site.path = path;
    const SiteSource& source = layers.read_main(path);
    site.name_place = {.span = {.file = source.file}};
    const Yaml& yaml = *source.yaml;
    if (!yaml.empty() && yaml[0].type == Yaml::Type::mapping) {
        site.layer = yaml.find(0, "servers") == 0;
        // Layers are read, and validated, even where nothing comes of them.
        SiteReading reading{.context = context,
                            .layers = layers,
                            .source = source,
                            .defaults = layers.defaults(source),
                            .site = site};
        for (const DescriptionRow& row : description_rows()) {
            const std::uint32_t value = yaml.find(0, row.key.name);
            const bool there = value != 0 && yaml[value].type != Yaml::Type::null;
            if (row.read != nullptr && there && fits(row.key.shape, yaml[value].type))
                row.read(reading, value);
        }
    }
    site.comments = std::move(layers.comments());
    deduplicate(report, before);
    return site;
}

}  // namespace dectprov
