// SPDX-License-Identifier: MIT
#include "device/effects.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "catalog/entries.hpp"
#include "compare/values.hpp"
#include "diag/tally.hpp"

namespace dectprov {
namespace {

// What the server takes in of a kind of file, as the configuration that it is to have says.
bool imports(const Side& side, EntryId check) {
    const Server& server = *side.server;
    if (!server.config || server.config->empty()) return true;
    const NodeIndex node = server.config->find(check);
    if (node == Tree::none)
        return server.merge || preset_of(server.config->catalog(), check, all_models) == "true";
    return server.config->is_opaque(node) || server.config->value(node) == "true";
}

std::string of_second_server(EntryId id) {
    return id == entry("config.slave.license") ? " of the second server" : "";
}

const HandsetGroup* find_group(const Side& side, std::uint32_t number) {
    const auto found = std::ranges::find(side.server->groups, number, &HandsetGroup::number);
    return found != side.server->groups.end() ? &*found : nullptr;
}

// What a group sets, without where the values stand.
std::set<std::string> settings_of(const Side& side, std::uint32_t number) {
    std::set<std::string> paths;
    const HandsetGroup* group = find_group(side, number);
    const NodeIndex data = group == nullptr ? Tree::none : group->tree.find(entry("cota.data"));
    if (data == Tree::none) return paths;
    for (const Leaf& leaf : leaves(group->tree, data)) paths.insert(leaf.path);
    return paths;
}

class Judge {
public:
    Judge(const Side& before, const Side& after) : before_(before), after_(after) {
        imports_users_ = imports(after, entry("config.provisioning.users.check"));
        imports_groups_ = imports(after, entry("config.provisioning.cota.check"));
    }

    void judge(Change& change) {
        change_ = &change;
        switch (change.role) {
            case Role::config:
                config();
                break;
            case Role::users:
                users();
                break;
            case Role::group:
                group();
                break;
            case Role::list:
                list();
                break;
            case Role::none:
                firmware();
                break;
            case Role::site:
                break;
        }
        std::ranges::stable_sort(change.effects, {}, &Effect::kind);
    }

private:
    void say(EffectKind kind, std::string text, std::size_t count = 1) {
        change_->effects.push_back({.kind = kind, .text = std::move(text), .count = count});
    }

    [[nodiscard]] bool is(ChangeKind kind) const { return change_->kind == kind; }
    // A broken file has said already that it is not compared.
    [[nodiscard]] bool is_file() const { return change_->path.empty(); }

    // ---- the configuration

    void config() {
        if (is_file()) {
            config_file();
        } else if (change_->path == "merge_type") {
            merge_type();
        } else {
            setting();
        }
    }

    void config_file() {
        if (is(ChangeKind::added) && after_.server->merge) {
            say(EffectKind::told, "first import: a merge, which keeps what it does not name");
        } else if (is(ChangeKind::added)) {
            say(EffectKind::told, "first import: what the file does not name goes to its default");
        } else if (is(ChangeKind::removed)) {
            say(EffectKind::left_behind, "the server keeps the settings that it has");
        }
    }

    void merge_type() {
        if (after_.server->merge) {
            say(EffectKind::told, "the import is a merge now: what the file does not name stays as it is");
        } else {
            say(EffectKind::to_default,
                "the import overwrites now: what the file does not name goes back to its default");
        }
    }

    [[nodiscard]] EntryId entry_of() const {
        const Tree* tree = change_->after_tree != nullptr ? change_->after_tree : change_->before_tree;
        const NodeIndex node = change_->after_tree != nullptr ? change_->after_node : change_->before_node;
        return tree == nullptr ? EntryId::none : tree->entry(node);
    }

    [[nodiscard]] const Catalog& catalog() const {
        return (change_->after_tree != nullptr ? change_->after_tree : change_->before_tree)->catalog();
    }

    [[nodiscard]] std::string_view value(bool after) const {
        const Tree* tree = after ? change_->after_tree : change_->before_tree;
        return tree == nullptr ? std::string_view()
                               : tree->value(after ? change_->after_node : change_->before_node);
    }

    void setting() {
        const EntryId id = entry_of();
        if (is_licence(catalog(), id)) {
            licence(id);
        } else if (is_without_effect(id)) {
            return;
        }
        restart(id);
    }

    // A setting that comes or goes at the value that the server has anyhow.
    bool is_without_effect(EntryId id) {
        const auto preset = preset_of(catalog(), id, after_.server->models);
        if (is(ChangeKind::removed) && after_.server->merge) {
            say(EffectKind::left_behind, "stays as it is in the server: a merge changes only what it names");
            return true;
        }
        if (is(ChangeKind::removed)) {
            if (preset && *preset == value(false)) {
                say(EffectKind::told, fmt::format("no change: {} is the default", quoted(*preset)));
                return true;
            }
            say(EffectKind::to_default, preset ? fmt::format("goes back to its default, {}", quoted(*preset))
                                               : "goes back to its default, which no source states");
        }
        if (is(ChangeKind::added) && preset && *preset == value(true) && !before_.server->merge) {
            say(EffectKind::told, "no change: this is the default");
            return true;
        }
        return false;
    }

    static std::string quoted(std::string_view text) { return text.empty() ? "empty" : std::string(text); }

    void licence(EntryId id) {
        std::vector<std::string_view> old_keys = licence_keys(value(false));
        std::vector<std::string_view> new_keys = licence_keys(value(true));
        const auto beyond = [](const std::vector<std::string_view>& keys,
                               const std::vector<std::string_view>& others) {
            return static_cast<std::size_t>(std::ranges::count_if(
                keys, [&](std::string_view key) { return std::ranges::find(others, key) == others.end(); }));
        };
        const std::size_t lost = beyond(old_keys, new_keys);
        const std::size_t gained = beyond(new_keys, old_keys);
        const std::string where = of_second_server(id);
        if (lost != 0 && after_.server->merge) {
            say(EffectKind::left_behind,
                fmt::format("{}{} {} in the server: a merge only adds keys", count_of(lost, "licence key"),
                            where, lost == 1 ? "stays" : "stay"));
        } else if (lost != 0) {
            say(EffectKind::licence_lost,
                fmt::format("{}{} {} lost", count_of(lost, "licence key"), where, lost == 1 ? "is" : "are"),
                lost);
        }
        if (gained != 0) {
            say(EffectKind::gained, fmt::format("{}{} {} added", count_of(gained, "licence key"), where,
                                                gained == 1 ? "is" : "are"));
        }
    }

    void restart(EntryId id) {
        const Param* param = id == EntryId::none ? nullptr : catalog()[id].param;
        switch (param == nullptr ? Restart::unknown : param->restart) {
            case Restart::yes:
                say(EffectKind::restarts, "the server restarts");
                return;
            case Restart::no:
                say(EffectKind::no_restart, "no restart");
                return;
            case Restart::unknown:
                say(EffectKind::restart_unknown, "whether the server restarts is not stated");
                return;
        }
    }

    // ---- users

    void users() {
        if (!imports_users_) {
            say(EffectKind::ignored, "the server does not fetch users: provisioning.users.check is not true");
            return;
        }
        if (is_file()) {
            users_file();
        } else if (change_->path == change_->pattern) {
            return;
        } else if (change_->pattern != "user[]") {
            field();
        } else if (is(ChangeKind::removed)) {
            say(EffectKind::user_removed, "leaves the server: its list is replaced by the new one");
        } else {
            say(EffectKind::gained, "comes to the server");
            say(EffectKind::no_restart, "no restart");
        }
    }

    void users_file() {
        if (is(ChangeKind::removed)) {
            say(EffectKind::left_behind, "the server keeps the users that it has");
        } else if (is(ChangeKind::added)) {
            say(EffectKind::told, "first import of users: they replace those in the server");
        }
    }

    void field() {
        if (entry_of() == entry("users.user.configgroup") && change_->before && change_->after)
            move(group_number(*change_->before), group_number(*change_->after));
        say(EffectKind::no_restart, "no restart");
    }

    void move(std::uint32_t from, std::uint32_t to) {
        const auto [found, fresh] = moves_.try_emplace({from, to});
        if (fresh && find_group(after_, to) != nullptr)
            found->second = stale_settings(before_, from, after_, to);
        if (found->second.empty()) return;
        say(EffectKind::left_behind,
            fmt::format("the handset keeps what group {} does not set: {}", to, some_of(found->second)));
    }

    // ---- handset groups

    void group() {
        const std::uint32_t number = change_->group;
        if (!imports_groups_) {
            say(EffectKind::ignored,
                "the server does not fetch handset groups: provisioning.cota.check is not true");
            return;
        }
        const std::string handsets = handsets_text(number);
        if (is(ChangeKind::removed) && (is_file() || change_->path != "info.version")) {
            if (handsets_of(after_, number) != std::size_t{0})
                say(EffectKind::left_behind, fmt::format("stays in {}", handsets));
            if (is_file()) return;
        }
        if (is_file() && is(ChangeKind::changed)) return;
        sending(number);
    }

    std::string handsets_text(std::uint32_t number) {
        const auto count = handsets_of(after_, number);
        if (!count) return "the handsets of the group";
        return *count == 0 ? "no handset: no user is of the group" : count_of(*count, "handset");
    }

    // Whether the server sends a group is told by the list alone.
    void sending(std::uint32_t number) {
        const GroupVersion before = version_of(before_, number);
        const GroupVersion after = version_of(after_, number);
        const auto count = handsets_of(after_, number);
        const std::string handsets = handsets_text(number);
        if (after.automatic) {
            say(EffectKind::sent, fmt::format("render raises the version: sent to {}", handsets));
        } else if (after.listed.empty()) {
            say(EffectKind::not_sent, fmt::format("sent to none of the handsets: the list does not name "
                                                  "group {}",
                                                  number));
        } else if (before.listed == after.listed && !before.automatic) {
            say(EffectKind::not_sent,
                count && *count != 0 ? fmt::format("not sent to its {}: the list still says version {}",
                                                   handsets, after.listed)
                                     : fmt::format("not sent: the list still says version {}", after.listed));
        } else {
            say(EffectKind::sent, fmt::format("sent to {}", handsets));
        }
    }

    void list() {
        if (!imports_groups_) {
            say(EffectKind::ignored,
                "the server does not fetch handset groups: provisioning.cota.check is not true");
            return;
        }
        if (is_file() && is(ChangeKind::removed)) {
            say(EffectKind::not_sent, "no group is sent any more: handsets keep what they have");
        } else if (is_file()) {
            for (const auto& [group, version] : change_->fields) {
                const std::uint32_t number = static_cast<std::uint32_t>(std::stoul(group.substr(5)));
                say(EffectKind::sent, fmt::format("group {} is sent to {}", number, handsets_text(number)));
            }
        } else if (is(ChangeKind::removed)) {
            say(EffectKind::left_behind, fmt::format("group {} is not sent any more; its settings stay in {}",
                                                     change_->group, handsets_text(change_->group)));
        } else {
            say(EffectKind::sent,
                fmt::format("group {} is sent to {}", change_->group, handsets_text(change_->group)));
        }
    }

    // ---- firmware, and the server itself

    void firmware() {
        if (change_->file.empty()) return;
        if (is(ChangeKind::removed)) {
            say(EffectKind::not_sent, "without its version file the firmware is not fetched");
            return;
        }
        const std::string name =
            change_->file.substr(0, change_->file.size() - std::string_view(".ver").size());
        const bool own = value_at(after_.server->config, entry("config.provisioning.firmware.kws")) == name;
        if (own) {
            say(EffectKind::restarts, "the server fetches its firmware, and restarts");
        } else {
            say(EffectKind::sent, "the firmware is fetched");
        }
    }

    const Side& before_;
    const Side& after_;
    bool imports_users_ = true;
    bool imports_groups_ = true;
    // What each move from one group to another leaves behind.
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::vector<std::string>> moves_;
    Change* change_ = nullptr;
};

}  // namespace

std::optional<std::string_view> preset_of(const Catalog& catalog, EntryId entry, ModelSet of_server) {
    if (entry == EntryId::none) return std::nullopt;
    const Param* param = catalog[entry].param;
    if (param == nullptr || !param->has_preset) return std::nullopt;
    if (!of_server.empty() && !param->models.meets(of_server)) return std::nullopt;
    return param->preset;
}

std::vector<std::string> stale_settings(const Side& before, std::uint32_t from, const Side& after,
                                        std::uint32_t to) {
    const std::set<std::string> old_settings = settings_of(before, from);
    const std::set<std::string> new_settings = settings_of(after, to);
    std::vector<std::string> stale;
    std::ranges::set_difference(old_settings, new_settings, std::back_inserter(stale));
    return stale;
}

std::string some_of(const std::vector<std::string>& names) {
    constexpr std::size_t most = 5;
    std::string text;
    for (std::size_t i = 0; i < std::min(names.size(), most); ++i) {
        if (i != 0) text += ", ";
        text += names[i];
    }
    if (names.size() > most) text += fmt::format(" and {} more", names.size() - most);
    return text;
}

std::optional<std::size_t> handsets_of(const Side& side, std::uint32_t group) {
    if (!side.server->users) return std::nullopt;
    std::size_t count = 0;
    for_each_user(*side.server, [&](const UserView& user) {
        const std::string_view text = user.value(entry("users.user.configgroup"));
        count += !text.empty() && text == std::to_string(group) ? 1 : 0;
    });
    return count;
}

void add_effects(std::vector<Change>& changes, const Side& before, const Side& after) {
    Judge judge(before, after);
    for (Change& change : changes) judge.judge(change);
}

}  // namespace dectprov
