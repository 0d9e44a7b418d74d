// SPDX-License-Identifier: MIT
#include "render/explain_setting.hpp"

#include <fmt/format.h>

#include <optional>

#include "doc/secret.hpp"

namespace dectprov {
namespace {

// The first node with that dotted path below the root.
std::optional<NodeIndex> find_path(const Tree& tree, std::string_view path) {
    NodeIndex node = 0;
    while (!path.empty()) {
        const std::string_view name = path.substr(0, path.find('.'));
        path.remove_prefix(std::min(path.size(), name.size() + 1));
        if (!tree.has_children(node)) return std::nullopt;
        NodeIndex child = tree.first(node);
        while (child < tree.after(node) && tree.name(child) != name) child = tree.after(child);
        if (child >= tree.after(node)) return std::nullopt;
        node = child;
    }
    return node;
}

void say(const Tree& tree, NodeIndex node, const std::string& what, std::string& out) {
    if (tree.has_children(node)) {
        for (NodeIndex child = tree.first(node); child < tree.after(node); child = tree.after(child)) {
            say(tree, child, fmt::format("{}.{}", what, tree.name(child)), out);
        }
        return;
    }
    const auto shown = [&tree](Span span) {
        const Position at = tree.sources().position(span.file, span.begin);
        return fmt::format("{}:{}:{}", tree.sources().name(span.file), at.line, at.column);
    };
    std::string places = shown(tree.value_span(node));
    if (tree.has_rows() && tree.row(node).via == Tree::Via::reference)
        places += fmt::format(", by {}", shown(tree.row(node).anchor));
    out += fmt::format("{} = {} ({})\n", what, shown_value(tree, node), places);
}

}  // namespace

std::string explain_setting(const SiteServer& site, std::string_view setting) {
    const Server& server = site.server;
    std::string out;
    if (server.config && !server.config->empty()) {
        if (const auto node = find_path(*server.config, setting)) {
            say(*server.config, *node, fmt::format("{} {}", server.identity.text, setting), out);
        }
    }
    for (const HandsetGroup& group : server.groups) {
        if (group.tree.empty()) continue;
        if (const auto node = find_path(group.tree, setting)) {
            say(group.tree, *node,
                fmt::format("{} handset_groups.{} {}", server.identity.text, group.number, setting), out);
        }
    }
    if (out.empty()) out = fmt::format("{} {} is not set\n", server.identity.text, setting);
    return out;
}

}  // namespace dectprov
