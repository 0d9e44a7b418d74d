// SPDX-License-Identifier: MIT
#include "doc/mask_scan.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <unordered_set>

#include "catalog/catalog.hpp"
#include "doc/raw_text.hpp"
#include "doc/secret.hpp"

namespace dectprov {
namespace {

// Where the text of a secret ends that begins at `at`: at its own end tag; where none is near, or its own
// start tag comes before, at one of another secret that nothing within has begun, which is a misspelt one.
std::size_t end_of_secret(std::string_view text, std::size_t at, std::string_view name, SecretNames& names) {
    constexpr std::size_t near = 4096;  // behind a misspelt one
    std::unordered_set<std::string_view> begun;
    std::size_t misspelt = std::string_view::npos;
    std::size_t limit = text.size();
    for (at = text.find('<', at); at < limit; at = text.find('<', at + 1)) {
        const bool ends = text.substr(at + 1, 1) == "/";
        const std::string_view other = tag_name(text, at + (ends ? 2 : 1));
        if (other == name && ends) return at;
        if (misspelt != std::string_view::npos) {
            if (other == name) break;
        } else if (other != name && names.has(other)) {
            if (!ends) {
                begun.insert(other);
            } else if (!begun.contains(other)) {
                misspelt = at;
                limit = std::min(limit, at + near);
            }
        }
    }
    return std::min(misspelt, text.size());
}

// From behind the name of a secret's start tag to the end tag of a secret. Returns where that begins.
std::size_t hide_element(std::string_view text, std::size_t at, std::string_view name, SecretNames& names,
                         std::vector<TextPart>& hidden) {
    const std::size_t tag_end = std::min(text.find('>', at), text.size());
    const bool empty = tag_end < text.size() && tag_end > at && text[tag_end - 1] == '/';
    // A tag without its end has run into the secret, which may begin within the name.
    const std::string_view tag = text.substr(at, tag_end - at);
    const bool torn = tag_end == text.size() || tag.find('<') != std::string_view::npos ||
                      (!is_name_of_secret(name) && !is_closed(text, tag_end, name));
    const std::size_t begin = torn && !is_name_of_secret(name) ? at - name.size() : at;
    hidden.push_back({.begin = begin, .end = empty && !torn ? tag_end - 1 : tag_end});
    const bool ended = empty || tag.find("</") != std::string_view::npos;
    if (ended || tag_end == text.size()) return tag_end;
    const std::size_t end = end_of_secret(text, tag_end, name, names);
    hidden.push_back({.begin = tag_end + 1, .end = end});
    return end;
}

// Where the name of a secret ends that has a sign in it: `<se]cret>`; 0 where there is none.
std::size_t torn_name_end(std::string_view text, std::size_t at) {
    constexpr std::size_t longest = 40;
    std::string letters;
    std::size_t end = at;
    for (; end < text.size() && end - at < longest; ++end) {
        const char c = text[end];
        if (c == '>' || c == '/' || c == '<' || is_white(c)) break;
        if (is_key_character(c)) letters += c;
    }
    const bool torn = letters.size() != end - at;
    return torn && is_secret_name(letters) ? end : 0;
}

// What stands before an end tag of a secret that nothing has begun, back to the tag before. `last`: the '<'
// of that one, or npos.
void hide_before(std::string_view text, std::size_t end_tag, std::size_t last, std::string_view name,
                 std::vector<TextPart>& hidden) {
    std::size_t begin = 0;
    if (last != std::string_view::npos && text.substr(last + 1).starts_with(name)) {
        // Its own begin, which has run into the text.
        begin = last + 1 + name.size();
    } else if (last != std::string_view::npos) {
        const std::size_t closed = text.find('>', last);
        begin = closed < end_tag ? closed + 1 : last + 1;
    }
    hidden.push_back({.begin = begin, .end = end_tag});
}

// Whether a value that ends in a quote at `end` ends there indeed, and not in the middle of a secret with a
// quote in it.
bool is_end_of_quoted(std::string_view text, std::size_t end) {
    constexpr std::string_view behind = "\n\r,;)}]>/?";
    const std::size_t next = end + 1;
    if (next >= text.size() || is_blank(text[next])) return true;
    return behind.find(text[next]) != std::string_view::npos || text.substr(next, 2) == "</";
}

// The value behind the ':' or '=' at `at`.
std::size_t hide_value(std::string_view text, std::size_t at, std::vector<TextPart>& hidden) {
    std::size_t begin = skip_blanks(text, at + 1);
    if (begin == text.size()) return begin;
    if (text[begin] == '"' || text[begin] == '\'') {
        const std::size_t end = std::min(text.find(text[begin], begin + 1), text.size());
        if (is_end_of_quoted(text, end)) {
            hidden.push_back({.begin = begin + 1, .end = end});
            return end;
        }
        ++begin;
    }
    std::size_t end = begin;
    while (end < text.size() && text[end] != '\n' && text[end] != '\r') {
        const std::string_view rest = text.substr(end, 3);
        if (rest == "-->" || rest.starts_with("</")) break;
        ++end;
    }
    hidden.push_back({.begin = begin, .end = end});
    return end;
}

// Whether the '>' at `at` ends the name of a secret that no '<' begins: `password>text`.
bool lost_its_begin(std::string_view text, std::size_t at, SecretNames& names) {
    const std::string_view name = key_before(text, at);
    if (!names.has(name)) return false;
    const auto begin = static_cast<std::size_t>(name.data() - text.data());
    const std::string_view before = text.substr(0, begin);
    return !before.ends_with('<') && !before.ends_with('/') && !before.ends_with(':');
}

// What stands behind such a tag, to the next end tag.
std::size_t hide_behind(std::string_view text, std::size_t at, std::vector<TextPart>& hidden) {
    const std::size_t end = std::min(text.find("</", at), text.size());
    hidden.push_back({.begin = at + 1, .end = end});
    return end;
}

// Where the text of an element ends whose start tag is at `at`: at its own end tag; else at another, or what
// is left of one; within what an address may be long.
std::size_t end_of_text(std::string_view text, std::size_t at, std::string_view name) {
    constexpr std::size_t longest = 1024;
    const std::size_t limit = std::min(at + longest, text.size());
    std::size_t first = limit;
    for (at = text.find('<', at + 1); at < limit; at = text.find('<', at + 1)) {
        const bool ends = text.substr(at + 1, 1) == "/";
        const std::string_view other = tag_name(text, at + (ends ? 2 : 1));
        if (other == name && (ends || first != limit)) return ends ? at : first;
        if (ends && !other.empty()) first = std::min(first, at);
    }
    return first;
}

// Whether a name is that of a rule in a suppression: `users/password-is-name: reason`.
bool is_suppressed_rule(std::string_view text, std::string_view name) {
    constexpr std::size_t looked_at = 256;
    const auto begin = static_cast<std::size_t>(name.data() - text.data());
    if (begin == 0 || text[begin - 1] != '/') return false;
    const std::size_t from = begin - std::min(begin, looked_at);
    const std::string_view before = text.substr(from, begin - from);
    const std::size_t directive = before.rfind(" dectprov-");
    return directive != std::string_view::npos &&
           before.find_first_of("\r\n:=<>", directive) == std::string_view::npos;
}

void hide_all(std::string_view text, bool markup, SecretNames& names, std::vector<TextPart>& hidden) {
    static constexpr std::array<bool, 256> stops = table_of(std::array<char, 4>{'<', ':', '=', '>'});
    std::size_t last = std::string_view::npos;  // the '<' before
    std::string_view named;                     // the name in it, and what that says
    const SecretNames::Kind* kind = nullptr;
    std::size_t closes = std::string_view::npos;  // the end tag of the element that was hidden
    for (std::size_t at = next_of(stops, text, 0); at < text.size(); at = next_of(stops, text, at)) {
        if (text[at] == '>') {
            at = markup && lost_its_begin(text, at, names) ? hide_behind(text, at, hidden) : at + 1;
            continue;
        }
        if (text[at] != '<') {
            const std::string_view key = key_before(text, at);
            at = names.has(key) && !is_suppressed_rule(text, key) ? hide_value(text, at, hidden) : at + 1;
            continue;
        }
        const std::size_t tag = at++;
        if (!markup) continue;
        const bool ends = text.substr(at, 1) == "/";
        const std::string_view name = tag_name(text, ends ? at + 1 : at);
        // Nearly every end tag is that of the tag before.
        if (!ends || kind == nullptr || name != named) kind = &names.kind(name);
        named = name;
        const std::size_t behind = at + name.size() + (ends ? 1 : 0);
        // Nearly every tag is nothing but the name of something harmless.
        if (!kind->secret && !kind->address && !name.empty() && behind < text.size() && text[behind] == '>') {
            last = tag;
            at = behind + 1;
            continue;
        }
        if (ends && tag != closes && names.has(name)) hide_before(text, tag, last, name, hidden);
        // What a comment or CDATA section holds may be the secret itself.
        if (text.substr(at, 1) != "!") last = tag;
        if (ends || name.empty()) continue;
        const std::size_t torn = torn_name_end(text, at);
        at += name.size();
        if (names.has(name)) {
            closes = at = hide_element(text, at, name, names, hidden);
        } else if (torn > at) {
            hidden.push_back({.begin = tag + 1, .end = torn});
            closes = at = hide_element(text, torn, name, names, hidden);
        } else if (kind->address) {
            const std::size_t begin = std::min(text.find('>', at), text.size());
            hide_in_address(text,
                            {.begin = std::min(begin + 1, text.size()), .end = end_of_text(text, at, name)},
                            true, hidden);
        }
    }
}

}  // namespace

SecretNames::SecretNames(const TextNames& names) : keys_(&names.keys), hides_own_(names.hides_own) {
    for (std::size_t i = Catalog::builtin().size(); i < names.catalog.size(); ++i) {
        const std::string_view name = names.catalog[static_cast<EntryId>(i)].name;
        Kind kind = kind_of(name);
        kind.known = true;
        kind.holds_secret = kind.holds_secret || names.catalog.is_section(static_cast<EntryId>(i));
        known_.emplace(name, kind);
    }
    for (const std::string& name : names.secret) add(name);
}

SecretNames::Kind SecretNames::kind_of(std::string_view name) const {
    // A character of another script, or one that could not be read, may have got into it.
    std::string letters;
    for (const char c : name) {
        if (static_cast<unsigned char>(c) < 0x80) letters += c;
    }
    const bool is_key = keys_ != nullptr && keys_->known.contains(name);
    return {.secret = is_secret_name(name) || (letters.size() != name.size() && is_secret_name(letters)),
            .address = is_name_of_address(name),
            .section = is_name_of_section(name),
            .holds_secret = !is_key && holds_secret_by_name(name),
            .known = is_name_of_element(name) || is_key};
}

std::string_view tag_name(std::string_view text, std::size_t at) {
    std::size_t end = at;
    while (end < text.size() && (is_key_character(text[end]) || text[end] == ':')) ++end;
    return text.substr(at, end - at);
}

bool is_closed(std::string_view text, std::size_t at, std::string_view name) {
    constexpr std::size_t near = 4096;
    const std::string_view rest = text.substr(at, near);
    for (std::size_t end = rest.find("</"); end != std::string_view::npos; end = rest.find("</", end + 2)) {
        if (rest.substr(end + 2).starts_with(name)) return true;
    }
    return false;
}

std::size_t line_end(std::string_view text, std::size_t at) {
    return std::min(text.find_first_of("\n\r", at), text.size());
}

std::string_view key_before(std::string_view text, std::size_t end) {
    while (end > 0 && is_blank(text[end - 1])) --end;
    if (end > 0 && (text[end - 1] == '"' || text[end - 1] == '\'')) --end;
    std::size_t begin = end;
    while (begin > 0 && is_key_character(text[begin - 1])) --begin;
    return text.substr(begin, end - begin);
}

void hide_in_xml(std::string_view text, SecretNames& names, std::vector<TextPart>& hidden) {
    hide_all(text, true, names, hidden);
    hide_stray_text(text, names, hidden);
    std::size_t end = 0;
    for (std::size_t at = text.find("<!--"); at != std::string_view::npos; at = text.find("<!--", end)) {
        end = std::min(text.find("-->", at), text.size());
        hide_in_comment(text, {.begin = at + 4, .end = end}, names, hidden);
    }
}

void hide_behind_names(std::string_view text, TextPart range, SecretNames& names,
                       std::vector<TextPart>& hidden) {
    for (std::size_t at = range.begin; at < range.end;) {
        while (at < range.end && !is_key_character(text[at])) ++at;
        std::size_t end = at;
        while (end < range.end && is_key_character(text[end])) ++end;
        const std::string_view name = text.substr(at, end - at);
        at = end;
        const std::size_t begin = skip_blanks(text, end);
        if (begin == end || begin >= range.end) continue;
        const std::size_t behind = std::min(text.find_first_of(white_space, begin), range.end);
        const std::string_view word = trimmed_end(text.substr(begin, behind - begin), "',:;.");
        // What a name is takes longer to tell.
        if (word.starts_with(secret_stars) || is_prose(word) || !names.has(name)) continue;
        at = begin + word.size();
        hidden.push_back({.begin = begin, .end = at});
    }
}

void hide_pairs(std::string_view text, SecretNames& names, std::vector<TextPart>& hidden) {
    hide_all(text, false, names, hidden);
}

}  // namespace dectprov
