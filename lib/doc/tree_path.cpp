// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>

#include "doc/mask_scan.hpp"
#include "doc/secret.hpp"
#include "doc/tree.hpp"

namespace dectprov {
namespace {

// "00077 0000001" and "000770000001*" are the same handset: the first twelve digits; empty where there are
// not so many.
std::string handset_digits(std::string_view ipei) {
    constexpr std::size_t count = 12;
    std::string digits;
    for (const char c : ipei) {
        if (c >= '0' && c <= '9' && digits.size() < count) digits += c;
    }
    return digits.size() == count ? digits : std::string();
}

// The number of a server in its file says nothing about the server: "servers[1].users" is "users".
std::string_view without_server(std::string_view prefix) {
    if (!prefix.starts_with("servers[")) return prefix;
    const std::size_t end = prefix.find("].");
    return end == std::string_view::npos ? prefix : prefix.substr(end + 2);
}

void append(std::string& path, std::string_view step) {
    if (!path.empty() && !step.empty() && !step.starts_with('[')) path += '.';
    path += step;
}

// Whether a secret of the user says the same as one of his fields.
bool is_secret_of(const Tree& tree, NodeIndex user, std::string_view text, std::string_view key) {
    if (key.size() < shortest_alike || is_name_of_element(key)) return false;
    for (NodeIndex c = tree.first(user); c != tree.after(user); c = tree.after(c)) {
        if (!tree.has_children(c) && !tree.is_opaque(c) && (tree.value(c) == text || tree.value(c) == key) &&
            is_secret(tree, c))
            return true;
    }
    return false;
}

}  // namespace

const std::vector<Tree::Top>& Tree::top_level() const {
    if (!top_level_.empty()) return top_level_;
    std::uint32_t number = 0;
    for (NodeIndex c = first(0); c != after(0); c = after(c)) {
        const EntryId id = at(c).entry;
        if (id != EntryId::none && catalog_->has(id, Trait::repeatable)) ++number;
        top_level_.push_back({.node = c, .number = number});
    }
    return top_level_;
}

// From the root's child down to `node`; nothing for the root.
void Tree::path_to(NodeIndex node, std::vector<NodeIndex>& chain) const {
    if (node == 0) return;
    const auto behind = std::ranges::upper_bound(top_level(), node, {}, &Top::node);
    NodeIndex at = std::prev(behind)->node;
    chain.push_back(at);
    while (at != node) {
        const std::size_t depth = chain.size();
        const bool on_last = depth < last_chain_.size() && last_chain_[depth - 1] == at;
        NodeIndex next = on_last && last_chain_[depth] <= node ? last_chain_[depth] : first(at);
        while (after(next) <= node) next = after(next);
        at = next;
        chain.push_back(at);
    }
    last_chain_ = chain;
}

// The name of a node in a path. A node's own name may be that of the description's key for it.
std::string Tree::step(NodeIndex node) const {
    const EntryId id = at(node).entry;
    if (!is_xml() && id != EntryId::none && (*catalog_)[id].name != "*") {
        return std::string((*catalog_)[id].name);
    }
    return std::string(name(node));
}

// "ipei=000770000001", "ward=A3,username=7001"; empty where nothing identifies the user.
const std::string& Tree::user_key(NodeIndex user) const {
    if (last_user_ == user) return last_key_;
    last_user_ = user;
    last_key_.clear();
    for (const std::string_view field : std::array<std::string_view, 3>{"ipei", "username", "localno"}) {
        const EntryId id = catalog_->child(at(user).entry, field);
        const NodeIndex found = id == EntryId::none ? none : child(user, id);
        // What came out of a reference is a secret.
        if (found == none || is_opaque(found) || referred(found) != nullptr) continue;
        std::string key = field == "ipei" ? handset_digits(value(found)) : shown_text(value(found));
        if (key.empty()) continue;
        if (is_secret_of(*this, user, value(found), key)) key = secret_stars;
        last_key_ = std::string(field) + "=" + key;
        break;
    }
    const auto behind =
        std::ranges::upper_bound(selections_, user, {}, &decltype(selections_)::value_type::first);
    if (!last_key_.empty() && behind != selections_.begin() && !std::prev(behind)->second.empty())
        last_key_ = std::prev(behind)->second + "," + last_key_;
    return last_key_;
}

std::string Tree::path_of(NodeIndex node, std::string_view prefix, bool by_identity) const {
    std::vector<NodeIndex> chain;
    path_to(node, chain);
    std::string path(prefix);
    if (chain.empty()) return path;

    const NodeIndex top = chain.front();
    const EntryId id = at(top).entry;
    const EntryId root = at(0).entry;
    std::string name = step(top);
    if (id != EntryId::none && catalog_->has(id, Trait::repeatable)) {
        const auto found = std::ranges::lower_bound(top_level(), top, {}, &Top::node);
        std::string key = by_identity ? user_key(top) : std::string();
        // Where a user stands in the list identifies nobody.
        if (key.empty() && !by_identity) key = std::to_string(found->number);
        // In a site description the list itself holds the users.
        name = (prefix_.empty() ? name : std::string()) + "[" + key + "]";
    } else if (!prefix_.empty() && root != EntryId::none && (*catalog_)[root].name == "cota") {
        // A group of a site description has the content of `data` under `settings`, the version as a key of
        // its own, and is itself named by its number.
        if (name == "data") name = "settings";
        if (name == "info") {
            if (chain.size() > 1 && step(chain[1]) != "group") append(path, step(chain[1]));
            return path;
        }
    }
    append(path, name);
    for (std::size_t i = 1; i < chain.size(); ++i) append(path, step(chain[i]));
    return path;
}

std::string Tree::path(NodeIndex node) const { return path_of(node, prefix_, false); }

std::string Tree::identity(NodeIndex node) const { return path_of(node, without_server(prefix_), true); }

}  // namespace dectprov
