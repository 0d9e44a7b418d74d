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
#include "device/config_effects.hpp"
#include "device/cut_off.hpp"
#include "device/handset_moves.hpp"
#include "device/unfetched.hpp"
#include "diag/tally.hpp"
#include "doc/secret.hpp"
#include "doc/ver_list.hpp"

namespace dectprov {
namespace {

// What a group sets, without where the values stand.
std::set<std::string> settings_of(const Side& side, std::uint32_t number) {
    std::set<std::string> paths;
    const HandsetGroup* group = group_of(side, number);
    const NodeIndex data = group == nullptr ? Tree::none : group->tree.find(entry("cota.data"));
    if (data == Tree::none) return paths;
    for (const Leaf& leaf : leaves(group->tree, data)) paths.insert(leaf.path);
    return paths;
}

class EffectFinder {
public:
    explicit EffectFinder(const DeviceState& state) : state_(state) {}

    void add(Change& change) {
        change_ = &change;
        switch (change.role) {
            case Role::config:
                add_config_effects(change, state_);
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
                add_firmware_effects(change, state_);
                break;
            case Role::site:
                break;
        }
    }

private:
    void say(EffectKind kind, std::string text) {
        change_->effects.push_back({.kind = kind, .text = std::move(text)});
    }

    [[nodiscard]] bool is(ChangeKind kind) const { return change_->kind == kind; }
    // A broken file has said already that it is not compared.
    [[nodiscard]] bool is_file() const { return change_->path.empty(); }

    // ---- users

    void users() {
        if (is_file()) {
            users_file();
        } else if (change_->path == change_->pattern) {
            return;
        } else if (change_->pattern != "user[]") {
            field();
        } else if (is(ChangeKind::removed)) {
            say(EffectKind::user_removed, state_.replaces()
                                              ? "not in the list of the new server"
                                              : "removed from the server: the new list replaces the old one");
        } else {
            const Handset* handset = handsets().at(change_->after_node);
            if (handset != nullptr && handset->passed_on) moved(*handset);
            say(EffectKind::gained, "added to the server");
            say(EffectKind::no_restart, "no restart");
        }
    }

    void users_file() {
        if (is(ChangeKind::removed) && state_.replaces()) {
            no_users();
        } else if (is(ChangeKind::removed)) {
            say(EffectKind::left_behind, "the server keeps its users");
        } else if (is(ChangeKind::added)) {
            say(EffectKind::told, "first import of users: they replace the users in the server");
        }
    }

    // Another box has no users to keep.
    void no_users() {
        std::size_t lost = 0;
        if (!state_.was_not_fetched(Import::users))
            for_each_user(*state_.old_side().server, [&](const UserView&) { ++lost; });
        say(lost == 0 ? EffectKind::told : EffectKind::user_removed, "the new server gets no users");
        change_->effects.back().count = lost;
    }

    void field() {
        const bool there = change_->after_tree != nullptr;
        const EntryId id = there ? change_->after_tree->entry(change_->after_node)
                                 : change_->before_tree->entry(change_->before_node);
        const bool new_handset = id == entry("users.user.ipei");
        if (new_handset || id == entry("users.user.configgroup")) {
            const Handset* handset =
                there ? handsets().at(change_->after_node) : handsets().at_before(change_->before_node);
            // What stays in a handset that was passed on is said where it is.
            if (handset != nullptr && handset->passed_on == new_handset) moved(*handset);
        }
        say(EffectKind::no_restart, "no restart");
    }

    void moved(const Handset& handset) {
        if (handset.passed_on)
            say(EffectKind::told,
                fmt::format("the handset moves to this user from {}", handsets().owner_of(handset)));
        if (handset.from == 0 || handset.from == handset.to) return;
        const std::vector<std::string>& stale = stale_after(handset.from, handset.to);
        if (stale.empty()) return;
        say(EffectKind::left_behind,
            handset.to == 0
                ? fmt::format("the handset keeps what group {} set: {}", handset.from, some_of(stale))
                : fmt::format("the handset keeps what group {} does not set: {}", handset.to,
                              some_of(stale)));
    }

    const std::vector<std::string>& stale_after(std::uint32_t from, std::uint32_t to) {
        const auto [found, fresh] = stale_.try_emplace({from, to});
        // Where no group was fetched, handsets have nothing of one.
        if (fresh && !state_.was_not_fetched(Import::handset_groups))
            found->second = stale_settings(state_.old_side(), from, state_.new_side(), to);
        return found->second;
    }

    HandsetMoves& handsets() {
        if (!handsets_)
            handsets_.emplace(state_.users_before(), state_.users_after(),
                              is_by_number(state_.new_side().server->models));
        return *handsets_;
    }

    // ---- handset groups

    void group() {
        const std::uint32_t number = change_->group;
        if (is_file() && is(ChangeKind::changed)) return;
        if (is_file() && is(ChangeKind::removed)) {
            const auto count = keeping(number);
            if (count != std::size_t{0})
                say(EffectKind::left_behind, fmt::format("the setting stays in {}", text_of(count)));
            return;
        }
        if (is(ChangeKind::removed) && change_->path != "info.version" && was_sent(number)) {
            const auto count = handsets().staying(number);
            if (count != std::size_t{0})
                say(EffectKind::left_behind, fmt::format("the setting stays in {}", text_of(count)));
        }
        sending(number);
    }

    static std::string text_of(std::optional<std::size_t> handsets) {
        return handsets ? count_of(*handsets, "handset") : "the handsets of the group";
    }

    std::string of_group(std::uint32_t number) {
        const auto count = handsets().in_group(number);
        return count == std::size_t{0} ? "no handset: the group has no users" : text_of(count);
    }

    // Whether handsets have the group, or may.
    [[nodiscard]] bool was_sent(std::uint32_t number) const {
        return !state_.was_not_fetched(Import::handset_groups) && may_send(state_.old_side(), number);
    }

    // The handsets in which something stays of what a group set that goes.
    std::optional<std::size_t> keeping(std::uint32_t number) {
        if (!was_sent(number)) return 0;
        return handsets().keeping(number, [&](std::uint32_t to) {
            return to == 0 || to == number || !stale_after(number, to).empty();
        });
    }

    // Whether the server sends a group is told by the list alone.
    void sending(std::uint32_t number) {
        // Another box has no group yet.
        const GroupVersion before =
            state_.replaces() ? GroupVersion() : version_of(state_.old_side(), number);
        const GroupVersion after = version_of(state_.new_side(), number);
        const auto count = handsets().in_group(number);
        const std::string handsets = of_group(number);
        if (after.automatic) {
            say(sent(number), fmt::format("render writes another version: sent to {}", handsets));
        } else if (after.listed.empty()) {
            say(EffectKind::not_sent,
                fmt::format("not sent to any handset: group {} is not in the list", number));
        } else if (same_version(before.listed, after.listed) && !before.automatic && !was_sent(number)) {
            // Nothing shows that handsets have that version.
            say(sent(number), count == std::size_t{0}
                                  ? fmt::format("sent to {}", handsets)
                                  : fmt::format("sent to {}, if they have another version than {}", handsets,
                                                shown_label(after.listed)));
        } else if (same_version(before.listed, after.listed) && !before.automatic) {
            const std::string listed = shown_label(after.listed);
            say(EffectKind::not_sent,
                count && *count != 0
                    ? fmt::format("not sent to its {}: the list still has version {}", handsets, listed)
                    : fmt::format("not sent: the list still has version {}", listed));
        } else {
            say(sent(number), fmt::format("sent to {}", handsets));
        }
    }

    // A group without users is sent to nobody.
    EffectKind sent(std::uint32_t number) {
        return handsets().in_group(number) == std::size_t{0} ? EffectKind::told : EffectKind::sent;
    }

    // Why the server gets nothing of a group that its list names; empty where it does, or may.
    [[nodiscard]] std::string_view why_no_file(std::uint32_t number) const {
        const Side& side = state_.new_side();
        // A description lists the groups that it has.
        if (side.site != nullptr || group_of(side, number) != nullptr) return {};
        const InputFile* file = file_of(side, Role::group, number);
        if (file == nullptr) return "its file is missing";
        return file->state == InputFile::State::left_out ? std::string_view() : "its file cannot be read";
    }

    void listed(std::uint32_t number) {
        const std::string_view why = why_no_file(number);
        if (why.empty()) {
            say(sent(number), fmt::format("group {} is sent to {}", number, of_group(number)));
        } else {
            say(EffectKind::not_sent, fmt::format("group {} is not sent: {}", number, why));
        }
    }

    void list() {
        if (is_file() && is(ChangeKind::removed) && state_.was_not_fetched(Import::handset_groups)) {
            say(EffectKind::told, "no group is sent, as before");
        } else if (is_file() && is(ChangeKind::removed)) {
            say(EffectKind::not_sent, "no group is sent any more: handsets keep their settings");
        } else if (is_file()) {
            for (const auto& [group, version] : change_->fields) {
                const std::uint32_t number = group_number(std::string_view(group).substr(5));
                listed(number);
                change_->effects.back().group = number;
            }
        } else if (is(ChangeKind::removed)) {
            const auto count = keeping(change_->group);
            say(count == std::size_t{0} ? EffectKind::told : EffectKind::left_behind,
                fmt::format("group {} is not sent any more; {}", change_->group,
                            count == std::size_t{0}
                                ? "no handset keeps its settings"
                                : fmt::format("its settings stay in {}", text_of(count))));
        } else {
            listed(change_->group);
        }
    }

    const DeviceState& state_;
    std::optional<HandsetMoves> handsets_;  // made when first asked for
    // What each move from one group to another leaves behind.
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::vector<std::string>> stale_;
    Change* change_ = nullptr;
};

}  // namespace

std::vector<std::string> stale_settings(const Side& before, std::uint32_t from, const Side& after,
                                        std::uint32_t to) {
    if (!may_send(before, from)) return {};
    const std::set<std::string> old_settings = settings_of(before, from);
    // A group without a file is the one that the server has, where it has one.
    const std::set<std::string> new_settings =
        settings_of(group_of(after, to) != nullptr ? after : before, to);
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

void add_effects(std::vector<Change>& changes, const DeviceState& state) {
    gather_unfetched(changes, state);
    EffectFinder finder(state);
    for (Change& change : changes) {
        // What has an effect already is not compared, or not fetched.
        if (change.effects.empty()) finder.add(change);
    }
    add_cut_offs(changes, state);
    for (Change& change : changes) std::ranges::stable_sort(change.effects, {}, &Effect::kind);
}

}  // namespace dectprov
