// SPDX-License-Identifier: MIT
#include "compare/side.hpp"

#include <charconv>

#include <fmt/format.h>

#include "catalog/characters.hpp"
#include "catalog/entries.hpp"
#include "model/firmware_names.hpp"

namespace dectprov {
std::string firmware_version_text(std::string_view text) {
    if (const auto version = parse_firmware_version(text))
        return fmt::format("{} {}", version->release, version->build);
    return std::string(trimmed_end(text));
}

const InputFile* file_of(const Side& side, Role role, std::uint32_t group) {
    return side.index.file(role, group);
}

std::string_view text_of(const Side& side, const InputFile& file) {
    if (file.state == InputFile::State::unread || side.sources == nullptr) return {};
    return side.sources->text(file.source);
}

std::string below_root(const Side& side, const std::string& path) {
    if (side.root.empty() || side.root == ".") return path;
    const std::string start = side.root + "/";
    return path.starts_with(start) ? path.substr(start.size()) : path;
}

std::uint32_t group_number(std::string_view digits) {
    std::uint32_t number = 0;
    const char* const end = digits.data() + digits.size();
    const auto [stop, error] = std::from_chars(digits.data(), end, number);
    return error == std::errc() && stop == end ? number : 0;
}

const HandsetGroup* group_of(const Side& side, std::uint32_t number) { return side.index.group(number); }

const VersionLine* line_of(const Side& side, std::uint32_t group) { return side.index.line(group); }

GroupVersion version_of(const Side& side, std::uint32_t group) {
    GroupVersion version;
    if (const VersionLine* line = line_of(side, group)) version.listed = line->version;
    if (const HandsetGroup* found = group_of(side, group)) {
        const NodeIndex node = found->tree.find(entry("cota.info.version"));
        if (node != Tree::none) version.stated = found->tree.value(node);
    }
    const SiteServer::GroupVersion* own = side.index.version(group);
    version.automatic = own != nullptr && own->automatic;
    return version;
}

bool may_send(const Side& side, std::uint32_t group) {
    const auto is_there = [](const InputFile* file) { return file != nullptr && !file->name.is_set_aside(); };
    const InputFile* list = file_of(side, Role::list);
    const bool unread = is_there(list) && list->state != InputFile::State::good;
    const GroupVersion version = version_of(side, group);
    if (version.listed.empty() && !version.automatic && !unread) return false;
    return group_of(side, group) != nullptr || is_there(file_of(side, Role::group, group));
}

FirmwareTexts firmware_texts(const Site& site) {
    FirmwareTexts all;
    for (const SiteServer& server : site.servers) {
        for (const auto& file : server.firmware_versions)
            all.try_emplace(file.file,
                            KnownText{.text = firmware_version_text(file.text), .opaque = file.opaque});
    }
    return all;
}

std::map<std::string, FirmwareText> firmware_of(const Side& side) {
    std::map<std::string, FirmwareText> versions;
    const Server& server = *side.server;
    for (const std::string& name : side.held_firmware) versions.emplace(name, FirmwareText());
    for (const NodeIndex node : server.config ? firmware_names(*server.config) : std::vector<NodeIndex>()) {
        const Tree& tree = *server.config;
        if (!tree.is_opaque(node) && !tree.value(node).empty())
            versions.emplace(std::string(tree.value(node)), FirmwareText());
    }
    for (const FirmwareFile& file : server.firmware) {
        if (file.version) versions[file.name] = {.text = firmware_version_text(file.text)};
    }
    if (side.site != nullptr) {
        for (const auto& file : side.site->firmware_versions)
            versions[file.file] = {
                .text = firmware_version_text(file.text), .opaque = file.opaque, .secret = file.secret};
        for (auto& [name, version] : versions) {
            if (version.text || side.beside == nullptr) continue;
            const auto found = side.beside->find(name);
            if (found != side.beside->end())
                version = {.text = found->second.text, .opaque = found->second.opaque};
        }
        for (auto& [name, version] : versions)
            version.maybe = side.site->unnamed_firmware_version && !version.text;
    }
    return versions;
}

}  // namespace dectprov
