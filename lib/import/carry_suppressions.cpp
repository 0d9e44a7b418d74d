// SPDX-License-Identifier: MIT
#include "import/carry_suppressions.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "model/identity.hpp"
#include "source/files.hpp"

namespace dectprov {
namespace {

// "config sip.dtmf.duration", "users user[2].ipei", "100 data.vibrate.active": of a finding in a file.
std::string place_in_file(const Finding& finding) {
    const FileName name = read_name(base_name(finding.file));
    switch (name.role) {
        case Role::config:
            return "config " + finding.path;
        case Role::users:
            return "users " + finding.path;
        case Role::group:
            return fmt::format("{} {}", name.group, finding.path);
        case Role::none:
        case Role::list:
        case Role::site:
            return {};
    }
    return {};
}

// `path` without `start` and the dot behind it, where it is that or below it.
std::optional<std::string_view> below(std::string_view path, std::string_view start) {
    if (!path.starts_with(start)) return std::nullopt;
    path.remove_prefix(start.size());
    if (path.empty()) return path;
    return path.front() == '.' ? std::optional(path.substr(1)) : std::nullopt;
}

std::string joined(std::string_view section, std::string_view rest) {
    return rest.empty() ? std::string(section) : fmt::format("{}.{}", section, rest);
}

// The same of a finding in a description, whose path begins with "servers[1]".
std::string place_in_site(const Finding& finding) {
    const std::size_t dot = std::min(finding.path.find('.'), finding.path.size());
    const std::string_view path =
        std::string_view(finding.path).substr(std::min(dot + 1, finding.path.size()));
    if (const auto setting = below(path, "settings")) return fmt::format("config {}", *setting);
    if (path.starts_with("users[")) return fmt::format("users user{}", path.substr(5));
    const auto group = below(path, "handset_groups");
    if (!group) return {};
    const std::string_view number = group->substr(0, group->find('.'));
    const std::string_view rest = group->substr(std::min(number.size() + 1, group->size()));
    if (const auto setting = below(rest, "settings"))
        return fmt::format("{} {}", number, joined("data", *setting));
    return fmt::format("{} {}", number, joined("info", rest));
}

std::string on_one_line(std::string text) {
    std::ranges::replace_if(
        text, [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
    return text;
}

}  // namespace

CarriedSuppressions::CarriedSuppressions(const std::vector<Finding>& suppressed,
                                         const std::vector<Finding>& open) {
    for (const Finding& finding : suppressed) {
        if (!finding.suppression) continue;
        const RelatedPlace& comment = *finding.suppression;
        const Suppression suppression{.comment = {comment.file, comment.begin}, .reason = comment.message};
        comments_.insert(suppression.comment);
        const std::string rule(finding.rule->id);
        by_place_.emplace(Key{rule, finding.server, place_in_file(finding)}, suppression);
        by_rule_.emplace(std::pair(rule, finding.server), suppression);
    }
    for (const Finding& finding : open) by_rule_.erase({std::string(finding.rule->id), finding.server});
}

const CarriedSuppressions::Suppression* CarriedSuppressions::find(const Finding& finding) const {
    const std::string rule(finding.rule->id);
    const auto place = by_place_.find(Key{rule, finding.server, place_in_site(finding)});
    if (place != by_place_.end()) return &place->second;
    // A finding about several settings stands at one of them here and at another there.
    const auto any = by_rule_.find({rule, finding.server});
    return any == by_rule_.end() ? nullptr : &any->second;
}

std::string CarriedSuppressions::put(std::string_view path, const std::string& text,
                                     const std::vector<Finding>& found) {
    struct Line {
        std::vector<std::string_view> rules;
        std::vector<std::string_view> reasons;
    };
    const auto add = [](std::vector<std::string_view>& to, std::string_view one) {
        if (!one.empty() && std::ranges::find(to, one) == to.end()) to.push_back(one);
    };
    std::map<std::uint32_t, Line> lines;
    for (const Finding& finding : found) {
        const Suppression* suppression = finding.file == path ? find(finding) : nullptr;
        if (suppression == nullptr) continue;
        add(lines[finding.begin.line].rules, finding.rule->id);
        add(lines[finding.begin.line].reasons, suppression->reason);
        put_.insert(suppression->comment);
    }
    std::string out;
    std::uint32_t number = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        out.append(text, at, end - at);
        if (const auto line = lines.find(++number); line != lines.end()) {
            out += fmt::format("  # dectprov-disable-line {}", fmt::join(line->second.rules, ", "));
            if (!line->second.reasons.empty())
                out += on_one_line(fmt::format(": {}", fmt::join(line->second.reasons, "; ")));
        }
        out += '\n';
        at = end + 1;
    }
    return out;
}

const std::pair<std::string, Position>* CarriedSuppressions::comment_of(const Finding& found) const {
    const Suppression* const suppression = find(found);
    return suppression == nullptr ? nullptr : &suppression->comment;
}

bool CarriedSuppressions::has_put(const std::string& file, Position begin) const {
    return put_.contains({file, begin});
}

}  // namespace dectprov
