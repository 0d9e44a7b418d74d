// SPDX-License-Identifier: MIT
#include "device/forecast.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <set>
#include <string>
#include <string_view>

#include "catalog/entries.hpp"
#include "device/effects.hpp"
#include "diag/tally.hpp"
#include "doc/secret.hpp"

namespace dectprov {
namespace {

// When a server looks at its provisioning server.
void set_notice(Forecast& out, const DeviceState& state) {
    // A box that is new has no settings yet that anybody knows.
    if (state.replaces() || !state.old_side().server->config) return;
    const auto say = [&out](const std::string& text) {
        out.notice += text;
        out.notice_pattern += text;
    };
    // It is said with what is not fetched.
    if (state.fetches_nothing()) return;
    const auto interval = state.before(entry("config.provisioning.check.interval"));
    const auto time = state.before(entry("config.provisioning.check.time"));
    const auto sync = state.before(entry("config.provisioning.check.check_sync"));
    std::uint32_t minutes = 0;
    if (interval) std::from_chars(interval->data(), interval->data() + interval->size(), minutes);
    if (minutes != 0) say(fmt::format("checks every {}", count_of(minutes, "minute")));
    const auto next = [&] { say(out.notice.empty() ? "checks " : ", "); };
    if (time && !time->empty()) {
        next();
        out.notice += fmt::format("at {}", shown_label(*time));
        out.notice_pattern += "at its own time";
    }
    if (sync && *sync != "disabled" && !sync->empty()) {
        next();
        say("on a NOTIFY check-sync");
    }
    if (!out.notice.empty()) return;
    say(!interval || !time || !sync ? "not known when it checks"
                                    : "does not check by itself: it has no interval, no time and no NOTIFY");
}

struct Part {
    EffectKind kind;
    std::string_view one;
    std::string_view many;
};

// What is counted by changes, in the order of the line.
constexpr std::array parts{
    Part{EffectKind::licence_lost, "1 licence key lost", "{} licence keys lost"},
    Part{EffectKind::user_removed, "1 user removed", "{} users removed"},
    Part{EffectKind::to_default, "1 setting back to its default", "{} settings back to their defaults"},
    Part{EffectKind::not_compared, "1 file not compared", "{} files not compared"},
    Part{EffectKind::left_behind, "1 change leaves old settings behind",
         "{} changes leave old settings behind"},
    Part{EffectKind::ignored, "1 change not fetched", "{} changes not fetched"},
};

bool has_effect(const Change& change, EffectKind kind) {
    return std::ranges::find(change.effects, kind, &Effect::kind) != change.effects.end();
}

// What the server looks for no more, each once and in short: "looks for nothing any more".
std::vector<std::string_view> cut_offs(const std::vector<Change>& changes) {
    std::vector<std::string_view> all;
    for (const Change& change : changes) {
        for (const Effect& effect : change.effects) {
            if (effect.kind != EffectKind::cut_off) continue;
            constexpr std::string_view who = "the server ";
            std::string_view text = effect.text;
            const std::size_t at = text.find(who);
            if (at != std::string_view::npos) text.remove_prefix(at + who.size());
            text = text.substr(0, text.find(':'));
            if (std::ranges::find(all, text) == all.end()) all.push_back(text);
        }
    }
    return all;
}

// The list of the groups is gone.
bool sends_none_any_more(const Change& change) {
    return change.role == Role::list && change.path.empty() && change.kind == ChangeKind::removed &&
           has_effect(change, EffectKind::not_sent);
}

std::string group_list(const std::set<std::uint32_t>& groups) {
    std::string text = groups.size() == 1 ? "group" : "groups";
    constexpr std::size_t most = 5;
    std::size_t shown = 0;
    for (const std::uint32_t group : groups) {
        if (shown++ == most) {
            text += fmt::format(" and {} more", groups.size() - most);
            break;
        }
        text += fmt::format("{} {}", shown == 1 ? "" : ",", group);
    }
    return text;
}

std::set<std::uint32_t> groups_with(const std::vector<Change>& changes, EffectKind kind) {
    std::set<std::uint32_t> groups;
    for (const Change& change : changes) {
        for (const Effect& effect : change.effects) {
            const std::uint32_t group = effect.group != 0 ? effect.group : change.group;
            if (effect.kind == kind && group != 0) groups.insert(group);
        }
    }
    return groups;
}

}  // namespace

Forecast forecast(const ServerDiff& server, const DeviceState& state) {
    Forecast out;
    std::vector<std::string> said;
    out.rank = static_cast<std::size_t>(EffectKind::no_restart);
    for (const Change& change : server.changes) {
        for (const Effect& effect : change.effects)
            out.rank = std::min(out.rank, static_cast<std::size_t>(effect.kind));
    }
    const auto count = [&](auto fits) {
        return static_cast<std::size_t>(std::ranges::count_if(server.changes, fits));
    };
    for (const std::string_view text : cut_offs(server.changes)) said.emplace_back(text);
    for (const Part& part : parts) {
        std::size_t number = 0;
        for (const Change& change : server.changes) {
            for (const Effect& effect : change.effects) number += effect.kind == part.kind ? effect.count : 0;
        }
        if (number == 1) said.emplace_back(part.one);
        if (number > 1) said.push_back(fmt::format(fmt::runtime(part.many), number));
    }
    std::set<std::uint32_t> not_sent = groups_with(server.changes, EffectKind::not_sent);
    const std::set<std::uint32_t> sent = groups_with(server.changes, EffectKind::sent);
    if (std::ranges::any_of(server.changes, sends_none_any_more)) {
        said.emplace_back("no group sent any more");
        not_sent.clear();
    }
    if (!not_sent.empty()) said.push_back(group_list(not_sent) + " not sent");
    const auto any = [&](EffectKind kind) {
        return std::ranges::any_of(server.changes, [&](const Change& one) { return has_effect(one, kind); });
    };
    if (any(EffectKind::restarts)) {
        said.emplace_back("restarts");
    } else if (any(EffectKind::restart_unknown) || any(EffectKind::not_compared)) {
        said.emplace_back("restart not known");
    } else if (any(EffectKind::no_restart)) {
        said.emplace_back("no restart");
    }
    if (!sent.empty()) said.push_back(group_list(sent) + " sent");
    const std::size_t new_users = count([](const Change& one) {
        return one.pattern == "user[]" && one.kind == ChangeKind::added &&
               !has_effect(one, EffectKind::ignored);
    });
    if (new_users != 0) said.push_back(count_of(new_users, "user") + " added");
    if (state.replaces()) said.emplace_back("gets all files again");
    if (said.empty()) said.push_back(count_of(server.changes.size(), "change") + ", nothing lost");
    for (std::string& one : said) {
        if (!out.text.empty()) out.text += "; ";
        out.text += one;
    }
    if (server.kind == ChangeKind::changed) set_notice(out, state);
    return out;
}

}  // namespace dectprov
