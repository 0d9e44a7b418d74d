// SPDX-License-Identifier: MIT
#include <algorithm>
#include <string_view>

#include "catalog/characters.hpp"
#include "doc/mask_scan.hpp"
#include "doc/raw_text.hpp"

namespace dectprov {
namespace {

// Whether what ends at `tag` ends at an end tag; comments and CDATA may stand within.
bool is_text_of_element(std::string_view text, std::size_t tag, SecretNames& names) {
    constexpr std::size_t longest = 4096;
    if (text.substr(tag, 2) == "<!") tag = text.substr(0, tag + longest).find("</", tag);
    if (tag == std::string_view::npos || text.substr(tag, 2) != "</") return false;
    const std::string_view name = tag_name(text, tag + 2);
    return names.kind(name).known || is_user_name(name);
}

// Hides in the tag at `tag` what may be a text that it has run into. Returns where it ends: its '>', the '<'
// of the next one, or the end of the text.
std::size_t hide_in_tag(std::string_view text, std::size_t tag, bool is_name, std::vector<TextPart>& hidden) {
    const bool closes = text.substr(tag + 1, 1) == "/";
    const std::string_view name = tag_name(text, tag + (closes ? 2 : 1));
    const auto behind = static_cast<std::size_t>(name.data() - text.data()) + name.size();
    const std::size_t end = std::min(text.find_first_of("<>", behind), text.size());
    const std::string_view rest = text.substr(behind, end - behind);
    const bool whole = end < text.size() && text[end] == '>';
    // `name="value"`, or the '/' of an empty element.
    const bool attributes = rest.empty() || rest == "/" || is_white(rest.front());
    hidden.push_back({.begin = is_name ? behind : tag + 1, .end = whole && attributes ? behind : end});
    return end;
}

}  // namespace

void hide_stray_text(std::string_view text, SecretNames& names, std::vector<TextPart>& hidden) {
    constexpr std::string_view character_data = "<![CDATA[";
    bool of_element = false;   // the text at hand is that of an element that may have one
    std::string_view element;  // its name
    bool has_text = false;     // of it something was met
    std::size_t data_end = 0;  // of the CDATA section that was met last
    std::size_t at = 0;
    while (at < text.size()) {
        std::size_t tag = at;
        while (tag < text.size() && is_white(text[tag])) ++tag;
        const bool blank = tag == text.size() || text[tag] == '<';
        if (!blank) tag = std::min(text.find('<', tag), text.size());
        if (!blank) {
            const bool harmless = of_element || !is_telling(text.substr(at, tag - at));
            if (!harmless || element.empty() || !is_text_of_element(text, tag, names))
                hidden.push_back({.begin = at, .end = tag});
        }
        if (tag == text.size()) return;
        has_text = has_text || !blank;
        const bool odd = text.substr(tag + 1, 1) == "!";
        if (odd && text.substr(tag, character_data.size()) == character_data) {
            const std::size_t begin = tag + character_data.size();
            if (data_end < tag) data_end = std::min(text.find("]]>", tag), text.size());
            const std::size_t end = data_end;
            // One with markup in it may have lost its end.
            const std::size_t markup = text.substr(0, end).find("</", begin);
            // Only a part of a text would be kept so by hand: the one with odd characters.
            if (!of_element || has_text || markup != std::string_view::npos)
                hidden.push_back({.begin = begin, .end = std::min(markup, end)});
            at = markup != std::string_view::npos ? markup : std::min(end + 3, text.size());
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
        const std::string_view name = tag_name(text, tag + (closes ? 2 : 1));
        std::size_t end = tag + (closes ? 2 : 1) + name.size();
        const SecretNames::Kind& kind = names.kind(name);
        // Nearly every tag is nothing but the name of something known.
        if (end >= text.size() || text[end] != '>' || !kind.known) {
            const bool is_name =
                kind.known || is_user_name(name) || name == element || is_closed(text, end, name);
            if (text.substr(tag + 1, 1) == "?") {
                end = text.find('>', tag);
            } else if (odd) {
                end = std::min(text.find('>', tag), text.size());
                hidden.push_back({.begin = tag + 2, .end = end});
            } else {
                end = hide_in_tag(text, tag, is_name, hidden);
            }
            if (end >= text.size()) return;
            if (text[end] == '<') {
                at = end;
                element = {};
                of_element = false;
                continue;
            }
        }
        has_text = false;
        const bool opens = !closes && !name.empty() && text[end - 1] != '/';
        of_element = opens && kind.known && !kind.section;
        element = opens && !kind.section ? name : std::string_view();
        at = end + 1;
    }
}

void hide_in_comment(std::string_view text, TextPart comment, SecretNames& names,
                     std::vector<TextPart>& hidden) {
    if (!is_prose(text.substr(comment.begin, comment.end - comment.begin))) {
        hidden.push_back(comment);
        return;
    }
    for (std::size_t at = comment.begin; at < comment.end;) {
        while (at < comment.end && !is_key_character(text[at])) ++at;
        std::size_t end = at;
        while (end < comment.end && is_key_character(text[end])) ++end;
        const std::size_t begin = skip_blanks(text, end);
        // What a ':' or '=' is behind is looked for everywhere.
        constexpr std::string_view signs = ":=<>";
        const bool sentence =
            begin > end && begin < comment.end && signs.find(text[begin]) == std::string_view::npos;
        if (end > at && sentence && names.has(text.substr(at, end - at))) {
            end = std::min(comment.end, line_end(text, begin));
            hidden.push_back({.begin = begin, .end = end});
        }
        at = end;
    }
}

}  // namespace dectprov
