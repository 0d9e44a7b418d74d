// SPDX-License-Identifier: MIT
#include "device/drift.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "compare/values.hpp"
#include "device/effects.hpp"
#include "model/identity.hpp"

namespace dectprov {
namespace {

enum class Cause : unsigned char { not_known, by_hand, by_us, both };

std::string_view to_text(Cause cause) {
    switch (cause) {
        case Cause::not_known:
            return "the server has another value";
        case Cause::by_hand:
            return "changed by hand: the import sets it back";
        case Cause::by_us:
            return "changed by us: the server does not have it yet";
        case Cause::both:
            return "changed by hand and by us: the import overwrites the change by hand";
    }
    return {};
}

using ByPath = std::map<std::string, const HeldSetting*, std::less<>>;

ByPath by_path(const std::vector<HeldSetting>& settings) {
    ByPath all;
    for (const HeldSetting& setting : settings) all.emplace(setting.path, &setting);
    return all;
}

class Drift {
public:
    Drift(const std::vector<HeldSetting>& held, const Server& told) : held_(by_path(held)) {
        after_ = after_import(held, *told.config, told.merge, told.models);
        diff_.identity = told.identity.text;
        file_ = file_name(told.identity.text, Role::config);
        const auto is_held = [&](std::string_view path, std::string_view value) {
            const auto found = held_.find(path);
            return found != held_.end() && found->second->value == value;
        };
        // What the server holds decides whether it asks for the file at all.
        if (is_held("provisioning.server.method", "disabled")) {
            not_fetched_ = "provisioning.server.method is disabled";
        } else if (is_held("provisioning.config.check", "false")) {
            not_fetched_ = "provisioning.config.check is not true";
        }
    }

    // What the last import left the server with.
    void set_base(const std::vector<HeldSetting>& held, const Server& base) {
        // What the file does not name was its default then, or stayed as it was.
        based_ = after_import(held, *base.config, base.merge, base.models);
        base_ = by_path(based_);
        has_base_ = true;
    }

    Comparison run() {
        Comparison result;
        result.compared = 1;
        for (const HeldSetting& after : after_) {
            const auto found = held_.find(after.path);
            const HeldSetting* before = found == held_.end() ? nullptr : found->second;
            const Same same = before == nullptr ? Same::no : compare(*before, after);
            if (same == Same::no || (same == Same::unknown && is_dropped(after))) {
                add(before, after);
            } else if (same == Same::unknown) {
                ++result.unknown;
            }
        }
        if (diff_.changes.empty()) return result;
        forecast();
        result.servers.push_back(std::move(diff_));
        return result;
    }

private:
    // The last import set it and the next one does not: a change of ours, whatever the default is.
    [[nodiscard]] bool is_dropped(const HeldSetting& after) const {
        const auto found = base_.find(after.path);
        return after.known == HeldSetting::Known::unstated_default && found != base_.end() &&
               found->second->known != HeldSetting::Known::unstated_default;
    }

    [[nodiscard]] Cause cause(const HeldSetting* before, const HeldSetting& after) const {
        if (!has_base_) return Cause::not_known;
        const auto found = base_.find(after.path);
        const auto is_base = [&](const HeldSetting* one) {
            const bool none = found == base_.end();
            if (one == nullptr || none) return one == nullptr && none;
            return compare(*one, *found->second) == Same::yes;
        };
        if (before != nullptr && is_dropped(after))
            return compare(*before, *found->second) == Same::no ? Cause::both : Cause::by_us;
        if (is_base(&after)) return Cause::by_hand;
        return is_base(before) ? Cause::by_us : Cause::both;
    }

    void add(const HeldSetting* before, const HeldSetting& after) {
        Change& change = diff_.changes.emplace_back();
        change.kind = before == nullptr ? ChangeKind::added : ChangeKind::changed;
        change.role = Role::config;
        change.file = file_;
        change.path = shown_path(after);
        change.pattern = change.path;
        if (before != nullptr)
            change.before = after.masked.empty() ? shown(*before) : std::string(hidden_text);
        change.after = shown(after);
        const Cause why = cause(before, after);
        if (!not_fetched_.empty()) {
            change.effects.push_back({.kind = EffectKind::ignored,
                                      .text = "not fetched, so it stays: " + std::string(not_fetched_)});
            ++counts_[why];
            return;
        }
        const bool undone = why == Cause::by_hand || why == Cause::both;
        change.effects.push_back(
            {.kind = undone ? EffectKind::to_default : EffectKind::told, .text = std::string(to_text(why))});
        ++counts_[why];
    }

    void forecast() {
        std::string text;
        const auto say = [&](Cause why, std::string_view what) {
            if (counts_[why] == 0) return;
            text += fmt::format("{}{} {}", text.empty() ? "" : "; ", counts_[why], what);
        };
        if (!not_fetched_.empty()) text = "not fetched";
        say(Cause::both, "changed by hand and by us");
        say(Cause::by_hand, "changed by hand");
        say(Cause::by_us, "changed by us");
        say(Cause::not_known, counts_[Cause::not_known] == 1 ? "setting differs" : "settings differ");
        auto rank = static_cast<std::size_t>(EffectKind::no_restart);
        for (const Change& change : diff_.changes)
            rank = std::min(rank, static_cast<std::size_t>(change.effects.front().kind));
        diff_.forecast = {.rank = rank, .text = std::move(text), .notice = {}, .notice_pattern = {}};
    }

    ByPath held_;
    std::vector<HeldSetting> after_;
    std::vector<HeldSetting> based_;
    ByPath base_;
    bool has_base_ = false;
    std::string_view not_fetched_;  // why the server does not import what it is told; empty: it does
    std::string file_;
    ServerDiff diff_;
    std::map<Cause, std::size_t> counts_;
};

}  // namespace

Comparison compare_drift(const std::vector<HeldSetting>& held, const Server& told, const Server* base) {
    Drift drift(held, told);
    if (base != nullptr) drift.set_base(held, *base);
    return drift.run();
}

}  // namespace dectprov
