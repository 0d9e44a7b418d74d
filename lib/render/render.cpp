// SPDX-License-Identifier: MIT
#include "render/render.hpp"

#include <fmt/format.h>

#include <optional>
#include <utility>

#include "diag/rules.hpp"
#include "doc/ver_list.hpp"
#include "doc/write_xml.hpp"
#include "source/files.hpp"

namespace dectprov {
namespace {

Tree::Row row_of(const Tree& tree, NodeIndex node) {
    return {.name = tree.name_span(node),
            .value = tree.value_span(node),
            .name_text = std::string(tree.name(node)),
            .text = std::string(tree.text(node))};
}

void copy(const Tree& from, NodeIndex node, Tree& to) {
    const NodeIndex made = to.open(from.entry(node), row_of(from, node));
    if (from.has_children(node)) {
        for (NodeIndex child = from.first(node); child < from.after(node); child = from.after(child)) {
            copy(from, child, to);
        }
    }
    to.close(made);
}

void add_leaf(Tree& tree, EntryId id, std::string text) {
    tree.close(tree.open(id, Tree::Row{.name = {},
                                       .value = {},
                                       .name_text = std::string(tree.catalog()[id].name),
                                       .text = std::move(text)}));
}

// The group as it is sent: `info` holds the number and the version that was settled.
Tree with_info(const HandsetGroup& group, const std::string& version) {
    const Tree& from = group.tree;
    Tree to(from.catalog(), from.sources(), from.file());
    const auto section = [&to](EntryId id) {
        return to.open(
            id,
            Tree::Row{.name = {}, .value = {}, .name_text = std::string(to.catalog()[id].name), .text = {}});
    };
    const NodeIndex root = section(entry("cota"));
    const NodeIndex info = section(entry("cota.info"));
    add_leaf(to, entry("cota.info.group"), std::to_string(group.number));
    add_leaf(to, entry("cota.info.version"), version);
    to.close(info);
    bool data = false;
    if (!from.empty() && from.has_children(0)) {
        for (NodeIndex child = from.first(0); child < from.after(0); child = from.after(child)) {
            if (from.entry(child) == entry("cota.info")) continue;
            data = data || from.entry(child) == entry("cota.data");
            copy(from, child, to);
        }
    }
    if (!data) to.close(section(entry("cota.data")));
    to.close(root);
    return to;
}

// The form that the guide prints first, where the text has one of the accepted forms.
std::string firmware_text(const std::string& text) {
    const std::optional<FirmwareVersion> version = parse_firmware_version(text);
    return version ? fmt::format("{} {}\n", version->release, version->build) : text + "\n";
}

}  // namespace

std::string subfolder_of(const Site& site, Layout layout, Report& report) {
    if (layout == Layout::flat) return {};
    std::string name = site.name;
    if (name.empty()) {
        name = base_name(site.path);
        name.erase(std::min(name.rfind('.'), name.size()));
    }
    if (name.find('/') == std::string::npos && stays_within(name)) return name;
    report.add(rule::value_format, site.name_place,
               fmt::format("'{}' is no name for the folder that '--layout site' makes", name));
    return {};
}

bool holds_secret(const Tree& tree) {
    for (NodeIndex node = 0; node < tree.size(); ++node) {
        if (tree.has_children(node)) continue;
        const EntryId id = tree.entry(node);
        const std::string_view value = tree.value(node);
        if (value.empty()) continue;
        if (id == EntryId::none ? is_secret_name(tree.name(node)) : tree.catalog().has(id, Trait::secret))
            return true;
        if (id == EntryId::none || !tree.catalog().has(id, Trait::credential)) continue;
        const std::optional<UrlParts> url = parse_url(value);
        if (url && !url->password.empty()) return true;
    }
    return false;
}

void check_names(const SiteServer& server, Report& report) {
    for (const SiteServer::FirmwareVersionText& firmware : server.firmware_versions) {
        if (stays_within(firmware.file)) continue;
        report.add(
            rule::value_format, firmware.where,
            fmt::format("'{}' lies outside the output folder, so its version file cannot be written there",
                        firmware.file));
    }
}

std::vector<OutputFile> render(const SiteServer& site, const std::vector<std::string>& versions,
                               const std::string& subfolder) {
    const Server& server = site.server;
    const auto path = [&](Role role, std::uint32_t group = 0) {
        return join(subfolder, file_name(server.identity.text, role, group));
    };
    std::vector<OutputFile> files;
    std::vector<std::pair<std::string, std::string>> list;
    for (const HandsetGroup& group : server.groups) {
        const std::string& version = versions.at(list.size());
        const Tree tree = with_info(group, version);
        files.push_back({.path = path(Role::group, group.number),
                         .bytes = write_xml(tree),
                         .secret = holds_secret(tree)});
        list.emplace_back(std::to_string(group.number), version);
    }
    if (site.has_users && server.users) {
        files.push_back({.path = path(Role::users), .bytes = write_xml(*server.users), .secret = true});
    }
    // A server whose settings are not described keeps them: an empty file would put all back to defaults.
    if (server.config && !server.config->empty() && (site.has_settings || server.merge)) {
        files.push_back({.path = path(Role::config),
                         .bytes = write_xml(*server.config),
                         .secret = holds_secret(*server.config)});
    }
    if (!list.empty()) files.push_back({.path = path(Role::list), .bytes = write_version_list(list)});
    for (const SiteServer::FirmwareVersionText& firmware : site.firmware_versions) {
        files.push_back(
            {.path = join(subfolder, firmware.file + ".ver"), .bytes = firmware_text(firmware.text)});
    }
    return files;
}

std::uint32_t shard_of(std::string_view identity, std::uint32_t parts) {
    // FNV-1a, 64 bit: fixed for ever, since the shards of two releases must agree.
    std::uint64_t hash = 0xcbf29ce484222325U;
    for (const char c : identity) {
        hash ^= static_cast<unsigned char>(c);
        hash *= 0x100000001b3U;
    }
    // The low bits of the last character weigh little in the plain remainder of a sum like this.
    hash ^= hash >> 32U;
    return static_cast<std::uint32_t>(hash % parts) + 1;
}

}  // namespace dectprov
