// SPDX-License-Identifier: MIT
#include "editor/spot.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "catalog/characters.hpp"
#include "catalog/entries.hpp"
#include "doc/csv.hpp"
#include "doc/yaml.hpp"
#include "editor/lint_inputs.hpp"
#include "editor/table_columns.hpp"
#include "editor/xml_outline.hpp"
#include "editor/yaml_outline.hpp"
#include "load/schemas.hpp"
#include "load/site_keys.hpp"
#include "rules/families.hpp"

namespace dectprov {
namespace {

// A place in a description below which names are those of the catalogue: the keys down to it, '*' for any.
struct Branch {
    std::array<std::string_view, 3> keys;
    EntryId entry;
};
constexpr std::array branches{
    Branch{.keys = {"settings"}, .entry = entry("config")},
    Branch{.keys = {"users"}, .entry = entry("users.user")},
    Branch{.keys = {"handset_groups", "*", "settings"}, .entry = entry("cota.data")},
};

// What the catalogue calls a path of keys of a description.
EntryId entry_of(const Catalog& catalog, const std::vector<std::string>& path) {
    if (path.empty() || (path.front() != "servers" && path.front() != "defaults")) return EntryId::none;
    for (const Branch& branch : branches) {
        std::size_t at = 1;
        bool fits = true;
        for (const std::string_view key : branch.keys) {
            if (key.empty() || !fits) continue;
            fits = at < path.size() && (key == "*" || key == path[at]);
            ++at;
        }
        if (!fits) continue;
        EntryId id = branch.entry;
        // What a table of users gives every row are fields too.
        if (branch.entry == entry("users.user") && at < path.size() && path[at] == "set") ++at;
        for (; at < path.size(); ++at) id = catalog.child(id, path[at]);
        return id;
    }
    return EntryId::none;
}

void in_xml(const Document& document, std::size_t offset, Spot& spot) {
    const std::string_view text = document.text.text();
    const XmlOutline outline = outline_xml(text);
    for (const auto& comment : outline.comments) {
        if (offset > comment.begin && offset < comment.end) {
            spot.part = Spot::Part::comment;
            spot.begin = comment.begin;
            spot.end = comment.end;
            return;
        }
    }
    const std::size_t at = outline.at(offset);
    if (at != XmlElement::none) {
        const XmlElement& element = outline.elements[at];
        const bool in_tag = offset > element.begin &&
                            offset < std::max(element.content, element.name_begin + element.name.size() + 1);
        const bool in_end = element.closed && offset > element.content_end && offset < element.end;
        if (in_tag || in_end) {
            spot.part = Spot::Part::name;
            spot.begin = in_tag ? element.name_begin : std::min(element.content_end + 2, element.end);
            spot.end = in_tag ? spot.begin + element.name.size()
                              : std::min(spot.begin + element.name.size(), element.end);
            spot.entry = outline.entry(*spot.catalog, at);
            spot.section = outline.entry(*spot.catalog, element.parent);
            spot.is_root = element.parent == XmlElement::none;
            return;
        }
    }
    const std::size_t around = outline.around(offset);
    // "<" alone is the begin of a name.
    if (offset > 0 && text[offset - 1] == '<') {
        spot.part = Spot::Part::name;
        spot.begin = spot.end = offset;
        spot.section = outline.entry(*spot.catalog, around);
        spot.is_root = around == XmlElement::none;
        return;
    }
    if (around == XmlElement::none) {
        spot.part = Spot::Part::name;
        spot.begin = spot.end = offset;
        spot.is_root = true;
        return;
    }
    const XmlElement& element = outline.elements[around];
    const EntryId id = outline.entry(*spot.catalog, around);
    if (element.has_children || (id != EntryId::none && spot.catalog->is_section(id))) {
        spot.part = Spot::Part::name;
        spot.begin = spot.end = offset;
        spot.section = id;
        return;
    }
    spot.part = Spot::Part::value;
    spot.entry = id;
    const std::size_t line_end = text.find_first_of("\r\n", element.content);
    spot.begin = element.content;
    spot.end = element.closed ? element.content_end : std::min({element.content_end, line_end, text.size()});
    while (spot.begin < spot.end && is_white(text[spot.begin])) ++spot.begin;
    while (spot.end > spot.begin && is_white(text[spot.end - 1])) --spot.end;
    if (offset < spot.begin || offset > spot.end) spot.begin = spot.end = offset;
}

void in_yaml(const Document& document, std::size_t offset, Spot& spot) {
    const std::string_view text = document.text.text();
    const YamlSpot found = yaml_spot(text, offset);
    for (const YamlSpot::Step& step : found.path) {
        if (step.item == 0) spot.path.emplace_back(step.key);
    }
    spot.begin = found.begin;
    spot.end = found.end;
    spot.behind_colon = found.behind_colon;
    const auto entry_at = [&](const std::vector<std::string>& path) {
        return spot.kind == TextKind::description ? entry_of(*spot.catalog, path) : EntryId::none;
    };
    switch (found.part) {
        case YamlSpot::Part::none:
            return;
        case YamlSpot::Part::comment:
            spot.part = Spot::Part::comment;
            return;
        case YamlSpot::Part::key:
            spot.part = Spot::Part::name;
            spot.section = entry_at(spot.path);
            spot.path.emplace_back(text.substr(found.begin, found.end - found.begin));
            spot.entry = entry_at(spot.path);
            return;
        case YamlSpot::Part::value:
            spot.part = Spot::Part::value;
            spot.entry = entry_at(spot.path);
            return;
    }
}

void in_table(const View& view, const Document& document, std::size_t offset, Spot& spot) {
    SourceSet sources;
    const FileId file = sources.add(document.path, document.text.text());
    CsvReader reader(sources, file);
    const TableColumns columns = table_columns(view, document.path, reader.header());
    if (!columns.of_servers) spot.section = entry("users.user");
    const auto here = [&](const CsvField& field) {
        return offset >= field.span.begin && offset <= field.span.end;
    };
    const auto take = [&](const CsvField& field, std::string_view heading, Spot::Part part) {
        spot.part = part;
        spot.begin = field.span.begin;
        spot.end = field.span.end;
        spot.entry = columns.entry_of(*spot.catalog, heading);
        if (!columns.of_servers || spot.entry != EntryId::none) return;
        const std::string_view name = columns.name(heading);
        if (name.starts_with("var.")) {
            spot.path = {"vars"};
        } else {
            spot.path = {"servers", std::string(name)};
        }
    };
    for (const CsvField& field : reader.header()) {
        if (here(field)) return take(field, field.text, Spot::Part::name);
    }
    // A column that has no name yet is left out by the reader.
    if (document.text.line_of(offset) == document.text.line_of(csv_dialect(document.text.text()).begin)) {
        spot.part = Spot::Part::name;
        spot.begin = spot.end = offset;
        return;
    }
    for (std::vector<CsvField> row; reader.next(row);) {
        for (std::size_t i = 0; i < std::min(row.size(), reader.header().size()); ++i) {
            if (here(row[i])) return take(row[i], reader.header()[i].text, Spot::Part::value);
        }
        if (!row.empty() && row.front().span.begin > offset) return;
    }
}

}  // namespace

TextKind kind_of(const Document& document) {
    const std::string_view name = base_name(document.path);
    if (name == config_file_name) return TextKind::config_file;
    if (is_yaml_name(name))
        return is_description(document.text.text()) || document.text.text().empty() ? TextKind::description
                                                                                    : TextKind::none;
    if (name.ends_with(".csv")) return TextKind::table;
    if (name.ends_with(".ver"))
        return read_name(name).role == Role::list ? TextKind::group_list : TextKind::none;
    return name.ends_with(".xml") ? TextKind::xml : TextKind::none;
}

Spot spot_at(const View& view, const Document& document, std::size_t offset) {
    Spot spot;
    spot.kind = kind_of(document);
    spot.catalog = &catalog_of(view.workspace.config_of(document.path));
    switch (spot.kind) {
        case TextKind::xml:
            in_xml(document, offset, spot);
            break;
        case TextKind::description:
        case TextKind::config_file:
            in_yaml(document, offset, spot);
            break;
        case TextKind::table:
            in_table(view, document, offset, spot);
            break;
        case TextKind::group_list:
        case TextKind::none:
            break;
    }
    return spot;
}

Json schema_of(TextKind kind, const Catalog& catalog) {
    if (kind == TextKind::description || kind == TextKind::table) return Json::parse(site_schema(catalog));
    if (kind != TextKind::config_file) return {};
    std::vector<std::string_view> ids;
    for (const Rule* rule : all_rules()) ids.push_back(rule->id);
    return Json::parse(config_file_schema(ids));
}

const Json& referred_schema(const Json& whole, const Json& schema) {
    const Json& reference = member(schema, "$ref");
    constexpr std::string_view local = "#/definitions/";
    if (!reference.is_string()) return schema;
    const std::string_view name = reference.get_ref<const std::string&>();
    return member(member(whole, "definitions"), name.substr(std::min(local.size(), name.size())));
}

const Json& resolved_schema(const Json& whole, const Json& schema) {
    const Json* at = &referred_schema(whole, schema);
    // A list of lists is as far as it goes.
    constexpr int most = 4;
    for (int steps = 0; steps < most && member(*at, "items").is_object(); ++steps)
        at = &referred_schema(whole, member(*at, "items"));
    return *at;
}

namespace {

const Json& key_of(const Json& whole, const Json& schema, const std::string& key) {
    const Json& mapping = resolved_schema(whole, schema);
    if (const Json& found = member(member(mapping, "properties"), key); !found.is_null()) return found;
    const Json& patterns = member(mapping, "patternProperties");
    if (patterns.is_object() && !patterns.empty()) return patterns.front();
    const Json& others = member(mapping, "additionalProperties");
    if (others.is_object()) return others;
    for (const std::string_view choice : {"anyOf", "oneOf"}) {
        for (const Json& one : member(mapping, choice)) {
            if (const Json& found = key_of(whole, one, key); !found.is_null()) return found;
        }
    }
    static const Json none;
    return none;
}

}  // namespace

const Json& schema_at(const Json& schema, const std::vector<std::string>& path) {
    const Json* at = &schema;
    for (const std::string& key : path) at = &key_of(schema, *at, key);
    return *at;
}

}  // namespace dectprov
