// SPDX-License-Identifier: MIT
#include "doc/secret.hpp"

#include <algorithm>

#include "catalog/byte_scan.hpp"
#include "diag/shorten.hpp"
#include "doc/mask_scan.hpp"

namespace dectprov {
namespace {

bool is_builtin(EntryId entry) { return static_cast<std::size_t>(entry) < Catalog::builtin().size(); }

// Whether an element holds secrets, so that a text in its place may be one.
bool is_section_of_secrets(const Catalog& catalog, EntryId entry) {
    if (!catalog.is_section(entry)) return false;
    for (auto below = static_cast<std::size_t>(entry) + 1;
         below < static_cast<std::size_t>(catalog[entry].after); ++below) {
        if (catalog.has(static_cast<EntryId>(below), Trait::secret)) return true;
    }
    return false;
}

// Whether the value of a node is a secret by its element. The name is looked for only where it can tell.
bool is_secret_element(const Tree& tree, NodeIndex node) {
    const EntryId id = tree.entry(node);
    if (id != EntryId::none && is_builtin(id))
        return tree.catalog().has(id, Trait::secret) ||
               (!tree.has_children(node) && is_section_of_secrets(tree.catalog(), id));
    return is_secret(tree.catalog(), id, tree.name(node));
}

bool is_within(const TextPart& part, const std::vector<TextPart>& parts) {
    return std::ranges::any_of(
        parts, [&](const TextPart& one) { return one.begin <= part.begin && part.end <= one.end; });
}

// What came out of references, in bytes of the value instead of the text.
std::vector<TextPart> referred_parts(const Tree& tree, NodeIndex node) {
    const std::vector<TextPart>* const referred = tree.referred(node);
    if (referred == nullptr) return {};
    const std::string_view value = tree.value(node);
    const auto before = static_cast<std::size_t>(value.data() - tree.text(node).data());
    std::vector<TextPart> parts;
    for (TextPart part : *referred) {
        part.begin = std::max(part.begin, before) - before;
        part.end = std::min(std::max(part.end, before) - before, value.size());
        if (part.begin < part.end) parts.push_back(part);
    }
    return parts;
}

}  // namespace

std::vector<TextPart> in_order(std::vector<TextPart> parts) {
    std::ranges::sort(parts, {}, &TextPart::begin);
    std::vector<TextPart> out;
    for (const TextPart& part : parts) {
        if (part.begin >= part.end) continue;
        if (!out.empty() && part.begin <= out.back().end) {
            out.back().end = std::max(out.back().end, part.end);
        } else {
            out.push_back(part);
        }
    }
    return out;
}

bool is_secret(const Catalog& catalog, EntryId entry, std::string_view name) {
    const bool known = entry != EntryId::none;
    if (known && catalog.has(entry, Trait::secret)) return true;
    return !(known && is_builtin(entry)) && is_secret_name(name);
}

bool is_secret_at(const Catalog& catalog, EntryId entry, std::string_view path) {
    if (is_builtin(entry)) return is_secret(catalog, entry, {}) || is_section_of_secrets(catalog, entry);
    for (std::size_t begin = 0; begin <= path.size();) {
        const std::size_t end = std::min(path.find('.', begin), path.size());
        std::string_view name = path.substr(begin, end - begin);
        name = name.substr(0, name.find('#'));
        if (is_secret(catalog, end == path.size() ? entry : EntryId::none, name)) return true;
        begin = end + 1;
    }
    return false;
}

bool hides_names(const Catalog& catalog, EntryId entry, std::string_view name) {
    return is_secret(catalog, entry, name) ||
           (entry != EntryId::none && catalog.has(entry, Trait::credential));
}

bool is_secret(const Tree& tree, NodeIndex node) {
    return tree.referred(node) != nullptr || is_secret_element(tree, node);
}

std::vector<TextPart> secret_parts(const Catalog& catalog, EntryId entry, std::string_view value) {
    // Most values have nothing that such a part would stand behind.
    if (find_any<'@', '=', ':'>(value, 0) == value.size()) return {};
    SecretNames names;
    std::vector<TextPart> parts;
    const bool address = entry != EntryId::none && catalog.has(entry, Trait::credential);
    hide_in_value(value, address, names, parts);
    return in_order(std::move(parts));
}

std::vector<TextPart> secret_parts(const Tree& tree, NodeIndex node) {
    const std::string_view value = tree.value(node);
    if (is_secret_element(tree, node)) return in_order({{.begin = 0, .end = value.size()}});
    std::vector<TextPart> parts = secret_parts(tree.catalog(), tree.entry(node), value);
    std::ranges::move(referred_parts(tree, node), std::back_inserter(parts));
    return in_order(std::move(parts));
}

std::string with_stars(std::string_view value, const std::vector<TextPart>& parts) {
    std::string out;
    std::size_t done = 0;
    for (const TextPart& part : parts) {
        out += value.substr(done, part.begin - done);
        out += secret_stars;
        done = part.end;
    }
    out += value.substr(done);
    return out;
}

std::string shown_value(const Catalog& catalog, EntryId entry, std::string_view value) {
    if (entry == EntryId::none && is_telling(value)) return std::string(secret_stars);
    return with_stars(value, secret_parts(catalog, entry, value));
}

std::string shown_value(const Tree& tree, NodeIndex node) {
    if (tree.entry(node) == EntryId::none)
        return shown_value(tree.catalog(), EntryId::none, tree.value(node));
    return with_stars(tree.value(node), secret_parts(tree, node));
}

std::string shown_text(std::string_view text) {
    return with_stars(text, secret_parts(Catalog::builtin(), EntryId::none, text));
}

std::string shown_label(std::string_view text) { return shortened_name(shown_text(text)); }

std::string shown_message(std::string_view message) {
    std::vector<TextPart> parts;
    hide_in_urls(message, false, parts);
    return with_stars(message, in_order(std::move(parts)));
}

std::string shown_firmware_version(std::string_view text) {
    std::vector<TextPart> parts;
    hide_in_versions(text, parts);
    return parts.empty() ? std::string(text) : std::string(secret_stars);
}

bool holds_secret(const Tree& tree) { return holds_secret(tree, 0, static_cast<NodeIndex>(tree.size())); }

bool holds_secret(const Tree& tree, NodeIndex begin, NodeIndex end) {
    NodeIndex secret_end = begin;  // of an unknown element that is called like a secret
    for (NodeIndex node = begin; node < end;) {
        // What is laid under many trees holds none.
        if (tree.fragment(node) != nullptr) {
            node = tree.after(node);
            continue;
        }
        const NodeIndex leaf = node++;
        const bool secret = leaf < secret_end || is_secret(tree, leaf);
        if (tree.has_children(leaf)) {
            if (secret && tree.entry(leaf) == EntryId::none)
                secret_end = std::max(secret_end, tree.after(leaf));
            continue;
        }
        const std::string_view value = tree.value(leaf);
        if (value.empty()) continue;
        if (secret || !secret_parts(tree.catalog(), tree.entry(leaf), value).empty()) return true;
    }
    return false;
}

std::vector<std::string> names_of_references(const Tree& tree) {
    std::vector<std::string> names;
    tree.each_referred([&](NodeIndex node) {
        const std::vector<TextPart> known = secret_parts(tree.catalog(), tree.entry(node), tree.value(node));
        const auto is_known = [&](const TextPart& part) { return is_within(part, known); };
        if (!std::ranges::all_of(referred_parts(tree, node), is_known)) names.emplace_back(tree.name(node));
    });
    return names;
}

}  // namespace dectprov
