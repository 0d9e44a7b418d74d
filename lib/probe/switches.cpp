// SPDX-License-Identifier: MIT
#include "probe/switches.hpp"

#include <algorithm>
#include <cstddef>
#include <set>
#include <utility>

#include "catalog/entries.hpp"
#include "doc/ver_list.hpp"
#include "load/load_server.hpp"
#include "rules/settings.hpp"
#include "source/encoding.hpp"
#include "source/files.hpp"

namespace dectprov {
namespace {

// Why a server cannot put a name behind its URL, or none knows where that leads; empty where it can.
std::string_view why_unaskable(std::string_view name) {
    if (name.find("://") != std::string_view::npos) return "it is a URL";
    if (name.starts_with('/')) return "it begins with '/'";
    for (std::size_t at = 0; at < name.size();) {
        const std::size_t end = std::min(name.find('/', at), name.size());
        if (name.substr(at, end - at) == "..") return "it has a step '..'";
        at = end + 1;
    }
    return {};
}

// Without a word the default holds after an overwrite, and what was before after a merge.
std::optional<bool> fetches(const Server& server, EntryId id) {
    switch (switch_at(server, id)) {
        case Switch::on:
            return true;
        case Switch::off:
            return false;
        case Switch::absent:
            return server.merge ? std::nullopt : std::optional(false);
        case Switch::unclear:
            return std::nullopt;
    }
    return std::nullopt;
}

}  // namespace

std::optional<Switches> read_switches(std::string bytes, const ServerInput& server,
                                      std::optional<Model> model) {
    const std::string name = file_name(server.identity.text, Role::config);
    ServerInput input;
    input.folder = server.folder;
    input.identity = server.identity;
    input.config = server.config;
    input.files = {{.path = join(server.folder, name), .name = read_name(name)}};
    const ServerInput::Names none;
    input.neighbours = &none;
    Files files = Files::memory();
    files.lay_over(input.files.front().path, std::move(bytes));
    SourceSet sources;
    Report ignored;
    const LoadedServer loaded = load_server(files, input, model, declared_of(input), sources, ignored);
    const Server& of = loaded.server;
    if (!of.config) return std::nullopt;
    Switches switches;
    switches.users = fetches(of, entry("config.provisioning.users.check"));
    switches.groups =
        only(of, dect_models) ? std::optional(false) : fetches(of, entry("config.provisioning.cota.check"));
    for_each_firmware(of, [&](EntryId, NodeIndex node) {
        if (is_unclear(*of.config, node)) return;
        const std::string firmware(of.config->value(node));
        if (firmware.empty()) return;
        const std::string_view why = why_unaskable(firmware);
        if (why.empty()) {
            if (std::ranges::find(switches.firmware, firmware) == switches.firmware.end())
                switches.firmware.push_back(firmware);
        } else if (std::ranges::find(switches.unaskable, firmware, &Switches::Unaskable::name) ==
                   switches.unaskable.end()) {
            switches.unaskable.push_back({.name = firmware, .why = why});
        }
    });
    switches.url = setting_value(of, entry("config.provisioning.server.url"));
    switches.interval = to_number(setting_value(of, entry("config.provisioning.check.interval"))).value_or(0);
    switches.time = setting_value(of, entry("config.provisioning.check.time"));
    return switches;
}

std::vector<std::uint32_t> read_groups_of_list(std::string bytes) {
    SourceSet sources;
    Report ignored;
    const FileId file = sources.add("list", decode_text(std::move(bytes)).text);
    const VersionList list = read_version_list(sources, file, ignored);
    std::vector<std::uint32_t> groups;
    std::set<std::uint32_t> known;
    for (const VersionLine& line : list.lines) {
        const auto group = to_number(line.group);
        if (group && is_group(*group) && known.insert(*group).second) groups.push_back(*group);
    }
    return groups;
}

}  // namespace dectprov
