// SPDX-License-Identifier: MIT
#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "analysis/conclude.hpp"
#include "catalog/explanation.hpp"
#include "diag/explain.hpp"
#include "doc/mask.hpp"
#include "doc/secret.hpp"
#include "editor/diagnostics.hpp"
#include "editor/features.hpp"
#include "editor/places.hpp"
#include "editor/spot.hpp"
#include "editor/variables.hpp"
#include "load/known_keys.hpp"
#include "rules/families.hpp"

namespace dectprov {
namespace {

constexpr int heading_level = 3;

std::string page(const View& view, const Explanation& explanation) {
    return view.markdown ? to_markdown(explanation, heading_level) : to_text(explanation);
}

// What the rules say that found something at this place, each once.
std::string of_findings(const View& view, const Cursor& cursor) {
    std::string text;
    std::set<const Rule*> told;
    for (const Finding& finding : cursor.document.findings) {
        const FindingBytes bytes = bytes_of(finding, cursor.document.text);
        if (cursor.offset < bytes.begin || cursor.offset > bytes.end) continue;
        if (!told.insert(finding.rule).second) continue;
        text += page(view, explain(*finding.rule)) + "\n";
    }
    return text;
}

std::string of_spot(const View& view, const Spot& spot) {
    if (spot.part != Spot::Part::name && spot.part != Spot::Part::value) return {};
    if (spot.entry != EntryId::none) return page(view, explain(*spot.catalog, spot.entry));
    if (spot.path.empty()) return {};
    const Json schema = schema_of(spot.kind, *spot.catalog);
    const Json& description = member(referred_schema(schema, schema_at(schema, spot.path)), "description");
    if (!description.is_string()) return {};
    const auto& words = description.get_ref<const std::string&>();
    const std::string& key = spot.path.back();
    return view.markdown ? fmt::format("### `{}`\n\n{}\n", key, words)
                         : fmt::format("{}\n  {}\n", key, words);
}

// The rule whose id stands at a place: in a comment that suppresses it, or in a configuration with its
// severity.
std::string of_rule(const View& view, const Cursor& cursor, const Spot& spot) {
    std::string_view id;
    if (spot.kind == TextKind::config_file && spot.path.size() > 1 &&
        spot.path[spot.path.size() - 2] == "rules") {
        id = spot.path.back();
    } else if (spot.part == Spot::Part::comment) {
        constexpr std::string_view parts = " \t,:";
        const std::string_view comment =
            std::string_view(cursor.document.text.text()).substr(spot.begin, spot.end - spot.begin);
        const std::size_t at = cursor.offset - spot.begin;
        const std::size_t before = at == 0 ? std::string_view::npos : comment.find_last_of(parts, at - 1);
        const std::size_t begin = before == std::string_view::npos ? 0 : before + 1;
        id = comment.substr(begin, std::min(comment.find_first_of(parts, begin), comment.size()) - begin);
    }
    const Rule* rule = find_rule(id);
    return rule == nullptr ? std::string() : page(view, explain(*rule));
}

// What a line of the list of groups says, and whom it concerns.
std::string of_group_line(const View& view, const Cursor& cursor, const Spot& spot) {
    if (spot.kind != TextKind::group_list) return {};
    const auto group = group_at(view, cursor.document, cursor.offset);
    if (!group) return {};
    std::size_t users = 0;
    for (const GroupPlace& place : group_places(view, cursor.document))
        users += place.number == group->number && place.role == GroupPlace::Role::user ? 1 : 0;
    const bool is_there = groups_of(view, cursor.document).contains(group->number);
    return fmt::format(
        "{}handset group {}\n\n- version: the server sends the group when it is another one\n- file: {}\n- "
        "users of this server: {}\n",
        view.markdown ? "### " : "", group->number, is_there ? "there" : "missing", users);
}

// Whether the value that stands behind a name is one that no output shows.
bool is_masked(const LineText& text, const VariablePlace& name) {
    SourceSet sources;
    const FileId file = sources.add(name.at.path, text.text());
    const std::size_t line = text.line_of(name.at.begin);
    std::size_t begin = name.at.end;
    std::size_t end = text.line_start(line) + text.line(line).size();
    // Others may stand on the same line. A value that is written otherwise than it reads is taken for all of
    // it.
    if (const std::size_t at = text.text().find(name.value, begin); !name.value.empty() && at < end) {
        begin = at;
        end = std::min(end, at + name.value.size());
    }
    return std::ranges::any_of(secrets(sources, file, Syntax::yaml, {.keys = names_of_description_keys()}),
                               [&](const Span& span) { return span.begin < end && span.end > begin; });
}

// Whether one of the places where a variable is used is in a text that no output shows.
bool is_used_in_secret(const View& view, const std::vector<VariablePlace>& places) {
    std::map<std::string_view, std::vector<Span>> masked;
    for (const VariablePlace& place : places) {
        if (place.at.defines) continue;
        const auto [known, fresh] = masked.try_emplace(place.at.path);
        const auto text = fresh ? view.workspace.text_of(place.at.path) : std::nullopt;
        if (text) {
            SourceSet sources;
            const FileId file = sources.add(place.at.path, text->text());
            known->second =
                secrets(sources, file, syntax_of(place.at.path), {.keys = names_of_description_keys()});
        }
        const auto holds = [&](const Span& span) {
            return span.begin < place.at.end && span.end > place.at.begin;
        };
        if (std::ranges::any_of(known->second, holds)) return true;
    }
    return false;
}

// The values that a variable is given, and where.
std::string of_variable(const View& view, const Cursor& cursor, const Spot& spot) {
    const auto variable = variable_at(view, cursor.document, spot, cursor.offset);
    if (!variable) return {};
    std::string text;
    const std::vector<VariablePlace> places = variable_places(view, cursor.document, variable->name);
    const bool of_secret = is_secret_name(variable->name) || is_used_in_secret(view, places);
    for (const VariablePlace& place : places) {
        const auto in = place.at.defines ? view.workspace.text_of(place.at.path) : std::nullopt;
        if (!in) continue;
        const std::string where =
            fmt::format("{}, line {}", base_name(place.at.path), in->line_of(place.at.begin) + 1);
        if (place.is_column) {
            text += fmt::format("- `{}` is a column of a table ({})\n", variable->name, where);
            continue;
        }
        const bool secret = of_secret || is_masked(*in, place);
        const std::string_view value = secret ? secret_stars : std::string_view(place.value);
        text += fmt::format("- `{}` is `{}` ({})\n", variable->name, value, where);
    }
    return text.empty() ? fmt::format("- `{}` is not set\n", variable->name) : text;
}

}  // namespace

Json hover(const View& view, const Json& params) {
    const Cursor cursor = cursor_of(view, params);
    const Spot spot = spot_at(view, cursor.document, cursor.offset);
    std::string text = of_findings(view, cursor) + of_variable(view, cursor, spot) +
                       of_group_line(view, cursor, spot) + of_rule(view, cursor, spot) + of_spot(view, spot);
    if (text.empty()) return nullptr;
    Json answer{{"contents", markup(view, std::move(text))}};
    if (spot.end > spot.begin && cursor.offset >= spot.begin && cursor.offset <= spot.end)
        answer["range"] = view.json(cursor.document.text, spot.begin, spot.end);
    return answer;
}

}  // namespace dectprov
