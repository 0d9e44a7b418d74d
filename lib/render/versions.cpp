// SPDX-License-Identifier: MIT
#include "render/versions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

#include "diag/rules.hpp"
#include "doc/read_xml.hpp"
#include "source/encoding.hpp"
#include "source/failure.hpp"

namespace dectprov {
namespace {

// What a group sets, path by path; sections without settings say nothing.
using Settings = std::vector<std::pair<std::string, std::string>>;

void collect(const Tree& tree, NodeIndex node, const std::string& path, Settings& settings) {
    for (NodeIndex child = tree.first(node); child < tree.after(node); child = tree.after(child)) {
        const std::string below = join(path, tree.name(child));
        if (tree.has_children(child)) {
            collect(tree, child, below, settings);
        } else if (tree.entry(child) == EntryId::none || !tree.catalog().is_section(tree.entry(child))) {
            settings.emplace_back(below, tree.value(child));
        }
    }
}

Settings settings_of(const Tree& tree) {
    Settings settings;
    const NodeIndex data = tree.empty() ? Tree::none : tree.find(entry("cota.data"));
    if (data != Tree::none && tree.has_children(data)) collect(tree, data, {}, settings);
    std::sort(settings.begin(), settings.end());
    return settings;
}

struct Earlier {
    std::string path;
    std::string version;
    Settings settings;
};

std::optional<Earlier> read_earlier(const Files& files, const std::string& path, const Catalog& catalog) {
    if (files.type(path) != Files::Type::file) return std::nullopt;
    SourceSet sources;
    Report problems;
    const FileId file = sources.add(path, decode_xml(files.read(path)).text);
    const XmlDocument document = read_xml(sources, file, catalog, entry("cota"), problems);
    if (document.state != Reading::good) return Earlier{.path = path, .version = {}, .settings = {}};
    const NodeIndex version = document.tree.find(entry("cota.info.version"));
    return Earlier{
        .path = path,
        .version = version == Tree::none ? std::string() : std::string(document.tree.value(version)),
        .settings = settings_of(document.tree)};
}

std::optional<Earlier> find_earlier(const SiteServer& server, const HandsetGroup& group, const Files& files,
                                    const std::string& folder) {
    const auto look = [&](std::string_view identity) {
        return read_earlier(files, join(folder, file_name(identity, Role::group, group.number)),
                            group.tree.catalog());
    };
    std::optional<Earlier> earlier = look(server.server.identity.text);
    if (!earlier && server.replaces) {
        const std::optional<Identity> replaced = parse_identity(*server.replaces);
        if (replaced) earlier = look(replaced->text);
    }
    return earlier;
}

std::string next_version(const Earlier& earlier) {
    std::uint64_t number = 0;
    const char* const end = earlier.version.data() + earlier.version.size();
    const auto [stop, error] = std::from_chars(earlier.version.data(), end, number);
    if (error != std::errc() || stop != end || number == UINT64_MAX) {
        throw Failure(fmt::format(
            "cannot raise the version in {}: it is no number; write the group's next version instead of auto",
            earlier.path));
    }
    return std::to_string(number + 1);
}

std::string_view written_version(const HandsetGroup& group) {
    const NodeIndex node = group.tree.empty() ? Tree::none : group.tree.find(entry("cota.info.version"));
    return node == Tree::none ? std::string_view() : group.tree.value(node);
}

}  // namespace

std::vector<std::string> settle_versions(const SiteServer& server, const Files& files,
                                         const std::string& folder, Report& report) {
    std::vector<std::string> versions;
    std::size_t index = 0;
    for (const HandsetGroup& group : server.server.groups) {
        const SiteServer::GroupVersion& wanted = server.versions.at(index++);
        const std::optional<Earlier> earlier = find_earlier(server, group, files, folder);
        const bool same = earlier && earlier->settings == settings_of(group.tree);
        if (wanted.automatic) {
            versions.push_back(!earlier                            ? "1"
                               : same && !earlier->version.empty() ? earlier->version
                                                                   : next_version(*earlier));
            continue;
        }
        versions.emplace_back(written_version(group));
        if (earlier && !same && !versions.back().empty() && earlier->version == versions.back()) {
            report.add(rule::handset_version_not_bumped, wanted.where,
                       fmt::format("version is still {}, and the settings differ from those in {}",
                                   versions.back(), earlier->path),
                       "raise the version, or write auto");
        }
    }
    return versions;
}

}  // namespace dectprov
