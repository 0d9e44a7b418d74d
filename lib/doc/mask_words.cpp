// SPDX-License-Identifier: MIT
#include <algorithm>
#include <string_view>
#include <unordered_set>

#include "catalog/catalog.hpp"
#include "catalog/characters.hpp"
#include "doc/mask_scan.hpp"

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

const std::unordered_set<std::string_view>& names_around_secrets() {
    static const std::unordered_set<std::string_view> names = [] {
        const Catalog& catalog = Catalog::builtin();
        std::unordered_set<std::string_view> sections;
        for (std::size_t i = 0; i < catalog.size(); ++i) {
            EntryId id = static_cast<EntryId>(i);
            if (!catalog.has(id, Trait::secret)) continue;
            for (id = catalog[id].parent; id != EntryId::none; id = catalog[id].parent)
                sections.insert(catalog[id].name);
        }
        return sections;
    }();
    return names;
}

const std::unordered_set<std::string_view>& element_names() {
    static const std::unordered_set<std::string_view> names = [] {
        const Catalog& catalog = Catalog::builtin();
        std::unordered_set<std::string_view> all;
        for (std::size_t i = 0; i < catalog.size(); ++i) all.insert(catalog[static_cast<EntryId>(i)].name);
        return all;
    }();
    return names;
}

// The words that values are made of.
const std::unordered_set<std::string_view>& value_words() {
    static const std::unordered_set<std::string_view> words = [] {
        const Catalog& catalog = Catalog::builtin();
        std::unordered_set<std::string_view> all{"true", "false", "yes",   "no",
                                                 "on",   "off",   "merge", "overwrite"};
        for (std::size_t i = 0; i < catalog.size(); ++i) {
            const ValueType& type = catalog.type(static_cast<EntryId>(i));
            all.insert(type.choices.begin(), type.choices.end());
        }
        return all;
    }();
    return words;
}

bool is_short_number(std::string_view value) {
    constexpr std::size_t longest = 3;  // a PIN has four digits
    return value.size() <= longest && std::ranges::all_of(value, is_digit);
}

}  // namespace

bool is_name_of_section(std::string_view name) { return section_names().contains(name); }

bool holds_secret_by_name(std::string_view name) { return names_around_secrets().contains(name); }

bool is_name_of_element(std::string_view name) { return element_names().contains(name); }

bool is_prose(std::string_view text) {
    constexpr std::size_t longest = 3;  // digits in a row
    constexpr std::string_view signs = ".,;:!?()'\"-_#*/";
    std::size_t digits = 0;
    char before = ' ';
    for (const char c : text) {
        digits = is_digit(c) ? digits + 1 : 0;
        const bool mixed = (is_digit(c) && is_letter(before)) || (is_letter(c) && is_digit(before));
        const bool plain = is_alphanumeric(c) || is_white(c) || static_cast<unsigned char>(c) >= 0x80 ||
                           signs.find(c) != std::string_view::npos;
        if (digits > longest || mixed || !plain) return false;
        before = c;
    }
    return true;
}

bool is_telling(std::string_view value) {
    value = trimmed(value);
    return !is_short_number(value) && !value_words().contains(value);
}

}  // namespace dectprov
