// SPDX-License-Identifier: MIT
#include "rules/settings.hpp"

#include <algorithm>
#include <charconv>

#include "catalog/characters.hpp"
#include "doc/ver_list.hpp"

namespace dectprov {

Switch switch_at(const Server& server, EntryId id) {
    const NodeIndex node = setting(server, id);
    if (node == Tree::none) return Switch::absent;
    if (is_unclear(*server.config, node)) return Switch::unclear;
    const std::string_view value = server.config->value(node);
    if (value.empty()) return Switch::absent;
    if (value == "true") return Switch::on;
    return value == "false" ? Switch::off : Switch::unclear;
}

bool is_given(const Tree& tree, NodeIndex node) {
    return is_unclear(tree, node) || !tree.value(node).empty();
}

NodeIndex known_at(const Server& server, const Tree& tree, EntryId id) {
    const NodeIndex node = seen(server, tree, id);
    return node == Tree::none || is_unclear(tree, node) || tree.value(node).empty() ? Tree::none : node;
}

const std::deque<HandsetGroup>& fetched_groups(const Server& server) {
    static const std::deque<HandsetGroup> none;
    return lacks(server, Catalog::builtin(), entry("cota")) ? none : server.groups;
}

const VersionList* fetched_list(const Server& server) {
    return server.list && !lacks(server, Catalog::builtin(), entry("cota")) ? &*server.list : nullptr;
}

std::optional<Place> handset_files(const Server& server) {
    if (const InputFile* list = server.input(Role::list)) return whole_file(*list);
    if (!server.groups.empty()) return server.groups.front().where;
    if (const InputFile* group = server.input(Role::group)) return whole_file(*group);
    return std::nullopt;
}

std::optional<Place> handset_configuration(const Server& server) {
    if (only(server, dect_models)) return std::nullopt;
    constexpr EntryId import = entry("config.provisioning.cota.check");
    switch (switch_at(server, import)) {
        case Switch::on:
            return server.config->value_place(setting(server, import));
        case Switch::off:
        case Switch::unclear:
            return std::nullopt;
        case Switch::absent:
            break;
    }
    if (overwrites(server)) return std::nullopt;
    return handset_files(server);
}

NodeIndex second_server(const Server& server) {
    const NodeIndex slave = setting(server, entry("config.slave"));
    return slave == Tree::none || is_unclear(*server.config, slave) ? Tree::none : slave;
}

bool is_before(const Server& server, std::string_view release) {
    if (!server.options.firmware_version) return false;
    const auto order = compare_releases(*server.options.firmware_version, release);
    return order && *order < 0;
}

bool lacks_licence(const Server& server, std::string_view token) {
    const auto& declared = server.options.licenses;
    return declared && std::ranges::find(*declared, token) == declared->end();
}

bool may_be_200(const Server& server) { return server.models.empty() || server.models.has(Model::s200); }

std::size_t value_offset(const Tree& tree, NodeIndex node) {
    const std::size_t first = tree.text(node).find_first_not_of(white_space);
    return first == std::string_view::npos ? 0 : first;
}

Place url_place(const Tree& tree, NodeIndex url) {
    Place place = tree.value_place(url);
    const auto parts = parse_url(tree.value(url));
    if (parts && !parts->password.empty()) place.span = tree.text_span(url, value_offset(tree, url), 1);
    return place;
}

std::optional<std::uint32_t> to_number(std::string_view digits) {
    std::uint32_t number = 0;
    const char* end = digits.data() + digits.size();
    const auto [stop, error] = std::from_chars(digits.data(), end, number);
    if (error != std::errc() || stop != end) return std::nullopt;
    return number;
}

}  // namespace dectprov
