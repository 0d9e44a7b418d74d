// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string_view>

#include "diag/diagnostic.hpp"
#include "model/server.hpp"

// What several rules ask of a server's settings.
namespace dectprov {

// A boolean setting as far as it can be told.
enum class Switch : std::uint8_t { absent, off, on, unclear };  // unclear: no boolean, or not yet known

Switch switch_at(const Server& server, EntryId id);

// A setting of the configuration as seen() has it. Rules look with it, and at `is_unclear` before its value.
inline NodeIndex setting(const Server& server, EntryId id) {
    return server.config ? seen(server, *server.config, id) : Tree::none;
}

// Its trimmed value; empty where it is absent or not known.
inline std::string_view setting_value(const Server& server, EntryId id) {
    const NodeIndex node = setting(server, id);
    return node == Tree::none || is_unclear(*server.config, node) ? std::string_view()
                                                                  : server.config->value(node);
}

// Whether a setting has a value, be it one that is not known.
bool is_given(const Tree& tree, NodeIndex node);

// A node of a tree where it has one with a value that is known.
NodeIndex known_at(const Server& server, const Tree& tree, EntryId id);

// The groups and the list that the server may fetch: none on DECT servers.
const std::deque<HandsetGroup>& fetched_groups(const Server& server);
const VersionList* fetched_list(const Server& server);

// Reports `handset/group-mismatch` where info.group of a handset group's file, which may be missing, is
// another number than that of the file's name.
void check_group_number(const Tree& group, NodeIndex node, std::uint32_t number, Report& report);

// A configuration that puts what it does not name back to its default.
inline bool overwrites(const Server& server) { return server.has_config() && !server.merge; }

// Whether all models that are left are of the set; false after a conflict.
inline bool only(const Server& server, ModelSet set) {
    return !server.models.empty() && server.models.within(set);
}

inline Place whole_file(const InputFile& file) { return {.span = {.file = file.source}}; }

// Where handset configuration is asked for: the import, else the files where nothing says that they are not
// fetched. Nothing on DECT servers, which never have it.
std::optional<Place> handset_configuration(const Server& server);

// The section of the second server of a redundant pair; Tree::none where there is none.
NodeIndex second_server(const Server& server);

// The first release that has handset configuration.
inline constexpr std::string_view first_with_handset_configuration = "PCS19C_";
// Whether a server is declared to run firmware before a release.
bool is_before(const Server& server, std::string_view release);

// Whether the licences of a server are declared, and this one is not among them.
bool lacks_licence(const Server& server, std::string_view token);
// An IP-DECT Server 200 has Enhanced Provisioning without a licence.
bool may_be_200(const Server& server);
inline constexpr std::string_view enhanced_provisioning = "enhanced_provisioning";

// Where the handset files themselves are: the list, else the first group. Nothing where there are none.
std::optional<Place> handset_files(const Server& server);

// The text of a node as an offset of its trimmed value.
std::size_t value_offset(const Tree& tree, NodeIndex node);

// The URL of the provisioning server; of one with a password its first character, as for any secret.
Place url_place(const Tree& tree, NodeIndex url);

// Digits as a number; nothing for another text or past 32 bits.
std::optional<std::uint32_t> to_number(std::string_view digits);

// The kinds of firmware that the configuration names, in the order of the file.
template <class Visit>
void for_each_firmware(const Server& server, Visit&& visit) {
    const NodeIndex section = setting(server, entry("config.provisioning.firmware"));
    if (section == Tree::none || is_unclear(*server.config, section)) return;
    const Tree& config = *server.config;
    for (NodeIndex node = config.first(section); node < config.after(section); node = config.after(node)) {
        const EntryId id = config.entry(node);
        if (id == EntryId::none || lacks(server, config.catalog(), id) ||
            config.catalog().type(id).kind != Kind::file_name)
            continue;
        if (is_given(config, node)) visit(id, node);
    }
}

// Calls `visit(user, field)` for each user that has the field with a value; until it returns false.
template <class Visit>
void for_each_with(const Server& server, EntryId id, Visit&& visit) {
    if (!server.users || server.users->empty()) return;
    const Tree& users = *server.users;
    if (lacks(server, users.catalog(), id)) return;
    for (NodeIndex user = users.first(0); user < users.after(0); user = users.after(user)) {
        if (users.entry(user) != entry("users.user")) continue;
        const NodeIndex field = users.child(user, id);
        if (field != Tree::none && is_given(users, field) && !visit(user, field)) return;
    }
}

}  // namespace dectprov
