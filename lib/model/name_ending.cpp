// SPDX-License-Identifier: MIT
#include "model/name_ending.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <iterator>
#include <limits>
#include <optional>
#include <string>
#include <system_error>

#include "catalog/catalog.hpp"
#include "catalog/characters.hpp"
#include "catalog/letter_case.hpp"

namespace dectprov {
namespace {

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

bool is_extension_near(std::string_view extension, std::string_view right) {
    if (extension.empty()) return true;
    // "xml.xml", "xml.txt": editors and downloads add one.
    std::string_view rest = extension;
    while (rest.starts_with("xml") || rest.starts_with("ver") || rest.starts_with("txt")) {
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

// What people keep beside such a file under its name: tables and descriptions that it is made from,
// templates, secrets, sealed and packed copies, documents, reports, sums and signatures.
constexpr std::string_view other_formats[] = {
    "7z",   "adoc",     "age",    "asc",     "bz2",  "csv",    "diff",   "dist",    "doc",      "docx",
    "enc",  "env",      "erb",    "example", "gpg",  "gz",     "html",   "j2",      "jinja",    "jinja2",
    "jpeg", "jpg",      "json",   "license", "log",  "md",     "md5",    "minisig", "mustache", "numbers",
    "ods",  "odt",      "p7s",    "patch",   "pdf",  "pem",    "png",    "ps1",     "py",       "rar",
    "rej",  "rst",      "sample", "sh",      "sha1", "sha256", "sha512", "sig",     "sops",     "svg",
    "tar",  "template", "tgz",    "tmp",     "tmpl", "tpl",    "tsv",    "vcf",     "xls",      "xlsm",
    "xlsx", "xsd",      "xsl",    "xslt",    "xz",   "yaml",   "yml",    "zip",     "zst"};

// Whether a file whose name is right up to there is one with a wrong extension or a second one. What stands
// in front of the right one, as in "users.old.xml", says that somebody has put the file aside.
bool is_extension_wrong(std::string_view extension, std::string_view right) {
    const std::string_view first = extension.substr(0, extension.find('.'));
    if (first.size() != extension.size() && !first.empty() && first != right) return false;
    const std::string_view last = extension.substr(extension.rfind('.') + 1);
    return std::ranges::find(other_formats, last) == std::end(other_formats);
}

// Whether a word is that of a group file with something else in the place of the number: nothing or a name.
bool is_group_without_number(std::string_view word) {
    constexpr std::string_view start = "handset_config_group";
    if (!word.starts_with(start)) return false;
    word.remove_prefix(start.size());
    if (!word.empty() && is_one_of("-_ ", word.front())) word.remove_prefix(1);
    return std::ranges::all_of(word, is_alphanumeric);
}

// What digits say; past 32 bits the highest that these hold.
std::uint32_t number_of(std::string_view digits) {
    std::uint32_t number = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return read.ec == std::errc() ? number : std::numeric_limits<std::uint32_t>::max();
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

// The word of a role that is spelt out, or stands beside another one: "configuration" is "config", and
// "config-users" is "users". Nothing for any other.
std::optional<std::string> plainer_word(std::string_view word) {
    constexpr std::string_view spelt_out = "configuration";
    std::string plain = to_lower(word);
    if (const std::size_t at = plain.find(spelt_out); at != std::string::npos) {
        plain.replace(at, spelt_out.size(), "config");
        return plain;
    }
    bool users = false;
    std::size_t parts = 0;
    for (std::string_view rest = plain; true; ++parts) {
        const std::size_t end = rest.find_first_of("-_. ");
        const std::string_view part = rest.substr(0, end);
        if (part != "config" && part != "users") return std::nullopt;
        users = users || part == "users";
        if (end == std::string_view::npos) break;
        rest.remove_prefix(end + 1);
    }
    if (parts == 0) return std::nullopt;
    return users ? "users" : "config";
}

}  // namespace

Ending read_ending(std::string_view rest) {
    // ".config" alone is as likely the extension of something else.
    const bool dotted = rest.starts_with('.') && rest.find('.', 1) != std::string_view::npos;
    if (dotted) rest.remove_prefix(1);
    if (rest.empty()) return {};
    const std::size_t dot = rest.find('.');
    const std::string_view stem = rest.substr(0, dot);
    const std::string extension =
        to_lower(dot == std::string_view::npos ? std::string_view() : rest.substr(dot + 1));

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
    const auto is_known = [](std::string_view one) {
        return std::ranges::find(role_words, one, &RoleWord::word) != role_words.end();
    };
    const std::optional<std::string> plainer = is_known(word) ? std::nullopt : plainer_word(word);
    if (plainer) word = *plainer;
    const bool known = is_known(word);
    if (number.empty() && is_group_without_number(word) && extension == "xml")
        return {.role = Role::group, .state = FileName::State::near, .group = 0};
    for (const RoleWord& row : role_words) {
        const bool group = row.role == Role::group;
        if (group == number.empty()) continue;
        const bool exact_word = word == row.word;
        if (!exact_word && (known || !(is_near(word, row.word) || is_short_for(word, row.word)))) continue;
        const bool wrong = exact_word && !dotted && is_extension_wrong(extension, row.extension);
        if (!wrong && !is_extension_near(extension, row.extension)) continue;
        Ending ending{.role = row.role, .state = FileName::State::near, .group = 0};
        if (group) {
            const std::size_t zeros = std::min(number.find_first_not_of('0'), number.size() - 1);
            ending.group = number_of(number.substr(zeros));
            if (zeros != 0) return ending;
        }
        if (dotted || plainer) return ending;
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

}  // namespace dectprov
