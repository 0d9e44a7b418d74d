// SPDX-License-Identifier: MIT
#include "device/state.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <iterator>

#include "catalog/entries.hpp"
#include "model/firmware_names.hpp"
#include "rules/settings.hpp"

namespace dectprov {
namespace {

constexpr EntryId method_id = entry("config.provisioning.server.method");

constexpr std::string_view disabled_method = "disabled";
constexpr std::string_view disabled = "provisioning.server.method is disabled";

// The check of each kind, and why without it nothing is fetched.
struct ImportCheck {
    Import what;
    EntryId id;
    std::string_view reason;
};
constexpr ImportCheck checks[] = {
    {.what = Import::configuration,
     .id = entry("config.provisioning.config.check"),
     .reason = "provisioning.config.check is not true"},
    {.what = Import::users,
     .id = entry("config.provisioning.users.check"),
     .reason = "provisioning.users.check is not true"},
    {.what = Import::handset_groups,
     .id = entry("config.provisioning.cota.check"),
     .reason = "provisioning.cota.check is not true"},
};

bool has_config(const Side& side) { return side.server != nullptr && side.server->has_config(); }

const Tree* list_of(const Side& side) {
    const bool there = side.server != nullptr && side.server->users && !side.server->users->empty();
    return there ? side.server->users.get() : nullptr;
}

// Empty where a server can have them, or may.
std::string why_no_handset_groups(const Server& server, bool redundant) {
    if (redundant) return "handset configuration does not work on a redundant system";
    if (is_before(server, first_with_handset_configuration))
        return fmt::format("handset configuration needs {} or newer", first_with_handset_configuration);
    if (!may_be_200(server) && lacks_licence(server, enhanced_provisioning))
        return "handset configuration needs the Enhanced Provisioning licence, which is not in the server's "
               "`licenses`";
    return {};
}

}  // namespace

Import import_of(Role role) {
    switch (role) {
        case Role::config:
            return Import::configuration;
        case Role::users:
            return Import::users;
        case Role::group:
        case Role::list:
            return Import::handset_groups;
        case Role::none:
        case Role::site:
            break;
    }
    return Import::firmware;
}

std::optional<std::string_view> default_of(const Catalog& catalog, EntryId entry, ModelSet of_server) {
    if (entry == EntryId::none) return std::nullopt;
    const Param* param = catalog[entry].param;
    if (param == nullptr || !param->has_default) return std::nullopt;
    // What a source says of some models is no fact of others.
    const ModelSet stated = param->stated.empty() ? param->models : param->stated;
    if (!of_server.empty() && !stated.meets(of_server)) return std::nullopt;
    return param->default_value;
}

std::optional<std::string_view> DeviceState::value_in(const Server& server, EntryId id) const {
    const Tree& config = *server.config;
    const NodeIndex node = config.find(id);
    if (node != Tree::none) return config.is_opaque(node) ? std::nullopt : std::optional(config.value(node));
    return server.merge ? std::nullopt : default_of(config.catalog(), id, after_.server->models);
}

DeviceState::DeviceState(const Side& before, const Side& after, bool replaces)
    : before_(before), after_(after), replaces_(replaces) {
    fetches_nothing_ = this->before(method_id) == disabled_method;
    fetches_config_ = !fetches_nothing_ && this->before(checks[0].id).value_or("true") == "true";
    had_no_handset_groups_ = before.server != nullptr && had_no_handset_groups();
    no_handset_groups_ = why_no_handset_groups(*after.server, is_redundant());
}

bool DeviceState::was_redundant() const {
    // What is declared of the newer state holds for both, but not for two boxes.
    const Server& declared = replaces_ ? *before_.server : *after_.server;
    return declared.options.redundant ||
           (has_config(before_) && second_server(*before_.server) != Tree::none);
}

bool DeviceState::is_redundant() const {
    const Server& server = *after_.server;
    const bool imported = fetches_config_ && has_config(after_);
    if (server.options.redundant || (imported && second_server(server) != Tree::none)) return true;
    const bool kept = !imported || server.merge;
    return kept && !replaces_ && has_config(before_) && second_server(*before_.server) != Tree::none;
}

bool DeviceState::had_no_handset_groups() const {
    const Server& declared = replaces_ ? *before_.server : *after_.server;
    const bool is_dect = !declared.models.empty() && declared.models.within(dect_models);
    return is_dect || !why_no_handset_groups(declared, was_redundant()).empty();
}

std::optional<std::string_view> DeviceState::before(EntryId id) const {
    if (replaces_ || !has_config(before_)) return std::nullopt;
    return value_in(*before_.server, id);
}

std::optional<std::string_view> DeviceState::after(EntryId id) const {
    if (!fetches_config_ || !has_config(after_)) return before(id);
    const Server& server = *after_.server;
    return server.merge && server.config->find(id) == Tree::none ? before(id) : value_in(server, id);
}

std::string_view DeviceState::not_fetched(Import what) const {
    if (fetches_nothing_) return disabled;
    if (what == Import::configuration) return fetches_config_ ? std::string_view() : checks[0].reason;
    if (after(method_id) == disabled_method) return disabled;
    const ModelSet own = after_.server->models;
    if (what == Import::handset_groups && !own.empty() && own.within(dect_models))
        return "a DECT server has no handset configuration";
    for (const ImportCheck& check : checks) {
        if (check.what == what && after(check.id).value_or("true") != "true") return check.reason;
    }
    return what == Import::handset_groups ? std::string_view(no_handset_groups_) : std::string_view();
}

std::vector<std::string> DeviceState::held_firmware() const {
    std::vector<std::string> names;
    if (!has_config(before_)) return names;
    const Tree& config = *before_.server->config;
    for (const NodeIndex node : firmware_names(config)) {
        const auto name = before(config.entry(node));
        if (name && !name->empty() && name == after(config.entry(node))) names.emplace_back(*name);
    }
    return names;
}

bool DeviceState::was_not_fetched(Import what) const {
    if (what == Import::handset_groups && had_no_handset_groups_) return true;
    if (!has_config(before_)) return false;
    // Of a box that is replaced, too: handsets keep what they have.
    const auto old_value = [this](EntryId id) { return value_in(*before_.server, id); };
    const auto check = std::ranges::find(checks, what, &ImportCheck::what);
    assert(check != std::end(checks));
    return old_value(method_id) == disabled_method || old_value(check->id).value_or("true") != "true";
}

const Tree* DeviceState::users_before() const {
    return replaces_ || was_not_fetched(Import::users) ? nullptr : list_of(before_);
}

const Tree* DeviceState::users_after() const {
    const Tree* list = not_fetched(Import::users).empty() ? list_of(after_) : nullptr;
    return list != nullptr ? list : users_before();
}

}  // namespace dectprov
