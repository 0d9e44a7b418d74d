// SPDX-License-Identifier: MIT
#include "device/config_effects.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "catalog/entries.hpp"
#include "compare/values.hpp"
#include "diag/shorten.hpp"
#include "diag/tally.hpp"
#include "doc/secret.hpp"
#include "rules/firmware_refusal.hpp"
#include "rules/settings.hpp"

namespace dectprov {
namespace {

constexpr EntryId own_firmware = entry("config.provisioning.firmware.kws");

void say(Change& change, EffectKind kind, std::string text, std::size_t count = 1) {
    change.effects.push_back({.kind = kind, .text = std::move(text), .count = count});
}

std::string quoted(std::string_view text) { return text.empty() ? "empty" : std::string(text); }

void whole_file(Change& change, bool merge, bool replaces) {
    switch (change.kind) {
        case ChangeKind::added:
            say(change, EffectKind::told,
                merge ? "first import: a merge, which keeps what is not in the file"
                      : "first import: what is not in the file gets its default");
            return;
        case ChangeKind::removed:
            if (replaces) {
                say(change, EffectKind::cut_off,
                    "the server gets no configuration: its settings stay as they are, which are not known");
            } else {
                say(change, EffectKind::left_behind, "the server keeps its settings");
            }
            return;
        case ChangeKind::changed:
            // A broken file, which has said so.
            return;
    }
}

void kind_of_import(Change& change, bool merge) {
    if (merge) {
        say(change, EffectKind::told, "the import is now a merge: what is not in the file stays as it is");
    } else {
        say(change, EffectKind::to_default,
            "the import now overwrites: what is not in the file goes back to its default");
        say(change, EffectKind::restart_unknown,
            "what goes back is not known, nor whether the server restarts");
    }
}

// Says that a firmware does not come where that is so, whatever version it has. `own`: of the server itself.
bool is_refused(Change& change, const Server& server, bool own, std::string_view image) {
    if (const auto refusal = refuse_firmware(server, own, image)) {
        say(change, EffectKind::not_sent, fmt::format("the firmware is not loaded: {}", refusal->why));
        return true;
    }
    if (own || may_be_200(server) || !lacks_licence(server, enhanced_provisioning)) return false;
    say(change, EffectKind::not_sent,
        "the firmware is not fetched: this needs the Enhanced Provisioning licence, which is not in the "
        "server's `licenses`");
    return true;
}

void say_no_version(Change& change, bool own, std::string_view version_file) {
    say(change, own ? EffectKind::restart_unknown : EffectKind::told,
        fmt::format("{} is empty: no source says whether the {}", version_file,
                    own ? "server restarts" : "firmware is fetched"));
}

// A version file that was named belongs to all servers that load it, which nobody knows.
void named_version(Change& change) {
    if (change.after && change.after->empty()) {
        say_no_version(change, true, "the version file");
        return;
    }
    const bool first = change.before && change.before->empty();
    say(change, EffectKind::restart_unknown,
        fmt::format("each server that loads it fetches the firmware{}; it restarts where that is its own",
                    first ? ", if it has another version than the present one" : ""));
}

// A change of one setting that both configurations are asked for.
class SettingEffects {
public:
    SettingEffects(Change& change, const DeviceState& state)
        : change_(change),
          state_(state),
          tree_(change.after_tree != nullptr ? *change.after_tree : *change.before_tree),
          id_(tree_.entry(change.after_tree != nullptr ? change.after_node : change.before_node)),
          merge_(state.new_side().server->merge) {}

    void run() {
        if (is_licence(tree_.catalog(), id_)) {
            licence();
            return;
        }
        if (changes_nothing()) return;
        if (id_ != EntryId::none && tree_.catalog().type(id_).kind == Kind::file_name) {
            firmware_name();
        } else {
            restart();
        }
    }

private:
    [[nodiscard]] bool is(ChangeKind kind) const { return change_.kind == kind; }

    [[nodiscard]] std::string_view old_value() const {
        return change_.before_tree == nullptr ? std::string_view()
                                              : change_.before_tree->value(change_.before_node);
    }
    [[nodiscard]] std::string_view new_value() const {
        return change_.after_tree == nullptr ? std::string_view()
                                             : change_.after_tree->value(change_.after_node);
    }

    // A setting that goes or comes at the value that the server has anyhow, or that a merge leaves as it is.
    bool changes_nothing() {
        if (is(ChangeKind::removed) && merge_ && state_.replaces()) {
            say(change_, EffectKind::told,
                "not set in the new server: a merge leaves what is not in the file as it is");
            return true;
        }
        if (is(ChangeKind::removed) && merge_) {
            say(change_, EffectKind::left_behind,
                "stays in the server: a merge changes only what is in the file");
            return true;
        }
        if (is(ChangeKind::removed)) {
            const auto default_value = default_of(tree_.catalog(), id_, state_.new_side().server->models);
            if (default_value && *default_value == old_value()) {
                say(change_, EffectKind::told,
                    fmt::format("no change: {} is the default", quoted(*default_value)));
                return true;
            }
            say(change_, EffectKind::to_default,
                default_value ? fmt::format("goes back to its default, {}", quoted(*default_value))
                              : "goes back to its default, which is not stated");
        }
        if (is(ChangeKind::added) && id_ != EntryId::none && state_.before(id_) == new_value() &&
            !change_.after_tree->is_opaque(change_.after_node)) {
            say(change_, EffectKind::told, "no change: this is the default");
            return true;
        }
        return false;
    }

    // ---- licence keys

    void licence() {
        const std::vector<std::string_view> old_keys = licence_keys(old_value());
        const std::vector<std::string_view> new_keys = licence_keys(new_value());
        const auto beyond = [](const std::vector<std::string_view>& keys,
                               const std::vector<std::string_view>& others) {
            return static_cast<std::size_t>(std::ranges::count_if(
                keys, [&](std::string_view key) { return std::ranges::find(others, key) == others.end(); }));
        };
        const std::size_t lost = beyond(old_keys, new_keys);
        const std::size_t gained = beyond(new_keys, old_keys);
        const std::string_view where = id_ == entry("config.slave.license") ? " of the second server" : "";
        const auto keys = [where](std::size_t count) {
            return fmt::format("{}{}", count_of(count, "licence key"), where);
        };
        // Another box has none to keep.
        const bool kept = merge_ && !state_.replaces();
        if (lost != 0 && kept) {
            say(change_, EffectKind::left_behind,
                fmt::format("{} {} in the server: a merge only adds keys", keys(lost),
                            lost == 1 ? "stays" : "stay"));
        } else if (lost != 0) {
            say(change_, EffectKind::licence_lost,
                fmt::format("{} {} lost", keys(lost), lost == 1 ? "is" : "are"), lost);
        }
        if (gained != 0)
            say(change_, EffectKind::gained,
                fmt::format("{} {} added", keys(gained), gained == 1 ? "is" : "are"));
        licence_restart(gained, lost != 0 && !kept);
    }

    // The guide has the administrator restart the server for new keys; of an import nothing is stated.
    void licence_restart(std::size_t gained, bool some_lost) {
        if (gained != 0) {
            say(change_, EffectKind::restart_unknown,
                fmt::format("{} after a restart; no source says whether the import restarts the server",
                            gained == 1 ? "the new key works" : "the new keys work"));
        } else if (some_lost) {
            say(change_, EffectKind::restart_unknown, "no source says whether the server restarts");
        } else {
            say(change_, EffectKind::no_restart, "no restart");
        }
    }

    // ---- the name of a firmware file

    // A firmware is loaded where its version file names another version than the one that is there, whatever
    // the file is called.
    void firmware_name() {
        const std::string_view name = new_value();
        const bool own = id_ == own_firmware;
        const bool known =
            change_.after_tree != nullptr && !change_.after_tree->is_opaque(change_.after_node);
        if (change_.after_tree == nullptr || (known && name.empty())) {
            if (known)
                say(change_, EffectKind::told,
                    fmt::format("{} firmware is not fetched: no file is named",
                                own ? "the server's own" : "this"));
            say(change_, EffectKind::no_restart, "no restart");
            return;
        }
        if (known && is_refused(change_, *state_.new_side().server, own, name)) {
            say(change_, EffectKind::no_restart, "no restart");
            return;
        }
        const auto is_empty = [](const FirmwareText& one) { return one.text && one.text->empty(); };
        const auto is_known = [&](const FirmwareText& one) {
            return one.text && !one.opaque && !is_empty(one);
        };
        const FirmwareText before = text_of(state_.old_side(), old_value());
        const FirmwareText after = text_of(state_.new_side(), name);
        const std::string file =
            known ? fmt::format("{}.ver", shortened_name(shown_value(tree_, change_.after_node)))
                  : "its version file";
        const bool same = is_known(before) && before.text == after.text;
        if (is_empty(after)) {
            say_no_version(change_, own, file);
        } else if (!is_known(before) || !is_known(after) || state_.replaces()) {
            say(change_, own ? EffectKind::restart_unknown : EffectKind::told,
                fmt::format("{} if {} has another version than {}", own ? "restarts" : "fetched", file,
                            own ? "the server runs" : "the present one"));
        } else if (same) {
            say(change_, EffectKind::told,
                fmt::format("nothing is loaded: {} has the same version as before", file));
        } else if (own) {
            say(change_, EffectKind::restarts, "the server fetches its firmware and restarts");
        } else {
            say(change_, EffectKind::sent, "the firmware is fetched");
        }
        if (!own || same) say(change_, EffectKind::no_restart, "no restart");
    }

    static FirmwareText text_of(const Side& side, std::string_view name) {
        const std::map<std::string, FirmwareText> all = firmware_of(side);
        const auto found = all.find(std::string(name));
        return found == all.end() ? FirmwareText() : found->second;
    }

    void restart() {
        const Param* param = id_ == EntryId::none ? nullptr : tree_.catalog()[id_].param;
        switch (param == nullptr ? Restart::unknown : param->restart) {
            case Restart::yes:
                say(change_, EffectKind::restarts, "the server restarts");
                return;
            case Restart::no:
                say(change_, EffectKind::no_restart, "no restart");
                return;
            case Restart::unknown:
                say(change_, EffectKind::restart_unknown, "no source says whether the server restarts");
                return;
        }
    }

    Change& change_;
    const DeviceState& state_;
    const Tree& tree_;
    EntryId id_;
    bool merge_;
};

}  // namespace

void add_config_effects(Change& change, const DeviceState& state) {
    const bool merge = state.new_side().server->merge;
    if (change.path.empty()) {
        whole_file(change, merge, state.replaces());
    } else if (change.path == "merge_type") {
        kind_of_import(change, merge);
    } else {
        SettingEffects(change, state).run();
    }
}

void add_firmware_effects(Change& change, const DeviceState& state) {
    if (state.new_side().server->identity.kind == Identity::Kind::none) {
        named_version(change);
        return;
    }
    constexpr std::string_view extension = ".ver";
    const std::string_view image =
        std::string_view(change.file).substr(0, change.file.size() - extension.size());
    // The file is named as it may be shown.
    const auto kws = state.after(own_firmware);
    const bool own = kws && shown_text(*kws) == image;
    if (change.after) {
        if (is_refused(change, *state.new_side().server, own, image)) {
            if (own) say(change, EffectKind::no_restart, "no restart");
            return;
        }
        if (change.after->empty()) {
            say_no_version(change, own, "the version file");
            return;
        }
    }
    // An empty file said nothing, either.
    const bool first = change.before && change.before->empty() && change.after;
    switch (first ? ChangeKind::added : change.kind) {
        case ChangeKind::removed:
            say(change, EffectKind::not_sent, "without its version file the firmware is not fetched");
            return;
        case ChangeKind::added:
            say(change, own ? EffectKind::restart_unknown : EffectKind::sent,
                own ? "restarts if it has another version than the server runs"
                    : "fetched if it has another version than the present one");
            return;
        case ChangeKind::changed:
            say(change, own ? EffectKind::restarts : EffectKind::sent,
                own ? "the server fetches its firmware and restarts" : "the firmware is fetched");
            return;
    }
}

}  // namespace dectprov
