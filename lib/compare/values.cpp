// SPDX-License-Identifier: MIT
#include "compare/values.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "catalog/entries.hpp"
#include "catalog/value_forms.hpp"
#include "doc/secret.hpp"
#include "doc/ver_list.hpp"

namespace dectprov {
namespace {

constexpr EntryId version_id = entry("cota.info.version");

// Keys in any order are the same licences.
std::vector<std::string_view> sorted_keys(std::string_view text) {
    std::vector<std::string_view> keys = licence_keys(text);
    std::ranges::sort(keys);
    // Not std::ranges::unique, whose subrange clang 14 cannot read.
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
    return keys;
}

}  // namespace

std::string_view element_name(const Tree& tree, NodeIndex node) {
    const EntryId id = tree.entry(node);
    if (tree.is_xml() || id == EntryId::none) return tree.name(node);
    const std::string_view name = tree.catalog()[id].name;
    return name == "*" ? tree.name(node) : name;
}

bool is_builtin(EntryId entry) { return static_cast<std::size_t>(entry) < Catalog::builtin().size(); }

EntryId Leaf::order() const { return is_builtin(entry) ? entry : EntryId::none; }

std::vector<Leaf> leaves(const Tree& tree, NodeIndex section) {
    std::vector<Leaf> all;
    if (tree.empty() || !tree.has_children(section)) return all;
    const auto below = [](const std::string& above, std::string_view name) {
        return above.empty() ? std::string(name) : fmt::format("{}.{}", above, name);
    };
    for_each_leaf(tree, section, std::string(), below, [&](std::string path, NodeIndex node) {
        all.push_back({.path = std::move(path),
                       .entry = tree.entry(node),
                       .tree = &tree,
                       .node = node,
                       .section = tree.entry(section)});
    });
    std::ranges::stable_sort(all, [](const Leaf& a, const Leaf& b) {
        return a.order() != b.order() ? a.order() < b.order() : a.path < b.path;
    });
    std::size_t first = 0;
    for (std::size_t i = 1; i < all.size(); ++i) {
        const bool again = all[i].path == all[first].path;
        if (again) {
            all[i].path += fmt::format("#{}", i - first + 1);
        } else {
            first = i;
        }
    }
    return all;
}

bool same_elements(const Tree& a, NodeIndex section_a, const Tree& b, NodeIndex section_b) {
    if (a.empty() || b.empty()) return a.empty() && b.empty();
    const NodeIndex length = a.after(section_a) - section_a;
    if (b.after(section_b) - section_b != length) return false;
    for (NodeIndex step = 1; step < length; ++step) {
        const NodeIndex i = section_a + step;
        const NodeIndex k = section_b + step;
        const EntryId id = a.entry(i);
        if (!is_builtin(id) || id != b.entry(k)) return false;
        if (a.after(i) - i != b.after(k) - k || a.is_opaque(i) != b.is_opaque(k)) return false;
        if (!a.has_children(i) && a.value(i) != b.value(k)) return false;
        if (Catalog::builtin()[id].name == "*" && element_name(a, i) != element_name(b, k)) return false;
    }
    return true;
}

bool is_licence(const Catalog& catalog, EntryId entry) {
    return entry != EntryId::none && catalog.type(entry).kind == Kind::licence_keys;
}

std::vector<std::string_view> licence_keys(std::string_view text) {
    std::vector<std::string_view> keys;
    for_each_licence_key(text, [&keys](std::string_view key) {
        if (!key.empty()) keys.push_back(key);
    });
    return keys;
}

std::string shown_keys(std::size_t count, bool at_least) {
    return fmt::format("<{}{} key{}>", at_least ? "at least " : "", count, count == 1 ? "" : "s");
}

std::string shown(const Catalog& catalog, EntryId entry, std::string_view path, std::string_view value) {
    if (is_licence(catalog, entry)) return shown_keys(sorted_keys(value).size());
    if (is_secret_at(catalog, entry, path)) return value.empty() ? std::string() : "<secret>";
    return shown_value(catalog, entry, value);
}

std::string shown(const Leaf& leaf) {
    const Tree& tree = *leaf.tree;
    if (leaf.is_opaque() && is_secret_at(tree.catalog(), leaf.entry, leaf.path)) return "<secret>";
    std::string text = shown(tree.catalog(), leaf.entry, leaf.path, leaf.value());
    if (tree.referred(leaf.node) == nullptr || text == "<secret>") return text;
    return shown_value(tree, leaf.node);
}

std::string shown_path(const Catalog& catalog, EntryId section, std::string_view path) {
    EntryId entry = section;
    std::size_t begin = 0;
    for (std::size_t end = path.find('.'); end != std::string_view::npos; end = path.find('.', begin)) {
        std::string_view name = path.substr(begin, end - begin);
        name = name.substr(0, name.find('#'));
        if (entry != EntryId::none) entry = catalog.child(entry, name);
        if (hides_names(catalog, entry, name)) return fmt::format("{}.{}", path.substr(0, end), secret_stars);
        begin = end + 1;
    }
    return std::string(path);
}

std::string shown_path(const Leaf& leaf) { return shown_path(leaf.tree->catalog(), leaf.section, leaf.path); }

bool same_value(const Catalog& catalog, EntryId entry, std::string_view a, std::string_view b) {
    if (a == b) return true;
    if (is_licence(catalog, entry)) return sorted_keys(a) == sorted_keys(b);
    if (entry == version_id) return same_version(a, b);
    if (entry == EntryId::none || catalog.type(entry).kind != Kind::ipei) return false;
    const auto one = parse_ipei(a);
    const auto other = parse_ipei(b);
    return one && other && one->number == other->number;
}

Same compare(const Leaf& before, const Leaf& after) {
    if (before.is_opaque() != after.is_opaque()) return Same::unknown;
    return same_value(before.tree->catalog(), before.entry, before.value(), after.value()) ? Same::yes
                                                                                           : Same::no;
}

}  // namespace dectprov
