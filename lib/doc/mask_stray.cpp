// SPDX-License-Identifier: MIT
#include <algorithm>
#include <string_view>
#include <unordered_set>

#include "catalog/catalog.hpp"
#include "catalog/characters.hpp"
#include "doc/mask_scan.hpp"
#include "doc/raw_text.hpp"

namespace dectprov {
namespace {

const std::unordered_set<std::string_view>& section_names() {
    static const std::unordered_set<std::string_view> names = [] {
        const Catalog& catalog = Catalog::builtin();
        std::unordered_set<std::string_view> sections;
        for (std::size_t i = 0; i < catalog.size(); ++i) {
            const auto id = static_cast<EntryId>(i);
            if (catalog.is_section(id)) sections.insert(catalog[id].name);
        }
        for (std::size_t i = 0; i < catalog.size(); ++i) {
            const auto id = static_cast<EntryId>(i);
            if (!catalog.is_section(id)) sections.erase(catalog[id].name);
        }
        return sections;
    }();
    return names;
}

std::string_view name_at(std::string_view text, std::size_t at) {
    std::size_t end = at;
    while (end < text.size() && (is_key_character(text[end]) || text[end] == ':')) ++end;
    return text.substr(at, end - at);
}

}  // namespace

bool is_name_of_section(std::string_view name) { return section_names().contains(name); }

void hide_stray_text(std::string_view text, SecretNames& names, std::vector<TextPart>& hidden) {
    constexpr std::string_view character_data = "<![CDATA[";
    bool of_element = false;  // the text at hand is that of an element that may have one
    bool has_text = false;    // of it something was met
    std::size_t at = 0;
    while (at < text.size()) {
        std::size_t tag = at;
        while (tag < text.size() && is_white(text[tag])) ++tag;
        const bool blank = tag == text.size() || text[tag] == '<';
        if (!blank) tag = std::min(text.find('<', tag), text.size());
        if (!of_element && !blank) hidden.push_back({.begin = at, .end = tag});
        if (tag == text.size()) return;
        has_text = has_text || !blank;
        const bool odd = text.substr(tag + 1, 1) == "!";
        if (odd && text.substr(tag, character_data.size()) == character_data) {
            const std::size_t end = std::min(text.find("]]>", tag), text.size());
            // Only a part of a text would be kept so by hand: the one with odd characters.
            if (!of_element || has_text) hidden.push_back({.begin = tag + character_data.size(), .end = end});
            at = std::min(end + 3, text.size());
            continue;
        }
        if (odd && text.substr(tag, 4) == "<!--") {
            at = std::min(text.find("-->", tag), text.size() - 3) + 3;
            // Within a comment its own brackets may be torn.
            constexpr std::string_view torn = "CDATA[";
            const std::size_t data = text.substr(0, at).find(torn, tag);
            if (data != std::string_view::npos)
                hidden.push_back({.begin = data + torn.size(), .end = at - 3});
            continue;
        }
        const bool closes = text.substr(tag + 1, 1) == "/";
        const std::string_view name = name_at(text, tag + (closes ? 2 : 1));
        std::size_t end = tag + (closes ? 2 : 1) + name.size();
        // A tag that is more than a name may be torn, and have run into a text.
        if (end >= text.size() || text[end] != '>') {
            end = text.find('>', tag);
            if (end == std::string_view::npos) return;
            const std::size_t data = text.substr(0, end).find(character_data, tag);
            if (data != std::string_view::npos)
                hidden.push_back({.begin = data + character_data.size(), .end = end});
        }
        has_text = false;
        of_element = !closes && !name.empty() && text[end - 1] != '/' && !names.kind(name).section;
        at = end + 1;
    }
}

void hide_in_comment(std::string_view text, TextPart comment, SecretNames& names,
                     std::vector<TextPart>& hidden) {
    for (std::size_t at = comment.begin; at < comment.end;) {
        while (at < comment.end && !is_key_character(text[at])) ++at;
        std::size_t end = at;
        while (end < comment.end && is_key_character(text[end])) ++end;
        const std::size_t begin = skip_blanks(text, end);
        // What a ':' or '=' is behind is looked for everywhere.
        constexpr std::string_view signs = ":=<>";
        const bool sentence =
            begin > end && begin < comment.end && signs.find(text[begin]) == std::string_view::npos;
        if (end > at && sentence && names.has(text.substr(at, end - at)))
            hidden.push_back({.begin = begin, .end = std::min(comment.end, line_end(text, begin))});
        at = end;
    }
}

}  // namespace dectprov
