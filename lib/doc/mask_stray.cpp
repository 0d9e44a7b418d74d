// SPDX-License-Identifier: MIT
#include <algorithm>
#include <string_view>

#include "catalog/catalog.hpp"
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

// Whether the value of an attribute is one that says how a file is to be taken: `merge_type="merge"`, or
// which names are in it.
bool is_of_format(std::string_view name, std::string_view value) {
    if (!is_telling(value) || name.starts_with("xmlns") || name.starts_with("xsi:")) return true;
    return is_near(name, "merge_type") && std::ranges::all_of(value, is_letter);
}

// Hides the values of attributes: no server reads them, so each may be a secret that stands there by mistake.
void hide_in_attributes(std::string_view text, TextPart range, std::vector<TextPart>& hidden) {
    const std::string_view all = text.substr(0, range.end);
    for (std::size_t at = all.find('=', range.begin); at < range.end; at = all.find('=', at)) {
        std::size_t end = at;
        while (end > range.begin && is_white(text[end - 1])) --end;
        std::size_t begin = end;
        while (begin > range.begin && (is_key_character(text[begin - 1]) || text[begin - 1] == ':')) --begin;
        const std::string_view name = text.substr(begin, end - begin);
        at = std::min(all.find_first_not_of(white_space, at + 1), range.end);
        if (at == range.end) return;
        const bool in_quotes = is_one_of("\"'", text[at]);
        const std::size_t value = in_quotes ? at + 1 : at;
        at = std::min(in_quotes ? all.find(text[at], value) : all.find_first_of(white_space, value),
                      range.end);
        if (!is_of_format(name, text.substr(value, at - value)))
            hidden.push_back({.begin = value, .end = at});
    }
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
    if (whole && attributes) hide_in_attributes(text, {.begin = behind, .end = end}, hidden);
    return end;
}

// Hides the texts of a damaged XML file that may be those of secrets, tag by tag.
class StrayText {
public:
    StrayText(std::string_view text, SecretNames& names, std::vector<TextPart>& hidden)
        : text_(text), names_(names), hidden_(hidden) {}

    void run() {
        for (std::size_t at = 0; at < text_.size();) {
            const std::size_t tag = text_before_tag(at);
            if (tag == text_.size()) return;
            const bool odd = text_.substr(tag + 1, 1) == "!";
            if (odd && text_.substr(tag, character_data.size()) == character_data) {
                at = behind_character_data(tag);
            } else if (odd && text_.substr(tag, 4) == "<!--") {
                at = behind_comment(tag);
            } else {
                at = behind_tag(tag, odd);
            }
        }
    }

private:
    // Each returns the place that it has come to, the size of the text where nothing more is to be seen.

    std::size_t text_before_tag(std::size_t at) {
        std::size_t tag = at;
        while (tag < text_.size() && is_white(text_[tag])) ++tag;
        if (tag == text_.size() || text_[tag] == '<') return tag;
        tag = std::min(text_.find('<', tag), text_.size());
        const bool harmless = of_element_ || !is_telling(text_.substr(at, tag - at));
        if (!harmless || element_.empty() || !is_text_of_element(text_, tag, names_))
            hidden_.push_back({.begin = at, .end = tag});
        has_text_ = true;
        return tag;
    }

    std::size_t behind_character_data(std::size_t tag) {
        const std::size_t begin = tag + character_data.size();
        if (data_end_ < tag) data_end_ = std::min(text_.find("]]>", tag), text_.size());
        // One with markup in it may have lost its end.
        const std::size_t markup = text_.substr(0, data_end_).find("</", begin);
        // Only a part of a text would be kept so by hand: the one with odd characters.
        if (!of_element_ || has_text_ || markup != std::string_view::npos)
            hidden_.push_back({.begin = begin, .end = std::min(markup, data_end_)});
        return markup != std::string_view::npos ? markup : std::min(data_end_ + 3, text_.size());
    }

    std::size_t behind_comment(std::size_t tag) {
        const std::size_t end = std::min(text_.find("-->", tag), text_.size() - 3) + 3;
        // Within a comment its own brackets may be torn.
        constexpr std::string_view torn = "CDATA[";
        const std::size_t data = text_.substr(0, end).find(torn, tag);
        if (data != std::string_view::npos) hidden_.push_back({.begin = data + torn.size(), .end = end - 3});
        return end;
    }

    std::size_t behind_tag(std::size_t tag, bool odd) {
        const bool closes = text_.substr(tag + 1, 1) == "/";
        const std::string_view name = tag_name(text_, tag + (closes ? 2 : 1));
        std::size_t end = tag + (closes ? 2 : 1) + name.size();
        const SecretNames::Kind& kind = names_.kind(name);
        // Nearly every tag is nothing but the name of something known.
        if (end >= text_.size() || text_[end] != '>' || !kind.known) {
            const bool is_name =
                kind.known || is_user_name(name) || name == element_ || is_closed(text_, end, name);
            if (text_.substr(tag + 1, 1) == "?") {
                end = text_.find('>', tag);
            } else if (odd) {
                end = std::min(text_.find('>', tag), text_.size());
                hidden_.push_back({.begin = tag + 2, .end = end});
            } else {
                end = hide_in_tag(text_, tag, is_name, hidden_);
            }
            if (end >= text_.size()) return text_.size();
            if (text_[end] == '<') {
                element_ = {};
                of_element_ = false;
                return end;
            }
        }
        has_text_ = false;
        const bool opens = !closes && !name.empty() && text_[end - 1] != '/';
        of_element_ = opens && kind.known && !kind.holds_secret;
        element_ = opens && !kind.section ? name : std::string_view();
        return end + 1;
    }

    static constexpr std::string_view character_data = "<![CDATA[";

    std::string_view text_;
    SecretNames& names_;
    std::vector<TextPart>& hidden_;
    bool of_element_ = false;   // the text at hand is that of an element that may have one
    std::string_view element_;  // its name
    bool has_text_ = false;     // of it something was met
    std::size_t data_end_ = 0;  // of the CDATA section that was met last
};

}  // namespace

void hide_stray_text(std::string_view text, SecretNames& names, std::vector<TextPart>& hidden) {
    StrayText(text, names, hidden).run();
}

namespace {

// What stands behind the name of a secret, to the end of its line. `rules`: a name behind a '/' is one of a
// rule.
void hide_behind_words(std::string_view text, TextPart comment, bool rules, SecretNames& names,
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
        const bool rule = rules && at > 0 && text[at - 1] == '/';
        if (end > at && sentence && !rule && names.has(text.substr(at, end - at))) {
            end = std::min(comment.end, line_end(text, begin));
            hidden.push_back({.begin = begin, .end = end});
        }
        at = end;
    }
}

// Whether a word is too long and too mixed for one of a language, and no MAC address.
bool is_like_secret(std::string_view word) {
    constexpr std::size_t shortest = 8;
    constexpr std::size_t mac_address = 12;
    return word.size() >= shortest && std::ranges::any_of(word, is_digit) &&
           std::ranges::any_of(word, is_letter) &&
           !(word.size() == mac_address && std::ranges::all_of(word, is_hex));
}

// The rules and the reason of a suppression, which people write for others: more is shown of them than of
// another comment.
void hide_in_suppression(std::string_view text, TextPart comment, SecretNames& names,
                         std::vector<TextPart>& hidden) {
    hide_behind_words(text, comment, true, names, hidden);
    // What has run into the directive.
    const std::string_view all = text.substr(0, comment.end);
    const std::size_t word = std::min(all.find_first_of(" \t\r\n:,", comment.begin + 1), comment.end);
    std::size_t directive = comment.begin + 1;
    while (directive < word && (is_letter(text[directive]) || text[directive] == '-')) ++directive;
    hidden.push_back({.begin = directive, .end = word});
    for (std::size_t at = comment.begin; at < comment.end;) {
        std::size_t end = at;
        while (end < comment.end && is_alphanumeric(text[end])) ++end;
        if (is_like_secret(text.substr(at, end - at))) hidden.push_back({.begin = at, .end = end});
        at = std::max(end, at + 1);
    }
}

}  // namespace

void hide_in_comment(std::string_view text, TextPart comment, SecretNames& names,
                     std::vector<TextPart>& hidden) {
    const std::string_view all = text.substr(comment.begin, comment.end - comment.begin);
    if (all.starts_with(" dectprov-")) {
        hide_in_suppression(text, comment, names, hidden);
    } else if (!is_prose(all)) {
        hidden.push_back(comment);
    } else {
        hide_behind_words(text, comment, false, names, hidden);
    }
}

}  // namespace dectprov
