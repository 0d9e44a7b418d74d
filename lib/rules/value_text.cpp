// SPDX-License-Identifier: MIT
#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "catalog/byte_scan.hpp"
#include "catalog/characters.hpp"
#include "catalog/placeholder.hpp"
#include "catalog/value_kinds.hpp"
#include "doc/secret.hpp"
#include "rules/groups.hpp"
#include "rules/settings.hpp"

namespace dectprov {

namespace {

void check_control(const UserView& user, Report& report);
UserWalk check_user_placeholders(const Server& server, Report& report);
void check_placeholders(const Server& server, Report& report);

constexpr Rule control{
    .id = "value/control",
    .severity = Severity::warning,
    .summary = "a line break or a tab in a text of a user, or a backslash at the end of a display name",
    .why =
        "Names and passwords are sent in SIP messages as quoted strings. A quoted string cannot contain a "
        "line break, and it ends at a quote without a backslash before it. Calls of such a user may fail "
        "without an error message.",
    .origin =
        "RFC 3261, section 25.1; https://github.com/poroh/ersip/pull/70; "
        "https://github.com/team-telnyx/freeswitch/pull/589; guide line 1929, 1936, 1938",
    .example = Example::users,
    .bad = R"(<users>
  <user>
    <username>9997</username>
    <displayname>Solveig«
»Rank</displayname>
  </user>
  <user>
    <username>9998</username>
    <displayname>Ward 7«\»</displayname>
  </user>
</users>
)",
    .good = R"(<users>
  <user>
    <username>9997</username>
    <displayname>Solveig Rank</displayname>
  </user>
  <user>
    <username>9998</username>
    <displayname>Ward 7</displayname>
  </user>
</users>
)",
    .check = {.user = check_control}};

constexpr Rule placeholder{
    .id = "value/placeholder",
    .severity = Severity::warning,
    .summary = "a placeholder of a template that was not replaced",
    .why =
        "A placeholder that the template did not replace is sent to the server as it is. The same is true "
        "for the row of stars that another system shows instead of a password.",
    .origin = "the marks of common templates; guide line 1936, 1938",
    .example = Example::users,
    .bad = R"(<users>
  <user>
    <username>9997</username>
    <displayname>«{{ displayname }}»</displayname>
  </user>
</users>
)",
    .good = R"(<users>
  <user>
    <username>9997</username>
    <displayname>Solveig Rank</displayname>
  </user>
</users>
)",
    .check = {.server = check_placeholders, .users = check_user_placeholders}};

// ---- value/control

std::string_view name_of_control(char c) {
    if (c == '\n' || c == '\r') return "a line break";
    return c == '\t' ? "a tab" : "a control character";
}

void report_control(const UserView& user, NodeIndex node, std::size_t at, Report& report) {
    const Tree& tree = user.tree;
    const std::string_view value = tree.value(node);
    const bool backslash = value[at] == '\\';
    Place place = tree.value_place(node);
    // Of a secret nothing but its beginning is marked.
    if (!tree.catalog().has(tree.entry(node), Trait::secret))
        place.span = tree.text_span(node, value_offset(tree, node) + at, 1);
    report.add(control, std::move(place),
               backslash
                   ? fmt::format("a backslash at the end of '{}' removes the closing quote", tree.name(node))
                   : fmt::format("{} in '{}'", name_of_control(value[at]), tree.name(node)),
               backslash ? "remove it" : "write it in one line, with spaces");
}

void check_control(const UserView& user, Report& report) {
    for (const EntryId id : {entry("users.user.displayname"), entry("users.user.standbytext"),
                             entry("users.user.authpassword")}) {
        const std::string_view value = user.value(id);
        const std::size_t at = find_control(value, 0);
        if (at < value.size()) {
            report_control(user, user.field(id), at, report);
            continue;
        }
        if (id != entry("users.user.displayname") || !value.ends_with('\\')) continue;
        // Two of them are one that is meant.
        const std::size_t others = value.find_last_not_of('\\');
        const std::size_t count = value.size() - (others == std::string_view::npos ? 0 : others + 1);
        if (count % 2 == 1) report_control(user, user.field(id), value.size() - 1, report);
    }
}

// ---- value/placeholder

// Whether a text has a character of a placeholder: nearly none has.
bool may_be_placeholder(std::string_view value) { return find_any<'{', '%', '*'>(value, 0) < value.size(); }

// Whether a text has stars alone between white space or tags.
bool has_stars(std::string_view text) {
    for (std::size_t at = text.find('*'); at != std::string_view::npos;) {
        const std::size_t end = std::min(text.find_first_not_of('*', at), text.size());
        const bool begins = at == 0 || text[at - 1] == '>' || is_white(text[at - 1]);
        if (begins && (end == text.size() || text[end] == '<' || is_white(text[end]))) return true;
        at = text.find('*', end);
    }
    return false;
}

// Whether any value can be one, by a look at the whole file at once: nearly no file has such marks. The texts
// of a description come from several sources, and what is written with references or comments has no look of
// its own.
bool may_hold_placeholder(const Tree& tree) {
    if (!tree.is_xml() || tree.empty() || tree.has_decoded()) return !tree.empty();
    const std::string_view text = tree.sources().text(tree.file());
    const auto opens = [text](const PlaceholderMarks& one) {
        return text.find(one.open) != std::string_view::npos;
    };
    return std::ranges::any_of(placeholder_marks, opens) || has_stars(text);
}

bool is_open(const Catalog& catalog, EntryId id) {
    return !catalog.is_section(id) && row(catalog.type(id).kind).is_open;
}

// Of a value that takes any text.
void check_placeholder(const Tree& tree, NodeIndex node, Report& report) {
    const std::string_view value = tree.value(node);
    if (!may_be_placeholder(value)) return;
    const EntryId id = tree.entry(node);
    const Catalog& catalog = tree.catalog();
    const bool secret = catalog.has(id, Trait::secret);
    const bool stars = secret && value.find_first_not_of('*') == std::string_view::npos;
    const Placeholder found = stars ? Placeholder() : find_placeholder(value, tree.is_xml());
    if ((!stars && found.empty()) || is_unclear(tree, node)) return;
    if (stars) {
        report.add(
            placeholder, tree.value_place(node),
            fmt::format("'{}' is only stars: what a system shows instead of the text", tree.name(node)),
            "write the intended text");
        return;
    }
    if (dectprov::check(catalog.type(id), value)) return;
    Place place = tree.value_place(node);
    const bool shown = !is_secret(tree, node) && !catalog.has(id, Trait::credential);
    if (shown)
        place.span = tree.text_span(node, value_offset(tree, node) + found.begin, found.end - found.begin);
    report.add(placeholder, std::move(place),
               shown ? fmt::format("the placeholder '{}' in '{}' was not replaced",
                                   value.substr(found.begin, found.end - found.begin), tree.name(node))
                     : fmt::format("a placeholder in '{}' was not replaced", tree.name(node)),
               "write the intended text");
}

void check_tree(const Server& server, const Tree& tree, Report& report) {
    if (!may_hold_placeholder(tree)) return;
    for (NodeIndex node = 0; node < tree.size();) {
        if (const Tree::Fragment* const ready = tree.fragment(node)) {
            node = ready->end;
            continue;
        }
        const EntryId id = tree.entry(node);
        if (id == EntryId::none || lacks(server, tree.catalog(), id)) {
            node = tree.after(node);
            continue;
        }
        if (!tree.has_children(node) && is_open(tree.catalog(), id)) check_placeholder(tree, node, report);
        ++node;
    }
}

void check_placeholders(const Server& server, Report& report) {
    if (server.config) check_tree(server, *server.config, report);
    for (const HandsetGroup& group : fetched_groups(server)) check_tree(server, group.tree, report);
}

UserWalk check_user_placeholders(const Server& server, Report& report) {
    if (!may_hold_placeholder(*server.users)) return {};
    constexpr EntryId user_id = entry("users.user");
    const Catalog& catalog = server.users->catalog();
    std::vector<EntryId> open;
    for (auto id = static_cast<std::size_t>(user_id); id < static_cast<std::size_t>(catalog[user_id].after);
         ++id) {
        if (is_open(catalog, static_cast<EntryId>(id))) open.push_back(static_cast<EntryId>(id));
    }
    return {.visit = [&report, open](const UserView& user) {
        for (const EntryId id : open) {
            const NodeIndex field = user.field(id);
            if (field != Tree::none && user.tree.entry(field) != EntryId::none)
                check_placeholder(user.tree, field, report);
        }
    }};
}

}  // namespace

std::span<const Rule* const> value_text_rules() {
    static constexpr const Rule* rows[] = {&control, &placeholder};
    return rows;
}

}  // namespace dectprov
