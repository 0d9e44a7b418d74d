// SPDX-License-Identifier: MIT
#include "doc/mask_yaml_keys.hpp"

#include <algorithm>
#include <iterator>
#include <string>

#include "catalog/catalog.hpp"
#include "catalog/characters.hpp"

namespace dectprov {

std::string_view YamlKeys::item_before(std::size_t colon) const {
    constexpr std::size_t longest = 256;
    constexpr std::string_view ends = "\n\r{[,";
    std::size_t begin = colon;
    while (begin > 0 && colon - begin < longest && !is_one_of(ends, text_[begin - 1])) --begin;
    std::string_view item = trimmed(text_.substr(begin, colon - begin));
    while (item.size() > 1 && (item.front() == '-' || item.front() == '?') && is_blank(item[1]))
        item = trimmed_start(item.substr(1));
    return item;
}

std::string_view YamlKeys::item_of(std::size_t colon) const {
    const std::string_view item = item_before(colon);
    if (!item.empty()) return item;
    const std::string_view before = trimmed_end(text_.substr(0, colon), " \t");
    if (!before.ends_with('\n') && !before.ends_with('\r')) return text_.substr(colon, 0);
    return item_before(trimmed_end(before).size());
}

std::string_view YamlKeys::odd_part(std::string_view item) {
    std::size_t key = item.size();
    while (key > 0 && is_key_character(item[key - 1])) --key;
    const std::string_view before = item.substr(0, key);
    // One word with a sign in it is a key that was misspelt.
    const bool apart = before.find_first_of(" \t[]{}") != std::string_view::npos;
    return apart && !is_prose(before) ? trimmed_end(before) : std::string_view();
}

bool YamlKeys::is_secret(std::size_t colon) const {
    if (names_.has(key_before(text_, colon)) || is_torn(colon)) return true;
    std::size_t end = colon;
    while (end > 0 && is_blank(text_[end - 1])) --end;
    if (end == 0 || (text_[end - 1] != '\n' && text_[end - 1] != '\r')) return false;
    while (end > 0 && is_white(text_[end - 1])) --end;
    return names_.has(key_before(text_, end));
}

bool YamlKeys::is_torn(std::size_t colon) const {
    constexpr std::size_t longest = 40;
    std::string letters;  // from the last to the first
    bool torn = false;
    for (std::size_t at = colon; at > 0 && colon - at < longest; --at) {
        const char c = text_[at - 1];
        // A '#' without a blank before it begins no comment.
        const bool comment = c == '#' && at > 1 && is_blank(text_[at - 2]);
        const bool ends = c == ':' && is_blank(text_[at]);
        if (ends || comment || c == '\n' || c == '\r') break;
        const bool letter = is_key_character(c) && c != '-';
        torn = torn || !letter;
        if (letter) letters += c;
        if (!letter && torn && is_name_of_secret(std::string(letters.rbegin(), letters.rend()))) return true;
    }
    return torn && is_name_of_secret(std::string(letters.rbegin(), letters.rend()));
}

bool YamlKeys::begins_with_name(std::size_t at) const {
    if (is_one_of("\"'", text_[at])) ++at;
    std::size_t end = at;
    while (end < text_.size() && is_key_character(text_[end])) ++end;
    if (names_.kind(text_.substr(at, end - at)).known) return true;
    if (end < text_.size() && is_one_of("\"'", text_[end])) ++end;
    end = skip_blanks(text_, end);
    return end > at && end < text_.size() && text_[end] == ':';
}

std::size_t YamlKeys::behind_moved_colon(std::size_t at, std::size_t colon) const {
    std::size_t end = colon + 1;
    while (end < text_.size() && is_key_character(text_[end])) ++end;
    const std::string name =
        std::string(text_.substr(at, colon - at)) + std::string(text_.substr(colon + 1, end - colon - 1));
    const bool moved = end > colon + 1 && end < text_.size() && is_blank(text_[end]);
    return moved && is_secret_name(name) ? end : at;
}

std::size_t YamlKeys::torn_end(std::size_t at, std::size_t end) const {
    constexpr std::size_t longest = 40;
    const std::string_view rest = text_.substr(at, longest);
    const std::string_view word = rest.substr(0, rest.find_first_of(" \t\r\n\"':,=[]{}"));
    if (at + word.size() <= end) return end;
    std::string letters;
    std::ranges::copy_if(word, std::back_inserter(letters), [](char c) { return is_key_character(c); });
    return is_name_of_secret(letters) ? at + word.size() : end;
}

std::size_t YamlKeys::behind_glued_name(std::size_t at, std::size_t end) const {
    constexpr std::size_t longest = 40;  // of a name of a secret with '-' and '_' in it
    const std::size_t behind = skip_blanks(text_, end);
    const bool key = behind < text_.size() && is_one_of(":=", text_[behind]);
    if (key || names_.kind(text_.substr(at, end - at)).known) return end;
    for (std::size_t name = std::min(end, at + longest) - 1; name > at + 1; --name) {
        // A small letter behind it would be one of another word: `pinned`.
        const bool parted = text_[name] < 'a' || text_[name] > 'z';
        if (parted && is_name_of_secret(text_.substr(at, name - at))) return name;
    }
    return end;
}

}  // namespace dectprov
