// SPDX-License-Identifier: MIT
#include "device/cut_off.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "catalog/entries.hpp"
#include "catalog/letter_case.hpp"
#include "catalog/value_type.hpp"

namespace dectprov {
namespace {

// A setting or a section, by which a change is found, too.
struct Setting {
    EntryId id;
    std::string_view path;
};
constexpr Setting method{.id = entry("config.provisioning.server.method"),
                         .path = "provisioning.server.method"};
constexpr Setting url{.id = entry("config.provisioning.server.url"), .path = "provisioning.server.url"};

// What has a server look for changes, and what says that it does not.
struct Start {
    Setting setting;
    bool (*is_off)(std::string_view value);
};
constexpr Start starts[] = {
    {.setting = {.id = entry("config.provisioning.check.interval"), .path = "provisioning.check.interval"},
     .is_off = [](std::string_view value) { return value.find_first_not_of('0') == std::string_view::npos; }},
    {.setting = {.id = entry("config.provisioning.check.time"), .path = "provisioning.check.time"},
     .is_off = [](std::string_view value) { return value.empty(); }},
    {.setting = {.id = entry("config.provisioning.check.check_sync"),
                 .path = "provisioning.check.check_sync"},
     .is_off = [](std::string_view value) { return value.empty() || value == "disabled"; }},
};

// What the server imports, each with a switch of its own.
struct Switch {
    Setting setting;
    std::string_view text;
    std::string_view again = {};  // where it is switched on
};
constexpr Switch switches[] = {
    {.setting = {.id = entry("config.provisioning.config.check"), .path = "provisioning.config.check"},
     .text = "the server no longer fetches its configuration: provisioning.config.check is not true"},
    {.setting = {.id = entry("config.provisioning.users.check"), .path = "provisioning.users.check"},
     .text = "the server no longer fetches users: provisioning.users.check is not true",
     .again = "the server now fetches users: the list replaces those it has, which are not known"},
};

// Both decide over handset groups.
constexpr Setting cota{.id = entry("config.provisioning.cota.check"), .path = "provisioning.cota.check"};
constexpr Setting slave{.id = entry("config.slave"), .path = "slave"};

// No source says which protocol a bare host means, so it is that of the other URL.
bool same_port(const UrlParts& a, const UrlParts& b) {
    const std::string_view usual = default_port(a.protocol.empty() ? b.protocol : a.protocol);
    const auto port = [&](const UrlParts& one) { return one.port.empty() ? usual : one.port; };
    return port(a) == port(b);
}

class CutOffs {
public:
    CutOffs(std::vector<Change>& changes, const DeviceState& state) : changes_(changes), state_(state) {}

    void run() {
        if (!state_.not_fetched(Import::configuration).empty()) return;
        if (!uses_provisioning()) return;
        place();
        checks();
        for (const Switch& one : switches) {
            const bool was_on = is_true(state_.before(one.setting.id));
            if (!was_on && state_.after(one.setting.id) == "true" && !one.again.empty())
                say({one.setting}, std::string(one.again), false, EffectKind::told);
            if (is_true(state_.after(one.setting.id)) || !was_on) continue;
            say({one.setting}, std::string(one.text), state_.before(one.setting.id).has_value());
        }
        handset_groups();
    }

private:
    // What is not known may be so.
    static bool is_true(std::optional<std::string_view> value) { return value.value_or("true") == "true"; }

    // Where no change of these settings does it, the import does that overwrites now; `known`: what the
    // server loses with that it is known to have had.
    void say(std::initializer_list<Setting> settings, const std::string& text, bool known = true,
             EffectKind kind = EffectKind::cut_off) {
        const Effect effect{.kind = kind, .text = text};
        bool said = false;
        for (Change& change : changes_) {
            const auto is_it = [&](const Setting& one) {
                return std::string_view(change.path).substr(0, change.path.find('.')) == one.path ||
                       change.path == one.path;
            };
            if (change.role != Role::config || !std::ranges::any_of(settings, is_it)) continue;
            change.effects.insert(change.effects.begin(), effect);
            said = true;
        }
        if (said || !known) return;
        for (Change& change : changes_) {
            if (change.role == Role::config && change.path == "merge_type")
                change.effects.insert(change.effects.begin(), effect);
        }
    }

    // Switched by their check, and by a second server, which comes or goes.
    void handset_groups() {
        const std::string_view why_not = state_.not_fetched(Import::handset_groups);
        if (why_not.empty() != state_.was_not_fetched(Import::handset_groups)) return;
        if (!why_not.empty()) {
            say({cota, slave}, fmt::format("the server no longer fetches handset groups: {}", why_not),
                state_.before(cota.id).has_value());
        } else if (state_.after(cota.id) == "true") {
            say({cota, slave},
                "the server now fetches handset groups: each is sent if the handsets have another version "
                "than the list, which is not known",
                false, EffectKind::told);
        }
    }

    bool uses_provisioning() {
        if (state_.after(method.id) != "disabled") return true;
        say({method}, "the server no longer uses provisioning: this is the last file it fetches");
        return false;
    }

    // From where it fetches.
    void place() {
        const auto old_method = state_.before(method.id);
        const auto new_method = state_.after(method.id);
        if (old_method == "static" && new_method == "dhcp") {
            say({method}, "the server now gets its provisioning server from DHCP: its URL is not used");
            return;
        }
        if (old_method == "dhcp" || new_method == "dhcp") return;
        const auto old_url = state_.before(url.id);
        const auto new_url = state_.after(url.id);
        if (!is_url(old_url)) return;
        if (!is_url(new_url)) {
            if (is_gone(new_url)) say({url}, "the server no longer has a provisioning server: it has no URL");
            return;
        }
        const auto before = parse_url(*old_url);
        const auto after = parse_url(*new_url);
        if (!equals_ignoring_case(before->host, after->host)) {
            say({url}, "the server now uses another host");
        } else if (!before->protocol.empty() && !after->protocol.empty() &&
                   before->protocol != after->protocol) {
            say({url}, "the server now uses another protocol");
        } else if (!same_port(*before, *after)) {
            say({url}, "the server now uses another port");
        }
    }

    static bool is_url(std::optional<std::string_view> value) {
        return value && !value->empty() && parse_url(*value);
    }

    // An overwrite that names no URL leaves none, whatever its default is.
    [[nodiscard]] bool is_gone(std::optional<std::string_view> value) const {
        if (value) return value->empty();
        const Server& server = *state_.new_side().server;
        return server.has_config() && !server.merge && server.config->find(url.id) == Tree::none;
    }

    // Firmware has sections that no public source names, with times of their own.
    [[nodiscard]] bool has_unknown_section() const {
        const Server& server = *state_.new_side().server;
        const NodeIndex section = node_at(server.config, entry("config.provisioning"));
        if (section == Tree::none || !server.config->has_children(section)) return false;
        const Tree& config = *server.config;
        for (NodeIndex node = config.first(section); node < config.after(section);
             node = config.after(node)) {
            if (config.entry(node) == EntryId::none && config.has_children(node)) return true;
        }
        return false;
    }

    void checks() {
        bool was_off = true;
        for (const Start& start : starts) {
            const auto after = state_.after(start.setting.id);
            if (!after || !start.is_off(*after)) return;
            const auto before = state_.before(start.setting.id);
            was_off = was_off && before && start.is_off(*before);
        }
        if (was_off || has_unknown_section()) return;
        say({starts[0].setting, starts[1].setting, starts[2].setting},
            "after this import the server no longer checks for changes: it has no interval, no time and no "
            "NOTIFY");
    }

    std::vector<Change>& changes_;
    const DeviceState& state_;
};

}  // namespace

void add_cut_offs(std::vector<Change>& changes, const DeviceState& state) {
    if (!state.replaces()) CutOffs(changes, state).run();
}

}  // namespace dectprov
