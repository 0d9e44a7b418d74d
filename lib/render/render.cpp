// SPDX-License-Identifier: MIT
#include "render/render.hpp"

#include <fmt/format.h>

#include <optional>
#include <utility>

#include "diag/rules.hpp"
#include "doc/secret.hpp"
#include "doc/ver_list.hpp"
#include "doc/write_xml.hpp"
#include "source/files.hpp"
#include "source/stable_hash.hpp"

namespace dectprov {
namespace {

// The form that the guide prints first, where the text has one of the accepted forms.
std::string firmware_text(const std::string& text) {
    const std::optional<FirmwareVersion> version = parse_firmware_version(text);
    return version ? fmt::format("{} {}\n", version->release, version->build) : text + "\n";
}

std::string folder_name(const std::string& name, const Place& place, Report& report) {
    // A hidden one may be git's, or that of a file which is being written.
    if (name.find('/') == std::string::npos && stays_within(name) && !name.starts_with('.') &&
        !is_too_long(name))
        return name;
    report.add(rule::value_format, place,
               fmt::format("'{}' cannot be the name of a folder of '--layout site'", name));
    return {};
}

}  // namespace

std::string subfolder_of(const Site& site, Layout layout, Report& report) {
    if (layout == Layout::flat) return {};
    std::string name = site.name;
    if (name.empty()) {
        name = base_name(site.path);
        name.erase(std::min(name.rfind('.'), name.size()));
    }
    return folder_name(name, site.name_place, report);
}

std::string subfolder_of(const SiteServer& server, const std::string& of_site, Layout layout,
                         Report& report) {
    if (layout == Layout::flat || !server.site) return of_site;
    return folder_name(server.site->name, server.site->place, report);
}

std::vector<OutputFile> render(const SiteServer& site, std::vector<SettledGroup> groups,
                               const std::string& subfolder, std::string users_file) {
    const Server& server = site.server;
    const auto path = [&](Role role, std::uint32_t group = 0) {
        return join(subfolder, file_name(server.identity.text, role, group));
    };
    std::vector<OutputFile> files;
    std::vector<std::pair<std::string, std::string>> list;
    for (const HandsetGroup& group : server.groups) {
        SettledGroup& settled = groups.at(list.size());
        std::string number = std::to_string(group.number);
        if (settled.bytes.empty()) settled.bytes = write_group(group.tree, number, settled.version);
        files.push_back({.path = path(Role::group, group.number),
                         .bytes = std::move(settled.bytes),
                         .secret = holds_secret(group.tree),
                         .secret_names = names_of_references(group.tree),
                         .unchanged = settled.unchanged});
        list.emplace_back(std::move(number), std::move(settled.version));
    }
    if (site.has_users && server.users) {
        files.push_back({.path = path(Role::users),
                         .bytes = users_file.empty() ? write_xml(*server.users) : std::move(users_file),
                         .secret = true,
                         .secret_names = names_of_references(*server.users)});
    }
    // A server whose settings are not described keeps them: an empty file would put all back to defaults.
    if (server.has_config()) {
        files.push_back({.path = path(Role::config),
                         .bytes = write_xml(*server.config),
                         .secret = holds_secret(*server.config),
                         .secret_names = names_of_references(*server.config)});
    }
    if (!list.empty()) files.push_back({.path = path(Role::list), .bytes = write_version_list(list)});
    for (const SiteServer::FirmwareVersionText& firmware : site.firmware_versions) {
        files.push_back({.path = join(subfolder, firmware.file + ".ver"),
                         .bytes = firmware_text(firmware.text),
                         .secret = firmware.secret,
                         .all_secret = firmware.secret});
    }
    return files;
}

std::string refusal_of_stand_in(const std::string& site) {
    return fmt::format("{}: something is missing, and the finding that says why is suppressed or no error",
                       site);
}

std::uint32_t shard_of(std::string_view identity, std::uint32_t parts) {
    std::uint64_t hash = fnv1a(identity);
    // The low bits of the last character weigh little in the plain remainder of a sum like this.
    hash ^= hash >> 32U;
    return static_cast<std::uint32_t>(hash % parts) + 1;
}

}  // namespace dectprov
