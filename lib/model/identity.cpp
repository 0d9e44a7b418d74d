// SPDX-License-Identifier: MIT
#include "model/identity.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>

#include <fmt/format.h>

#include "catalog/byte_scan.hpp"
#include "catalog/characters.hpp"
#include "catalog/letter_case.hpp"
#include "model/name_ending.hpp"

namespace dectprov {
namespace {

constexpr std::size_t mac_digits = 12;
constexpr std::size_t uuid_length = 36;
constexpr std::size_t uuid_digits = 32;

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
    // The first letter of what follows without its hyphen is a digit too.
    constexpr std::string_view word = "config";
    if (equals_ignoring_case(text.substr(std::min(mac_digits, text.size()), word.size()), word) &&
        std::ranges::all_of(text.substr(0, mac_digits), is_hex))
        return mac_digits;
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
        result += to_lower(c);
    }
    return result;
}

std::string compact_mac(std::string_view text) {
    std::string result;
    for (const char c : text) {
        if (is_hex(c)) result += to_lower(c);
    }
    return result;
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

// What editors put behind a name to keep what was there before.
constexpr std::string_view backup_endings[] = {"~",     ".bak",      ".swp",         ".swo",        ".orig",
                                               ".save", ".kate-swp", "___jb_tmp___", "___jb_old___"};

// The words that file managers make the name of a copy with, in lower case: Windows, GNOME and macOS, in
// English, Danish and German.
constexpr std::string_view copy_starts[] = {"copy of ", "kopi af ", "kopie von "};
constexpr std::string_view copy_words[] = {" - copy", " - kopi",  " - kopie", " (copy)",
                                           " (kopi)", " (kopie)", " copy"};

// " (2)", "(2)", " 2" at the end of a text is taken off; false where nothing of the kind is there.
bool take_number(std::string_view& text, bool bare) {
    std::string_view rest = text;
    const bool brackets = rest.ends_with(')');
    if (brackets) rest.remove_suffix(1);
    const std::size_t last = rest.find_last_not_of("0123456789");
    if (last == std::string_view::npos || last + 1 == rest.size()) return false;
    rest = rest.substr(0, last + 1);
    if (brackets ? !rest.ends_with('(') : !(bare && rest.ends_with(' '))) return false;
    rest.remove_suffix(1);
    if (brackets && rest.ends_with(' ')) rest.remove_suffix(1);
    text = rest;
    return true;
}

bool take_copy_word(std::string_view& text) {
    const std::string small = to_lower(text);
    for (const std::string_view word : copy_words) {
        if (!small.ends_with(word)) continue;
        text.remove_suffix(word.size());
        return true;
    }
    return false;
}

// The name that a copy was made of: "Copy of NAME", "STEM (2).xml", "STEM - Copy (2).xml", "STEM.xml (2)".
// Nothing where it is no such name.
std::optional<std::string> copied_name(std::string_view base_name) {
    // Names of copies have a blank or a bracket; the others are not looked at any longer.
    if (find_any<' ', '('>(base_name, 0) == base_name.size()) return std::nullopt;
    bool copied = false;
    const std::string small = to_lower(base_name);
    for (const std::string_view start : copy_starts) {
        if (!small.starts_with(start)) continue;
        base_name.remove_prefix(start.size());
        copied = true;
        break;
    }
    const auto strip = [&](std::string_view text) {
        bool numbered = false;
        for (bool more = true; more;) {
            std::string_view rest = text;
            numbered = take_number(rest, true);
            const bool word = take_copy_word(rest);
            // A bare number belongs to a copy only behind the word.
            if (!word) {
                rest = text;
                numbered = take_number(rest, false);
            }
            more = word || numbered;
            copied = copied || more;
            text = rest;
        }
        return text;
    };
    base_name = strip(base_name);
    const std::size_t dot = base_name.find('.');
    const std::string_view stem = strip(base_name.substr(0, dot));
    if (!copied) return std::nullopt;
    return std::string(stem) + std::string(dot == std::string_view::npos ? "" : base_name.substr(dot));
}

FileName read_plain_name(std::string_view base_name) {
    FileName name;
    std::string_view written;
    bool other_notation = false;
    if (has_uuid_shape(base_name, true)) {
        written = base_name.substr(0, uuid_length);
        name.identity = {.kind = Identity::Kind::uuid, .text = to_lower(written)};
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
                         .text = to_lower(written)};
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

}  // namespace

ModelSet Identity::models() const {
    switch (kind) {
        case Kind::none:
            return all_models;
        case Kind::mac:
            return mac_models;
        case Kind::uuid:
            return uuid_models;
    }
    return all_models;
}

std::optional<Identity> parse_identity_of_files(std::string_view text) {
    if (text.size() == uuid_length && has_uuid_shape(text, false))
        return Identity{.kind = Identity::Kind::uuid, .text = to_lower(text)};
    return parse_identity(text);
}

std::optional<Identity> parse_identity(std::string_view text) {
    if (text.size() == uuid_length && has_uuid_shape(text, true)) {
        return Identity{.kind = Identity::Kind::uuid, .text = to_lower(text)};
    }
    if (!text.empty() && mac_length(text) == text.size()) {
        return Identity{.kind = Identity::Kind::mac, .text = compact_mac(text)};
    }
    return std::nullopt;
}

std::string_view unusable(const Identity& identity) {
    if (identity.kind != Identity::Kind::mac || identity.text.size() != mac_digits) return {};
    if (identity.text.find_first_not_of('0') == std::string::npos) return "all zeros";
    if (identity.text.find_first_not_of('f') == std::string::npos) return "all ones";
    // The lowest bit of the first octet marks a group address (IEEE 802).
    if (std::string_view("13579bdf").find(identity.text[1]) != std::string_view::npos)
        return "a multicast address";
    return {};
}

FileName read_name(std::string_view base_name) {
    if (backed_up_name(base_name)) return {};
    const std::string_view begun = trimmed_start(base_name, " ");
    const std::optional<std::string> copied = copied_name(begun);
    FileName name = copied ? read_plain_name(*copied) : FileName();
    const bool is_copy = name.state != FileName::State::other;
    if (!is_copy) name = read_plain_name(begun);
    // Of a copy, and behind a blank, every form is one that no server asks for.
    if (name.state == FileName::State::other || (!is_copy && begun.size() == base_name.size())) return name;
    name.state = FileName::State::near;
    if (name.role != Role::group || is_group(name.group))
        name.right = file_name(name.identity.text, name.role, name.group);
    return name;
}

std::optional<std::string_view> backed_up_name(std::string_view base_name) {
    // Every file of a walk is asked, so nothing is copied.
    for (const std::string_view ending : backup_endings) {
        if (base_name.size() <= ending.size()) continue;
        const std::size_t end = base_name.size() - ending.size();
        if (equals_ignoring_case(base_name.substr(end), ending)) return base_name.substr(0, end);
    }
    return std::nullopt;
}

bool begins_with_identity(std::string_view base_name) {
    return mac_length(base_name) != 0 || has_uuid_shape(base_name, true) || odd_uuid_length(base_name) != 0;
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
