// SPDX-License-Identifier: MIT
#include "doc/mask_scan.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "catalog/catalog.hpp"
#include "doc/raw_text.hpp"

namespace dectprov {
namespace {

bool is_key_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || c == '.' || static_cast<unsigned char>(c) >= 0x80;
}

bool is_blank(char c) { return c == ' ' || c == '\t'; }

std::size_t skip_blanks(std::string_view text, std::size_t at) {
    while (at < text.size() && is_blank(text[at])) ++at;
    return at;
}

// The characters at which a scan over XML or loose text has to look.
template <std::size_t size>
constexpr std::array<bool, 256> table_of(const std::array<char, size>& characters) {
    std::array<bool, 256> table{};
    for (const char c : characters) table[static_cast<unsigned char>(c)] = true;
    return table;
}

std::size_t next_of(const std::array<bool, 256>& table, std::string_view text, std::size_t at) {
    while (at < text.size() && !table[static_cast<unsigned char>(text[at])]) ++at;
    return at;
}

// The name of the tag that begins at `at`, behind `<` or `</`.
std::string_view tag_name(std::string_view text, std::size_t at) {
    std::size_t end = at;
    while (end < text.size() && (is_key_character(text[end]) || text[end] == ':')) ++end;
    return text.substr(at, end - at);
}

// From behind the name of a secret's start tag to the end tag of a secret: the same, or a misspelt one.
std::size_t hide_element(std::string_view text, std::size_t at, std::string_view name, SecretNames& names,
                         std::vector<Hidden>& hidden) {
    const std::size_t tag_end = std::min(text.find('>', at), text.size());
    const bool empty = tag_end < text.size() && tag_end > at && text[tag_end - 1] == '/';
    hidden.push_back({.begin = at, .end = empty ? tag_end - 1 : tag_end});
    if (empty || tag_end == text.size()) return tag_end;
    std::size_t end = text.find("</", tag_end);
    while (end != std::string_view::npos) {
        const std::string_view closing = tag_name(text, end + 2);
        if (closing == name || names.has(closing)) break;
        end = text.find("</", end + 2);
    }
    end = std::min(end, text.size());
    hidden.push_back({.begin = tag_end + 1, .end = end});
    return end;
}

// The value behind the ':' or '=' at `at`.
std::size_t hide_value(std::string_view text, std::size_t at, std::vector<Hidden>& hidden) {
    const std::size_t begin = skip_blanks(text, at + 1);
    if (begin == text.size()) return begin;
    if (text[begin] == '"' || text[begin] == '\'') {
        const std::size_t end = std::min(text.find(text[begin], begin + 1), text.size());
        hidden.push_back({.begin = begin + 1, .end = end});
        return end;
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

void hide_all(std::string_view text, bool markup, SecretNames& names, std::vector<Hidden>& hidden) {
    static constexpr std::array<bool, 256> stops = table_of(std::array<char, 3>{'<', ':', '='});
    for (std::size_t at = next_of(stops, text, 0); at < text.size(); at = next_of(stops, text, at)) {
        if (text[at] != '<') {
            at = names.has(key_before(text, at)) ? hide_value(text, at, hidden) : at + 1;
            continue;
        }
        const std::string_view name = tag_name(text, ++at);
        if (name.empty() || !markup) continue;
        at += name.size();
        if (names.has(name)) at = hide_element(text, at, name, names, hidden);
    }
}

// A character of a URL, which in XML may be a reference.
struct Unit {
    char character;
    std::size_t length;
};

Unit unit_at(std::string_view text, std::size_t at, bool references) {
    const Unit plain{.character = text[at], .length = 1};
    if (!references || text.substr(at, 2) != "&#") return plain;
    const bool hexadecimal = text.substr(at + 2, 1) == "x";
    const std::size_t begin = at + (hexadecimal ? 3 : 2);
    const std::string_view digits = text.substr(begin, 8);
    unsigned code = 0;
    const auto [end, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), code, hexadecimal ? 16 : 10);
    const auto length = static_cast<std::size_t>(end - digits.data());
    if (error != std::errc() || length == digits.size() || *end != ';' || code > 0x7f) return plain;
    return {.character = static_cast<char>(code), .length = begin + length + 1 - at};
}

// The authority of a URL from behind its `//`: what stands between the first ':' and the last '@' on the
// line. Blanks end a URL, but a password with a blank in it must be kept all the same: they end it only where
// no user name or a port stands before them.
std::size_t hide_authority(std::string_view text, std::size_t at, bool references,
                           std::vector<Hidden>& hidden) {
    enum class After : unsigned char { host, digits, port, other };
    After after = After::host;
    std::size_t colon = 0;
    std::size_t last = 0;
    while (at < text.size()) {
        const Unit unit = unit_at(text, at, references);
        const char c = unit.character;
        if (text[at] == '<' || c == '\n' || c == '\r') break;
        if (is_blank(c) && after != After::other) break;
        if (c == '@' && after != After::host) last = at;
        if (after == After::digits && (c < '0' || c > '9')) after = c == '/' ? After::port : After::other;
        at += unit.length;
        if (c == ':' && after == After::host) {
            after = After::digits;
            colon = at;
        }
    }
    if (last > colon) hidden.push_back({.begin = colon, .end = last});
    return at;
}

}  // namespace

bool SecretNames::has(std::string_view name) {
    if (name.size() < 2) return false;
    const auto found = known_.find(name);
    if (found != known_.end()) return found->second;
    const bool secret = is_secret_name(name);
    known_.emplace(name, secret);
    return secret;
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

void hide_in_xml(std::string_view text, SecretNames& names, std::vector<Hidden>& hidden) {
    hide_all(text, true, names, hidden);
}

void hide_pairs(std::string_view text, SecretNames& names, std::vector<Hidden>& hidden) {
    hide_all(text, false, names, hidden);
}

void hide_in_urls(std::string_view text, bool references, std::vector<Hidden>& hidden) {
    static constexpr std::array<bool, 256> slash = table_of(std::array<char, 1>{'/'});
    static constexpr std::array<bool, 256> slash_or_reference = table_of(std::array<char, 2>{'/', '&'});
    const auto& stops = references ? slash_or_reference : slash;
    for (std::size_t at = next_of(stops, text, 0); at < text.size(); at = next_of(stops, text, at)) {
        const Unit first = unit_at(text, at, references);
        at += first.length;
        if (first.character != '/' || at >= text.size()) continue;
        const Unit second = unit_at(text, at, references);
        if (second.character == '/') at = hide_authority(text, at + second.length, references, hidden);
    }
}

}  // namespace dectprov
