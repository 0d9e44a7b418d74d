// SPDX-License-Identifier: MIT
#include "model/merge_type.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "catalog/characters.hpp"
#include "catalog/entries.hpp"
#include "catalog/letter_case.hpp"

namespace dectprov {
namespace {

constexpr std::string_view right_name = "merge_type";
constexpr std::string_view merge = "merge";

bool is_configuration(const Tree& tree) { return !tree.empty() && tree.entry(0) == entry("config"); }

bool has_merge_type(const Tree& tree) {
    // Those of the root come first.
    for (const Tree::Attribute& one : tree.attributes()) {
        if (one.node != 0) return false;
        if (one.name_text == right_name) return true;
    }
    return false;
}

// An overwrite that says so is what it gets.
bool wants_none(std::string_view value) {
    static constexpr std::array<std::string_view, 5> words{"overwrite", "false", "no", "off", "0"};
    return std::ranges::any_of(
        words, [&](std::string_view word) { return equals_ignoring_case(trimmed(value), word); });
}

// A prefix of a namespace is no name of its own.
bool speaks_of_merge(std::string_view name) {
    return !name.starts_with("xmlns") && to_lower(name).find(merge) != std::string::npos;
}

}  // namespace

bool is_meant_as_merge_type(const Tree& tree, const Tree::Attribute& attribute) {
    if (attribute.node != 0 || !is_configuration(tree)) return false;
    if (attribute.name_text == right_name) return true;
    // Beside the right one it is read by nobody, and does no harm.
    if (has_merge_type(tree)) return false;
    return is_near(attribute.name_text, right_name) || equals_ignoring_case(trimmed(attribute.text), merge) ||
           (speaks_of_merge(attribute.name_text) && !wants_none(attribute.text));
}

bool is_merge_type_out_of_place(const Tree& tree, const Tree::Attribute& attribute) {
    if (attribute.node == 0 || !is_configuration(tree)) return false;
    const std::string_view written = attribute.name_text;
    if (!is_near(written, right_name) && !speaks_of_merge(written)) return false;
    return !wants_none(attribute.text) && !has_merge_type(tree);
}

bool is_merge_type_out_of_place(const Tree& tree, NodeIndex unknown) {
    if (!is_configuration(tree) || tree.has_children(unknown)) return false;
    // Longer names that speak of a merge may be settings of newer firmware.
    const std::string_view written = tree.name(unknown);
    if (!is_near(written, right_name) && !equals_ignoring_case(written, merge)) return false;
    return !wants_none(tree.value(unknown)) && !has_merge_type(tree);
}

}  // namespace dectprov
