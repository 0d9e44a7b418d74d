// SPDX-License-Identifier: MIT
#include "render/leftovers.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "analysis/server_unit.hpp"
#include "model/firmware_names.hpp"
#include "source/failure.hpp"
#include "source/files.hpp"

namespace dectprov {

void add_previous_firmware(const Session& session, const std::string& folder, const std::string& identity,
                           FolderClaims::Names& names) {
    FileName name = read_name(file_name(identity, Role::config));
    const std::string path = join(folder, file_name(identity, Role::config));
    if (session.files().type(path) != Files::Type::file) return;
    ServerInput input{.folder = folder, .identity = name.identity, .files = {}};
    input.files.push_back({.path = path, .name = std::move(name), .reported = false});
    ServerUnit unit(session, input, {});
    unit.open();
    if (!unit.server().config) return;
    const Tree& config = *unit.server().config;
    for (const NodeIndex node : firmware_names(config)) names.emplace(config.value(node));
}

void add_other_folders(const Session& session, FileSet& set, const std::string& output,
                       ClaimsByFolder& folders) {
    IdentitySet described;
    IdentitySet rendered;
    for (const auto& [folder, claims] : folders) {
        described.merge(claims.described);
        rendered.merge(claims.rendered);
    }
    described.settle();
    rendered.settle();
    for (const std::string& name : set.subfolders()) {
        const auto [entry, is_other] = folders.try_emplace(name);
        if (!is_other) continue;
        FolderClaims& claims = entry->second;
        for (const std::string& identity : set.identities(name, [](const std::string&) { return true; })) {
            if (rendered.contains(identity)) {
                claims.rendered.insert(identity);
                add_previous_firmware(session, join(output, name), identity, claims.firmware);
            } else if (described.contains(identity)) {
                claims.described.insert(identity);
            }
        }
        claims.settle();
    }
}

std::vector<std::string> unclaimed_versions(const Session& session, FileSet& set, const std::string& output,
                                            const std::string& subfolder, const FolderClaims& claims) {
    constexpr std::string_view ending = ".ver";
    std::vector<std::string> unclaimed;
    if (claims.unnamed_versions) return unclaimed;
    for (const std::string& name : set.firmware_versions(subfolder)) {
        const std::string_view firmware = std::string_view(name).substr(0, name.size() - ending.size());
        if (!claims.versions.contains(name) && claims.firmware.contains(firmware)) unclaimed.push_back(name);
    }
    // Of a firmware in a folder of its own.
    for (const std::string& firmware : claims.firmware) {
        if (firmware.find('/') == std::string::npos) continue;
        std::string name = fmt::format("{}{}", firmware, ending);
        if (!claims.versions.contains(name) && set.has(subfolder.empty() ? name : join(subfolder, name)))
            unclaimed.push_back(std::move(name));
    }
    if (unclaimed.empty()) return unclaimed;
    FolderClaims::Names others;
    const auto is_other = [&](const std::string& identity) { return !claims.rendered.contains(identity); };
    for (const std::string& identity : set.identities(subfolder, is_other))
        add_previous_firmware(session, join(output, subfolder), identity, others);
    std::erase_if(unclaimed, [&](const std::string& name) {
        return others.contains(std::string_view(name).substr(0, name.size() - ending.size()));
    });
    return unclaimed;
}

std::vector<std::string> undescribed_servers(FileSet& set, const std::string& subfolder,
                                             const FolderClaims& claims) {
    return set.identities(subfolder,
                          [&](const std::string& identity) { return !claims.described.contains(identity); });
}

void refuse_to_prune(const std::string& site, const std::string& why) {
    throw Failure(fmt::format("--prune=servers: the servers of {} are not known: {}", site, why));
}

void lists_first(std::vector<std::string>& removals) {
    std::stable_partition(removals.begin(), removals.end(),
                          [](const std::string& path) { return path.ends_with(".ver"); });
}

}  // namespace dectprov
