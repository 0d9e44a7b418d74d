// SPDX-License-Identifier: MIT
#include "diff/fold.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "diag/shorten.hpp"
#include "diag/tally.hpp"

namespace dectprov {
namespace {

constexpr char part_end = '\x1f';

void append_part(std::string& key, std::string_view text) {
    key += text;
    key += part_end;
}

// Changes of one key are told once.
std::string key_of(const ServerDiff& server, const Change& change, bool full) {
    std::string key;
    append_part(key, to_text(change.kind));
    append_part(key, std::to_string(static_cast<unsigned>(change.role)));
    append_part(key, std::to_string(change.group));
    if (change.role == Role::none) append_part(key, change.file);
    append_part(key, change.pattern);
    append_part(key, change.before ? "=" + *change.before : "");
    append_part(key, change.after ? "=" + *change.after : "");
    for (const Effect& effect : change.effects) append_part(key, effect.text);
    if (full) {
        append_part(key, server.identity);
        append_part(key, server.folder);
        append_part(key, change.path);
    }
    return key;
}

std::size_t rank_of(const Change& change) {
    return change.effects.empty() ? static_cast<std::size_t>(EffectKind::told)
                                  : static_cast<std::size_t>(change.effects.front().kind);
}

constexpr std::size_t longest = 60;

// Where the character begins that the byte at `at` is of.
std::size_t character_at(std::string_view text, std::size_t at) {
    while (at > 0 && at < text.size() && (static_cast<unsigned char>(text[at]) & 0xc0U) == 0x80U) --at;
    return at;
}

// `from`: what stands before it is left out.
std::string shortened(const std::string& text, std::size_t from) {
    if (from == 0 && text.size() <= longest) return text;
    const std::size_t end = character_at(text, from + longest);
    const std::string_view before = from == 0 ? "" : "\u2026";
    if (end >= text.size()) return fmt::format("{}{}", before, std::string_view(text).substr(from));
    return fmt::format("{}{}\u2026", before, std::string_view(text).substr(from, end - from));
}

// Of two long values that begin alike the part around their first difference is shown.
std::size_t first_shown(const std::string& before, const std::string& after) {
    constexpr std::size_t shown_before = 20;
    if (before.size() <= longest && after.size() <= longest) return 0;
    const auto differs = std::ranges::mismatch(before, after);
    const auto same = static_cast<std::size_t>(differs.in1 - before.begin());
    return same < longest / 2 ? 0 : character_at(before, same - shown_before);
}

std::string quoted(const std::string& text, std::size_t from = 0) {
    return text.empty() ? "(empty)" : shortened(text, from);
}

}  // namespace

std::vector<FoldedChange> fold(const Comparison& comparison, bool full) {
    std::vector<FoldedChange> all;
    std::unordered_map<std::string, std::size_t> known;
    for (const ServerDiff& server : comparison.servers) {
        for (const Change& change : server.changes) {
            const auto [found, fresh] = known.try_emplace(key_of(server, change, full), all.size());
            if (fresh) all.push_back({.change = &change, .rank = rank_of(change)});
            FoldedChange& folded = all[found->second];
            if (folded.servers.empty() || folded.servers.back() != server.label())
                folded.servers.emplace_back(server.label());
            if (!change.user.empty()) folded.users.emplace_back(change.user);
        }
    }
    std::ranges::stable_sort(all, {}, &FoldedChange::rank);
    return all;
}

std::vector<FoldedForecast> fold_forecasts(const Comparison& comparison, bool full) {
    std::vector<FoldedForecast> all;
    std::unordered_map<std::string, std::size_t> known;
    for (const ServerDiff& server : comparison.servers) {
        std::string key = server.forecast.text;
        key += part_end;
        key += server.forecast.notice_pattern;
        if (full) key += server.identity + part_end + server.folder;
        if (!server.replaced.empty()) key += server.replaced;
        const auto [found, fresh] = known.try_emplace(std::move(key), all.size());
        const Forecast& forecast = server.forecast;
        if (fresh) all.push_back({.server = &server, .notice = forecast.notice});
        FoldedForecast& folded = all[found->second];
        if (folded.notice != forecast.notice) folded.notice = forecast.notice_pattern;
        folded.servers.emplace_back(server.label());
    }
    std::ranges::stable_sort(all, {}, [](const FoldedForecast& one) { return one.server->forecast.rank; });
    return all;
}

std::string list_of(const std::vector<std::string_view>& names, std::size_t most) {
    std::string text;
    // One more is named rather than counted.
    const std::size_t shown = names.size() <= most + 1 ? names.size() : most;
    for (std::size_t i = 0; i < shown; ++i) {
        if (i != 0) text += ", ";
        text += shortened_name(names[i]);
    }
    if (shown < names.size()) text += fmt::format(" and {} more", names.size() - shown);
    return text;
}

std::string whose(const std::vector<std::string_view>& servers) {
    if (servers.size() == 1) return shortened_name(servers.front());
    return fmt::format("{}: {}", count_of(servers.size(), "server"), list_of(servers, most_servers));
}

std::string subject_of(const FoldedChange& folded) {
    const Change& change = *folded.change;
    constexpr std::size_t most_users = 5;
    if (folded.users.size() > 1) {
        std::string users = fmt::format("users {}", list_of(folded.users, most_users));
        if (change.pattern == "user[]") return users;
        return fmt::format("{} of {}", change.pattern.substr(std::string_view("user[].").size()), users);
    }
    if (change.path.empty() && change.role == Role::none && change.file.empty()) return "the server";
    if (change.path.empty() && change.role == Role::none) return shortened_name(change.file);
    if (change.path.empty()) return "the file";
    return shortened_name(change.path);
}

std::string values_of(const Change& change) {
    if (change.before && change.after && *change.before == *change.after)
        return fmt::format("{}, changed", *change.before);
    if (change.before && change.after) {
        const std::size_t from = first_shown(*change.before, *change.after);
        return fmt::format("{} -> {}", quoted(*change.before, from), quoted(*change.after, from));
    }
    if (change.after) return quoted(*change.after);
    if (change.before) return quoted(*change.before);
    return {};
}

std::string place_of(const Change& change) {
    switch (change.role) {
        case Role::config:
            return "config";
        case Role::users:
            return "users";
        case Role::group:
            return fmt::format("handset group {}", change.group);
        case Role::list:
            return "handset list";
        case Role::none:
        case Role::site:
            return change.file.empty() ? "server" : "firmware";
    }
    return {};
}

}  // namespace dectprov
