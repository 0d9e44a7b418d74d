// SPDX-License-Identifier: MIT
#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "analysis/conclude.hpp"
#include "catalog/characters.hpp"
#include "doc/csv.hpp"
#include "doc/mask.hpp"
#include "doc/secret.hpp"
#include "doc/ver_list.hpp"
#include "doc/yaml.hpp"
#include "editor/features.hpp"
#include "editor/spot.hpp"
#include "editor/xml_outline.hpp"
#include "load/known_keys.hpp"

namespace dectprov {
namespace {

// `SymbolKind`.
enum class SymbolKind : int { module = 2, property = 7, array = 18, object = 19 };

// A value names what holds it: a user, a server. None of them is a secret.
constexpr std::string_view naming[] = {"username", "localno", "name", "displayname", "ipei", "mac", "uuid"};

// A document of which symbols are made, with what of it no output shows.
class Outlined {
public:
    Outlined(const View& view, const Document& document) : view_(view), document_(document) {
        SourceSet sources;
        const FileId file = sources.add(document.path, document.text.text());
        masked_ = secrets(sources, file, syntax_of(document.path), {.keys = names_of_description_keys()});
    }

    [[nodiscard]] const Document& document() const { return document_; }
    [[nodiscard]] std::string_view text() const { return document_.text.text(); }

    // What names a symbol, as it may be shown: a name may be a piece of a secret in a text that is broken.
    [[nodiscard]] std::string shown(std::string name, TextPart part) const {
        const auto mask = std::ranges::upper_bound(masked_, part.begin, {}, &Span::end);
        const bool hidden = mask != masked_.end() && mask->begin < part.end;
        return hidden ? std::string(secret_stars) : std::move(name);
    }

    [[nodiscard]] Json symbol(std::string name, SymbolKind kind, TextPart whole, TextPart selected) const {
        return {{"name", shown(std::move(name), selected)},
                {"kind", static_cast<int>(kind)},
                {"range", view_.json(document_.text, whole.begin, whole.end)},
                {"selectionRange", view_.json(document_.text, selected.begin, selected.end)},
                {"children", Json::array()}};
    }

private:
    const View& view_;
    const Document& document_;
    std::vector<Span> masked_;
};

// ---- XML: sections and what repeats; single settings are what a file has most of, and left to searching
Json xml_symbols(const Outlined& in) {
    const XmlOutline outline = outline_xml(in.text());
    struct Made {
        Json json;
        std::size_t parent;
        bool section;
    };
    std::vector<Made> made;
    made.reserve(outline.elements.size());
    for (const XmlElement& element : outline.elements) {
        made.push_back({.json = in.symbol(std::string(element.name),
                                          element.has_children ? SymbolKind::object : SymbolKind::property,
                                          {element.begin, element.end},
                                          {element.name_begin, element.name_begin + element.name.size()}),
                        .parent = element.parent,
                        .section = element.has_children});
        if (element.parent == XmlElement::none || std::ranges::find(naming, element.name) == std::end(naming))
            continue;
        Json& parent = made[element.parent].json;
        if (parent.contains("detail")) continue;
        parent["detail"] =
            in.shown(decode_raw(in.text().substr(element.content, element.content_end - element.content)),
                     {element.content, element.content_end});
    }
    Json top = Json::array();
    for (std::size_t i = made.size(); i-- > 0;) {
        Made& one = made[i];
        const bool of_user = one.parent != XmlElement::none && outline.elements[one.parent].name == "user";
        if (of_user && !one.section) continue;
        // They come last first.
        std::reverse(one.json["children"].begin(), one.json["children"].end());
        (one.parent == XmlElement::none ? top : made[one.parent].json["children"])
            .push_back(std::move(one.json));
    }
    std::reverse(top.begin(), top.end());
    return top;
}

// ---- YAML
class YamlSymbols {
public:
    YamlSymbols(const Outlined& in, const Yaml& yaml) : in_(in), yaml_(yaml) {}

    // Of the children of a node, which ends at `end`.
    Json below(std::uint32_t node, std::size_t end) const {
        Json all = Json::array();
        std::size_t number = 0;
        for (std::uint32_t child = node + 1; child < yaml_[node].after; child = yaml_[child].after) {
            const Yaml::Node& one = yaml_[child];
            ++number;
            if (one.aliased) continue;
            const bool item = yaml_[node].type == Yaml::Type::sequence;
            const bool leaf = one.type == Yaml::Type::scalar || one.type == Yaml::Type::null;
            if (item && leaf) continue;
            const Span selected = item ? one.span : one.key;
            const std::uint32_t next = yaml_[child].after;
            const std::size_t stop = next < yaml_[node].after ? start_of_child(node, next) : end;
            const std::size_t last =
                leaf ? std::max(one.span.end, selected.end) : trimmed(selected.end, stop);
            Json made = in_.symbol(item ? fmt::format("{}", number) : std::string(one.key_text),
                                   leaf                               ? SymbolKind::property
                                   : one.type == Yaml::Type::sequence ? SymbolKind::array
                                                                      : SymbolKind::object,
                                   {selected.begin, std::max<std::size_t>(last, selected.end)},
                                   {selected.begin, selected.end});
            if (item) name_item(child, made);
            if (!leaf) made["children"] = below(child, last);
            all.push_back(std::move(made));
        }
        return all;
    }

private:
    [[nodiscard]] std::size_t start_of_child(std::uint32_t parent, std::uint32_t child) const {
        return yaml_[parent].type == Yaml::Type::sequence ? yaml_[child].span.begin : yaml_[child].key.begin;
    }

    // A collection ends with its last line that is not blank.
    [[nodiscard]] std::size_t trimmed(std::size_t begin, std::size_t end) const {
        while (end > begin && (is_white(in_.text()[end - 1]) || in_.text()[end - 1] == '-')) --end;
        return end;
    }

    void name_item(std::uint32_t item, Json& made) const {
        if (yaml_[item].type != Yaml::Type::mapping) return;
        for (const std::string_view key : naming) {
            const std::uint32_t value = yaml_.find(item, key);
            if (value == 0 || yaml_[value].type != Yaml::Type::scalar || yaml_[value].text.empty()) continue;
            made["name"] =
                in_.shown(std::string(yaml_[value].text), {yaml_[value].span.begin, yaml_[value].span.end});
            return;
        }
    }

    const Outlined& in_;
    const Yaml& yaml_;
};

Json yaml_symbols(const Outlined& in) {
    SourceSet sources;
    const YamlDocument read = read_yaml(sources, sources.add(in.document().path, std::string(in.text())));
    if (read.yaml.empty()) return Json::array();
    return YamlSymbols(in, read.yaml).below(0, in.text().size());
}

// ---- tables and lists, a symbol a line
Json table_symbols(const Outlined& in) {
    SourceSet sources;
    CsvReader reader(sources, sources.add(in.document().path, std::string(in.text())));
    std::size_t naming_column = reader.header().size();
    for (const std::string_view name : naming) {
        const auto found = std::ranges::find(reader.header(), name, &CsvField::text);
        if (found == reader.header().end()) continue;
        naming_column = static_cast<std::size_t>(found - reader.header().begin());
        break;
    }
    Json all = Json::array();
    for (std::vector<CsvField> row; reader.next(row);) {
        if (naming_column >= row.size() || row[naming_column].text.empty()) continue;
        all.push_back(in.symbol(std::string(row[naming_column].text), SymbolKind::object,
                                {row.front().span.begin, row.back().span.end},
                                {row[naming_column].span.begin, row[naming_column].span.end}));
    }
    return all;
}

Json list_symbols(const Outlined& in) {
    const LineText& text = in.document().text;
    Json all = Json::array();
    for (std::size_t i = 0; i < text.lines(); ++i) {
        const std::string_view line = text.line(i);
        if (line.find_first_not_of(white_space) == std::string_view::npos) continue;
        const std::size_t begin = text.line_start(i);
        all.push_back(in.symbol(std::string(line.substr(0, line.find_first_of(line_blanks))),
                                SymbolKind::module, {begin, begin + line.size()},
                                {begin, begin + line.size()}));
    }
    return all;
}

// ---- by indentation, as YAML has it
std::size_t indent_of(std::string_view line) {
    const std::size_t first = line.find_first_not_of(' ');
    return first == std::string_view::npos || line[first] == '#' ? std::string_view::npos : first;
}

// The last line of the block that a line begins; itself for none.
std::size_t block_end(const LineText& text, std::size_t line) {
    const std::size_t indent = indent_of(text.line(line));
    std::size_t last = line;
    for (std::size_t i = line + 1; i < text.lines(); ++i) {
        const std::size_t other = indent_of(text.line(i));
        if (other == std::string_view::npos) continue;
        const bool item = other == indent && text.line(i)[other] == '-' && text.line(line)[indent] != '-';
        if (other <= indent && !item) break;
        last = i;
    }
    return last;
}

Json fold(std::size_t from, std::size_t to, std::string_view kind) {
    Json one{{"startLine", from}, {"endLine", to}};
    if (!kind.empty()) one["kind"] = kind;
    return one;
}

}  // namespace

Json document_symbols(const View& view, const Json& params) {
    const Document& document = document_of(view, params);
    const TextKind kind = kind_of(document);
    if (kind == TextKind::none) return Json::array();
    const Outlined in(view, document);
    switch (kind) {
        case TextKind::xml:
            return xml_symbols(in);
        case TextKind::description:
        case TextKind::config_file:
            return yaml_symbols(in);
        case TextKind::table:
            return table_symbols(in);
        case TextKind::group_list:
            return list_symbols(in);
        case TextKind::none:
            break;
    }
    return Json::array();
}

Json folding_ranges(const View& view, const Json& params) {
    const Document& document = document_of(view, params);
    const LineText& text = document.text;
    const TextKind kind = kind_of(document);
    Json all = Json::array();
    if (kind == TextKind::xml) {
        const XmlOutline outline = outline_xml(text.text());
        const auto add = [&](std::size_t begin, std::size_t end, std::string_view what) {
            const std::size_t from = text.line_of(begin);
            const std::size_t to = text.line_of(end);
            if (to > from) all.push_back(fold(from, to, what));
        };
        for (const XmlElement& element : outline.elements) add(element.begin, element.content_end, {});
        for (const auto& comment : outline.comments) add(comment.begin, comment.end, "comment");
    } else if (kind == TextKind::description || kind == TextKind::config_file) {
        // The blocks that are open: where each begins, and how far it is indented.
        for (std::size_t i = 0; i < text.lines(); ++i) {
            if (indent_of(text.line(i)) == std::string_view::npos) continue;
            const std::size_t end = block_end(text, i);
            if (end > i) all.push_back(fold(i, end, {}));
        }
    }
    return all;
}

Json selection_ranges(const View& view, const Json& params) {
    const Document& document = document_of(view, params);
    const LineText& text = document.text;
    Json all = Json::array();
    for (const Json& position : array_of(params, "positions")) {
        const std::size_t offset = text.offset(read_position(position), view.encoding);
        // From the inside outwards; each holds the one before it.
        std::vector<TextPart> parts{{offset, offset}};
        const auto widen = [&](std::size_t begin, std::size_t end) {
            if (begin <= parts.back().begin && end >= parts.back().end &&
                (begin < parts.back().begin || end > parts.back().end))
                parts.push_back({begin, end});
        };
        const Spot spot = spot_at(view, document, offset);
        if (spot.part != Spot::Part::none) widen(spot.begin, spot.end);
        if (spot.kind == TextKind::xml) {
            const XmlOutline outline = outline_xml(text.text());
            for (std::size_t at = outline.at(offset); at != XmlElement::none;
                 at = outline.elements[at].parent) {
                widen(outline.elements[at].content, outline.elements[at].content_end);
                widen(outline.elements[at].begin, outline.elements[at].end);
            }
        } else {
            std::size_t line = text.line_of(offset);
            widen(text.line_start(line), text.line_start(line) + text.line(line).size());
            if (spot.kind == TextKind::description || spot.kind == TextKind::config_file) {
                std::size_t indent = indent_of(text.line(line));
                for (std::size_t i = line + 1; i-- > 0 && indent != 0;) {
                    const std::size_t other = indent_of(text.line(i));
                    if (other == std::string_view::npos ||
                        (indent != std::string_view::npos && other >= indent && i != line))
                        continue;
                    const std::size_t end = block_end(text, i);
                    widen(text.line_start(i), text.line_start(end) + text.line(end).size());
                    indent = other;
                }
            }
        }
        widen(0, text.text().size());
        Json selection;
        for (auto part = parts.rbegin(); part != parts.rend(); ++part) {
            Json one{{"range", view.json(text, part->begin, part->end)}};
            if (!selection.is_null()) one["parent"] = std::move(selection);
            selection = std::move(one);
        }
        all.push_back(std::move(selection));
    }
    return all;
}

}  // namespace dectprov
