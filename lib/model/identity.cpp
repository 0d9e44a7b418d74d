// SPDX-License-Identifier: MIT
#include "model/identity.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <limits>
#include <system_error>

#include <fmt/format.h>

#include "catalog/catalog.hpp"

namespace dectprov {
namespace {

constexpr std::size_t mac_digits = 12;
constexpr std::size_t uuid_length = 36;
constexpr std::size_t uuid_digits = 32;

bool is_hex(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

bool is_alphanumeric(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string lower(std::string_view text) {
    std::string result(text);
    for (char& c : result) c = lower(c);
    return result;
}

// A MAC address at the start of `text` in one of the usual notations: the characters it takes, 0 for none.
std::size_t mac_length(std::string_view text) {
    const auto digits_in_groups = [&](std::size_t group, std::string_view separators) -> std::size_t {
        const std::size_t groups = mac_digits / group;
        const std::size_t length = mac_digits + groups - 1;
        if (text.size() < length) return 0;
        const char separator = text[group];
        if (separators.find(separator) == std::string_view::npos) return 0;
        for (std::size_t i = 0; i < length; ++i) {
            const bool at_separator = i % (group + 1) == group;
            if (at_separator ? text[i] != separator : !is_hex(text[i])) return 0;
        }
        return length;
    };
    if (const std::size_t length = digits_in_groups(2, ":-"); length != 0) return length;
    if (const std::size_t length = digits_in_groups(4, ".-:"); length != 0) return length;
    const auto end = std::find_if_not(text.begin(), text.end(), is_hex);
    return end - text.begin() == static_cast<std::ptrdiff_t>(mac_digits) ? mac_digits : 0;
}

// Whether 36 characters have the shape of a UUID; `hex`: and are one.
bool has_uuid_shape(std::string_view text, bool hex) {
    if (text.size() < uuid_length) return false;
    for (std::size_t i = 0; i < uuid_length; ++i) {
        const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (dash ? text[i] != '-' : !(hex ? is_hex(text[i]) : is_alphanumeric(text[i]))) return false;
    }
    return true;
}

// A UUID at the start of `text` as other programs write it: in braces, or with its dashes at other places or
// none. The characters it takes, 0 for none.
std::size_t odd_uuid_length(std::string_view text) {
    const bool braces = text.starts_with('{');
    std::size_t at = braces ? 1 : 0;
    std::size_t digits = 0;
    for (; at < text.size() && digits < uuid_digits; ++at) {
        if (is_hex(text[at])) {
            ++digits;
        } else if (text[at] != '-') {
            return 0;
        }
    }
    if (digits < uuid_digits) return 0;
    if (braces) return text.substr(at).starts_with('}') ? at + 1 : 0;
    return at < text.size() && is_alphanumeric(text[at]) ? 0 : at;
}

// Five groups of about the right lengths, some digits too many or too few: the characters they take, 0 for
// none.
std::size_t bad_uuid_length(std::string_view text) {
    constexpr std::size_t groups[] = {8, 4, 4, 4, 12};
    constexpr std::size_t slack = 2;
    std::size_t at = 0;
    std::size_t odd = 0;
    for (const std::size_t length : groups) {
        if (at != 0 && (at == text.size() || text[at++] != '-')) return 0;
        const std::size_t begin = at;
        for (; at < text.size() && is_alphanumeric(text[at]); ++at) odd += is_hex(text[at]) ? 0 : 1;
        if (at - begin + slack < length || at - begin > length + slack) return 0;
    }
    return odd <= slack ? at : 0;
}

std::string uuid_of(std::string_view text) {
    std::string result;
    for (const char c : text) {
        if (!is_hex(c)) continue;
        if (result.size() == 8 || result.size() == 13 || result.size() == 18 || result.size() == 23)
            result += '-';
        result += lower(c);
    }
    return result;
}

std::string compact_mac(std::string_view text) {
    std::string result;
    for (const char c : text) {
        if (is_hex(c)) result += lower(c);
    }
    return result;
}

struct RoleWord {
    std::string_view word;
    std::string_view extension;
    Role role;
};

// Of a group file the digits are taken off first.
constexpr std::array<RoleWord, 4> role_words{{{"config", "xml", Role::config},
                                              {"users", "xml", Role::users},
                                              {"handset_config_list", "ver", Role::list},
                                              {"handset_config_group", "xml", Role::group}}};

struct Ending {
    Role role = Role::none;
    FileName::State state = FileName::State::other;
    std::uint32_t group = 0;
};

bool is_extension_near(std::string_view extension, std::string_view right) {
    if (extension.empty() || extension == "txt") return true;
    // "xml.xml", "ver.xml": editors and downloads add one.
    std::string_view rest = extension;
    while (rest.starts_with("xml") || rest.starts_with("ver")) {
        rest.remove_prefix(3);
        if (rest.empty()) return true;
        if (rest.front() != '.') break;
        rest.remove_prefix(1);
    }
    if (extension.find('.') != std::string_view::npos) return false;
    std::string sorted(extension);
    std::string target(right);
    std::ranges::sort(sorted);
    std::ranges::sort(target);
    return sorted == target || is_near(extension, right);
}

// "cfg" for "config", "usr" for "users": the same letters in their order, and the first of them.
bool is_short_for(std::string_view word, std::string_view right) {
    constexpr std::size_t shortest = 3;
    // Of a longer word too much could be left out.
    constexpr std::size_t longest = 6;
    if (word.size() < shortest || right.size() > longest || word.front() != right.front()) return false;
    for (const char c : right) {
        if (!word.empty() && word.front() == c) word.remove_prefix(1);
    }
    return word.empty();
}

// What follows the identity: "-config.xml".
Ending read_ending(std::string_view rest) {
    if (rest.empty()) return {};
    const std::size_t dot = rest.find('.');
    const std::string_view stem = rest.substr(0, dot);
    const std::string extension =
        lower(dot == std::string_view::npos ? std::string_view() : rest.substr(dot + 1));

    std::size_t digits = stem.size();
    while (digits > 0 && stem[digits - 1] >= '0' && stem[digits - 1] <= '9') --digits;
    std::string_view number = stem.substr(digits);
    std::string_view word = stem.substr(0, digits);
    const bool dash = word.starts_with('-');
    while (!word.empty() && std::string_view("-_. ").find(word.front()) != std::string_view::npos)
        word.remove_prefix(1);
    const bool underscore = word.ends_with('_');
    if (!number.empty() && !word.empty() &&
        std::string_view("-_ ").find(word.back()) != std::string_view::npos) {
        word.remove_suffix(1);
    }

    // A name as it should be is compared, not measured.
    const bool known = std::ranges::find(role_words, word, &RoleWord::word) != role_words.end();
    for (const RoleWord& row : role_words) {
        const bool group = row.role == Role::group;
        if (group == number.empty()) continue;
        const bool exact_word = word == row.word;
        if (!exact_word && (known || !(is_near(word, row.word) || is_short_for(word, row.word)))) continue;
        if (!is_extension_near(extension, row.extension)) continue;
        Ending ending{.role = row.role, .state = FileName::State::near, .group = 0};
        if (group) {
            const std::size_t zeros = std::min(number.find_first_not_of('0'), number.size() - 1);
            const std::string_view digits_left = number.substr(zeros);
            const auto read =
                std::from_chars(digits_left.data(), digits_left.data() + digits_left.size(), ending.group);
            if (read.ec != std::errc()) ending.group = std::numeric_limits<std::uint32_t>::max();
            if (zeros != 0) return ending;
        }
        const bool exact_extension = dot != std::string_view::npos && rest.substr(dot + 1) == row.extension;
        if (!dash || rest.size() < 2 || rest[1] != row.word.front() || !exact_word || !exact_extension)
            return ending;
        ending.state = FileName::State::exact;
        if (group && !underscore) {
            const bool bare = stem.size() == 1 + row.word.size() + number.size();
            ending.state = bare ? FileName::State::doubtful : FileName::State::near;
        }
        return ending;
    }
    return {};
}

// An identity that is none, in front of a role: how many characters it takes, 0 where this is no such name.
std::size_t bad_identity_length(std::string_view name) {
    if (has_uuid_shape(name, false)) return uuid_length;
    if (const std::size_t length = bad_uuid_length(name); length != 0) return length;
    std::size_t length = 0;
    std::size_t odd = 0;
    while (length < name.size() && is_alphanumeric(name[length])) {
        if (!is_hex(name[length])) ++odd;
        ++length;
    }
    constexpr std::size_t shortest = 10;
    constexpr std::size_t longest = 14;
    return length >= shortest && length <= longest && odd <= 2 ? length : 0;
}

}  // namespace

ModelSet Identity::models() const {
    switch (kind) {
        case Kind::none:
            return all_models;
        case Kind::mac:
            return mac_models;
        case Kind::uuid:
            return Model::vso;
    }
    return all_models;
}

std::optional<Identity> parse_identity(std::string_view text) {
    if (text.size() == uuid_length && has_uuid_shape(text, true)) {
        return Identity{.kind = Identity::Kind::uuid, .text = lower(text)};
    }
    if (!text.empty() && mac_length(text) == text.size()) {
        return Identity{.kind = Identity::Kind::mac, .text = compact_mac(text)};
    }
    return std::nullopt;
}

std::string_view unusable(const Identity& identity) {
    if (identity.kind != Identity::Kind::mac || identity.text.size() != mac_digits) return {};
    if (identity.text.find_first_not_of('0') == std::string::npos) return "all zero";
    if (identity.text.find_first_not_of('f') == std::string::npos) return "all ones";
    // The lowest bit of the first octet marks a group address (IEEE 802).
    if (std::string_view("13579bdf").find(identity.text[1]) != std::string_view::npos)
        return "a multicast address";
    return {};
}

FileName read_name(std::string_view base_name) {
    FileName name;
    std::string_view written;
    bool other_notation = false;
    if (has_uuid_shape(base_name, true)) {
        written = base_name.substr(0, uuid_length);
        name.identity = {.kind = Identity::Kind::uuid, .text = lower(written)};
    } else if (const std::size_t odd = odd_uuid_length(base_name); odd != 0) {
        written = base_name.substr(0, odd);
        name.identity = {.kind = Identity::Kind::uuid, .text = uuid_of(written)};
        other_notation = true;
    } else if (const std::size_t length = mac_length(base_name); length != 0) {
        written = base_name.substr(0, length);
        name.identity = {.kind = Identity::Kind::mac, .text = compact_mac(written)};
    } else if (const std::size_t bad = bad_identity_length(base_name); bad != 0) {
        written = base_name.substr(0, bad);
        const bool is_uuid = written.find('-') != std::string_view::npos;
        name.identity = {.kind = is_uuid ? Identity::Kind::uuid : Identity::Kind::none,
                         .text = lower(written)};
        name.bad_identity = true;
    } else {
        return {};
    }

    const Ending ending = read_ending(base_name.substr(written.size()));
    // A word that is no identity is one only in front of what is certainly a role.
    if (ending.role == Role::none || (name.bad_identity && ending.state != FileName::State::exact)) return {};
    name.role = ending.role;
    name.group = ending.group;
    name.state = ending.state;
    if (other_notation || written.size() != name.identity.text.size()) {
        name.state = FileName::State::near;
    } else if (written != name.identity.text && name.state == FileName::State::exact) {
        name.state = FileName::State::doubtful;
    }
    const bool no_group = name.role == Role::group && !is_group(name.group);
    if (no_group) name.state = FileName::State::near;
    if (name.state != FileName::State::exact && !no_group)
        name.right = file_name(name.identity.text, name.role, name.group);
    return name;
}

std::string file_name(std::string_view identity, Role role, std::uint32_t group) {
    switch (role) {
        case Role::config:
            return fmt::format("{}-config.xml", identity);
        case Role::users:
            return fmt::format("{}-users.xml", identity);
        case Role::list:
            return fmt::format("{}-handset_config_list.ver", identity);
        case Role::group:
            return fmt::format("{}-handset_config_group_{}.xml", identity, group);
        case Role::none:
        case Role::site:
            break;
    }
    return std::string(identity);
}

}  // namespace dectprov
