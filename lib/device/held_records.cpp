// SPDX-License-Identifier: MIT
#include "device/held_records.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <string_view>
#include <utility>

#include "catalog/entries.hpp"
#include "compare/values.hpp"
#include "doc/read_xml.hpp"
#include "doc/secret.hpp"
#include "doc/ver_list.hpp"
#include "source/encoding.hpp"
#include "source/failure.hpp"

namespace dectprov {
namespace {

// The name of the first tag; "" for a text that is no XML.
std::string_view first_tag(std::string_view text) {
    for (std::size_t at = text.find('<'); at != std::string_view::npos; at = text.find('<', at + 1)) {
        const std::string_view rest = text.substr(at + 1);
        if (rest.starts_with('?') || rest.starts_with('!')) continue;
        return rest.substr(0, rest.find_first_of(" \t\r\n/>"));
    }
    return {};
}

std::string_view value_of(const Tree& tree, NodeIndex section, EntryId id) {
    for (NodeIndex node = tree.first(section); node < tree.after(section); node = tree.after(node)) {
        if (tree.entry(node) == id) return tree.value(node);
    }
    return {};
}

// What a user is called: its name, else its local number, else its place in the list.
std::string name_of(const Tree& users, NodeIndex user, std::size_t number) {
    for (const EntryId id : {entry("users.user.username"), entry("users.user.localno")}) {
        const std::string_view name =
            users.has_children(user) ? value_of(users, user, id) : std::string_view();
        if (!name.empty()) return std::string(name);
    }
    return fmt::format("#{}", number);
}

std::vector<HeldSetting> users_of(const Tree& users) {
    std::vector<HeldSetting> all;
    if (users.empty() || !users.has_children(0)) return all;
    std::size_t number = 0;
    for (NodeIndex user = users.first(0); user < users.after(0); user = users.after(user)) {
        if (users.entry(user) != entry("users.user")) continue;
        const std::string name = name_of(users, user, ++number);
        const std::string above = fmt::format("user[{}]", name);
        const std::string shown_above = fmt::format("user[{}]", shown_label(name));
        for (const Leaf& leaf : leaves(users, user)) {
            if (leaf.path.find('#') == std::string::npos)
                all.push_back(held_setting(leaf, above, shown_above));
        }
    }
    return all;
}

std::vector<HeldSetting> group_of(const Tree& group) {
    std::vector<HeldSetting> all;
    const NodeIndex data = group.empty() ? Tree::none : group.find(entry("cota.data"));
    if (data == Tree::none) return all;
    for (const Leaf& leaf : leaves(group, data)) {
        if (leaf.path.find('#') == std::string::npos) all.push_back(held_setting(leaf, "data", "data"));
    }
    return all;
}

// A text of an import over those that are held.
std::vector<HeldSetting> laid_over(std::vector<HeldSetting> held, std::vector<HeldSetting> brought) {
    for (HeldSetting& one : brought) {
        const auto found = std::ranges::find(held, one.path, &HeldSetting::path);
        if (found == held.end()) {
            held.push_back(std::move(one));
        } else {
            *found = std::move(one);
        }
    }
    return held;
}

std::optional<std::uint32_t> number_in(std::string_view text) {
    std::uint32_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size() || text.empty()) return std::nullopt;
    return number;
}

std::uint32_t number_of(const Tree& group, const std::string& name) {
    const NodeIndex node = group.find(entry("cota.info.group"));
    const auto number = number_in(node == Tree::none ? std::string_view() : group.value(node));
    if (!number) throw Failure(fmt::format("{}: info.group does not say which group this is", name));
    return *number;
}

}  // namespace

std::optional<HeldRecords> read_records(const std::string& name, std::string bytes, const Catalog& catalog) {
    std::string text = decode_xml(std::move(bytes)).text;
    const std::string_view root = first_tag(text);
    const bool users = root == "users";
    if (!users && root != "cota") return std::nullopt;
    SourceSet sources;
    Report report;
    const FileId file = sources.add(name, std::move(text));
    const XmlDocument document =
        read_xml(sources, file, catalog, users ? entry("users") : entry("cota"), report);
    if (document.state != Reading::good) {
        const Diagnostic& fault = report.all().front();
        const Position at = sources.position(file, fault.place.span.begin);
        throw Failure(fmt::format("{}:{}:{}: {}", name, at.line, at.column, fault.message));
    }
    if (users) return HeldRecords{.group = {}, .settings = users_of(document.tree)};
    const NodeIndex version = document.tree.find(entry("cota.info.version"));
    return HeldRecords{.group = number_of(document.tree, name),
                       .settings = group_of(document.tree),
                       .version = std::string(version == Tree::none ? "" : document.tree.value(version))};
}

std::string why_not_sent(const HeldRecords& held, const Server& server) {
    const auto group = std::ranges::find(server.groups, held.group, &HandsetGroup::number);
    if (group == server.groups.end()) return {};
    // Whether a group is sent is told by the list alone, where it is known.
    const VersionLine* listed = nullptr;
    if (server.list) {
        for (const VersionLine& line : server.list->lines) {
            if (number_in(line.group) == held.group) listed = &line;
        }
        if (listed == nullptr && server.list->complete)
            return fmt::format("group {} is not in the list", *held.group);
    }
    const NodeIndex node = group->tree.find(entry("cota.info.version"));
    if (held.version.empty() || node == Tree::none || group->tree.is_opaque(node)) return {};
    const std::string_view version = listed != nullptr ? listed->version : group->tree.value(node);
    if (!same_version(version, held.version)) return {};
    return fmt::format("the version of group {} is still {}", *held.group, shown_label(version));
}

std::vector<HeldSetting> after_import(const HeldRecords& held, const Server& server, std::string_view what) {
    if (!held.group) {
        if (!server.users) throw Failure(fmt::format("{} has no users", what));
        return users_of(*server.users);
    }
    const auto group = std::ranges::find(server.groups, *held.group, &HandsetGroup::number);
    if (group == server.groups.end()) throw Failure(fmt::format("{} has no group {}", what, *held.group));
    if (!why_not_sent(held, server).empty()) return held.settings;
    return laid_over(held.settings, group_of(group->tree));
}

}  // namespace dectprov
