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
#include "doc/write_xml.hpp"
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

// The file of a group in an earlier output.
struct EarlierFile {
    std::string path;
    std::string bytes;
};

struct Earlier {
    std::string path;
    std::string version;
    Settings settings;
};

Earlier read_earlier(EarlierFile file, const Catalog& catalog) {
    SourceSet sources;
    Report problems;
    const FileId source = sources.add(file.path, decode_xml(std::move(file.bytes)).text);
    const XmlDocument document = read_xml(sources, source, catalog, entry("cota"), problems);
    if (document.state != Reading::good) return {.path = file.path, .version = {}, .settings = {}};
    const NodeIndex version = document.tree.find(entry("cota.info.version"));
    return {.path = file.path,
            .version = version == Tree::none ? std::string() : std::string(document.tree.value(version)),
            .settings = settings_of(document.tree)};
}

std::optional<EarlierFile> find_earlier(const SiteServer& server, const HandsetGroup& group,
                                        const Files& files, const std::string& folder) {
    const auto look = [&](std::string_view identity) -> std::optional<EarlierFile> {
        std::string path = join(folder, file_name(identity, Role::group, group.number));
        std::optional<std::string> bytes = files.read_if_there(path);
        if (!bytes) return std::nullopt;
        return EarlierFile{.path = std::move(path), .bytes = std::move(*bytes)};
    };
    std::optional<EarlierFile> earlier = look(server.server.identity.text);
    if (!earlier && server.replaces) {
        const std::optional<Identity> replaced = parse_identity(*server.replaces);
        if (replaced) earlier = look(replaced->text);
    }
    return earlier;
}

// The version in a file that was written here; empty where it looks otherwise.
std::string_view version_in(std::string_view bytes) {
    constexpr std::string_view start = "<version>";
    const std::size_t at = bytes.find(start);
    if (at == std::string_view::npos) return {};
    const std::size_t begin = at + start.size();
    const std::size_t end = std::min(bytes.find_first_not_of("0123456789", begin), bytes.size());
    return bytes.substr(begin, end - begin);
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

std::vector<SettledGroup> settle_versions(const SiteServer& server, const Files& files,
                                          const std::string& folder, Report& report) {
    std::vector<SettledGroup> settled;
    settled.reserve(server.server.groups.size());
    std::size_t index = 0;
    for (const HandsetGroup& group : server.server.groups) {
        const SiteServer::GroupVersion& wanted = server.versions.at(index++);
        std::optional<EarlierFile> file = find_earlier(server, group, files, folder);
        SettledGroup& to = settled.emplace_back();
        if (!wanted.automatic) {
            to.version = written_version(group);
        } else {
            to.version = file ? version_in(file->bytes) : "1";
        }
        if (!file || (!wanted.automatic && to.version.empty())) continue;
        // The same bytes say the same, and need no reading. They mostly are the same.
        if (!to.version.empty()) {
            to.bytes = write_group(group.tree, std::to_string(group.number), to.version);
            to.unchanged = to.bytes == file->bytes;
            if (to.unchanged) continue;
        }
        const Earlier earlier = read_earlier(std::move(*file), group.tree.catalog());
        const bool same = earlier.settings == settings_of(group.tree);
        if (wanted.automatic) {
            to.bytes.clear();
            to.version = same && !earlier.version.empty() ? earlier.version : next_version(earlier);
        } else if (!same && earlier.version == to.version) {
            report.add(rule::handset_version_not_bumped, wanted.where,
                       fmt::format("version is still {}, and the settings differ from those in {}",
                                   to.version, earlier.path),
                       "raise the version, or write auto");
        }
    }
    return settled;
}

}  // namespace dectprov
