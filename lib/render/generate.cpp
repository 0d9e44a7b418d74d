// SPDX-License-Identifier: MIT
#include "render/generate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "catalog/characters.hpp"
#include "catalog/entries.hpp"
#include "diag/rules.hpp"
#include "doc/read_xml.hpp"
#include "doc/write_xml.hpp"
#include "rules/settings.hpp"
#include "source/failure.hpp"

namespace dectprov {
namespace {

// A tree while settings are put into it in any order. Nodes name their children by number.
struct Draft {
    struct Node {
        std::string name;
        EntryId entry;
        std::string text = {};
        Span name_span = {};
        Span value_span = {};
        std::vector<std::size_t> children = {};
        bool is_set = false;
    };

    const Catalog& catalog;
    std::vector<Node> nodes;

    std::size_t child(std::size_t parent, std::string_view name) {
        for (const std::size_t one : nodes[parent].children) {
            if (nodes[one].name == name) return one;
        }
        nodes.push_back({.name = std::string(name), .entry = catalog.child(nodes[parent].entry, name)});
        nodes[parent].children.push_back(nodes.size() - 1);
        return nodes.size() - 1;
    }

    // The node at a dotted path, made where it is missing.
    std::size_t at(std::string_view path) {
        std::size_t node = 0;
        while (!path.empty()) {
            const std::string_view name = path.substr(0, path.find('.'));
            path.remove_prefix(std::min(path.size(), name.size() + 1));
            node = child(node, name);
        }
        return node;
    }

    void set(std::string_view path, std::string value) {
        Node& node = nodes[at(path)];
        node.text = std::move(value);
        node.is_set = true;
    }

    void put(std::size_t index, SourceSet& sources, Tree& tree) const {
        const Node& node = nodes[index];
        const NodeIndex made = tree.open(node.entry, Tree::Row{.name = node.name_span,
                                                               .value = node.value_span,
                                                               .name_text = sources.keep(node.name),
                                                               .text = sources.keep(node.text)});
        for (const std::size_t one : node.children) put(one, sources, tree);
        tree.close(made);
    }
};

// Names of elements with dots between them.
bool is_path(std::string_view path) {
    while (true) {
        const std::size_t dot = std::min(path.find('.'), path.size());
        if (!is_xml_name(path.substr(0, dot))) return false;
        if (dot == path.size()) return true;
        path.remove_prefix(dot + 1);
    }
}

void assign(Draft& draft, const Assignment& one, const std::string& path, FileId file, std::uint32_t begin) {
    if (!is_path(one.path)) throw Failure(fmt::format("--set: '{}' is not a dotted path", one.path));
    const std::size_t index = draft.at(path);
    Draft::Node& node = draft.nodes[index];
    const bool section = node.entry != EntryId::none && draft.catalog.is_section(node.entry);
    if (section || !node.children.empty() || index == 0) {
        throw Failure(fmt::format("--set: '{}' is a section; name a setting in it", one.path));
    }
    const auto end = begin + static_cast<std::uint32_t>(one.path.size());
    node.text = one.value;
    node.is_set = true;
    node.name_span = {.file = file, .begin = end - static_cast<std::uint32_t>(node.name.size()), .end = end};
    node.value_span = {
        .file = file, .begin = end + 1, .end = end + 1 + static_cast<std::uint32_t>(one.value.size())};
}

// Puts the assignments below `prefix`, with places in a source of their own.
Tree finished(Draft draft, const Catalog& catalog, SourceSet& sources, std::string_view prefix,
              const std::vector<Assignment>& settings) {
    std::string text;
    std::vector<std::uint32_t> begins;
    for (const Assignment& one : settings) {
        begins.push_back(static_cast<std::uint32_t>(text.size()));
        text += fmt::format("{}={}\n", one.path, one.value);
    }
    const FileId file = sources.add("--set", std::move(text));
    // What no assignment gives stands at the begin of the source.
    for (Draft::Node& node : draft.nodes) node.name_span.file = node.value_span.file = file;
    for (std::size_t i = 0; i < settings.size(); ++i) {
        const std::string& path = settings[i].path;
        const bool whole = prefix.empty() || path == prefix || path.starts_with(fmt::format("{}.", prefix));
        assign(draft, settings[i], whole ? path : fmt::format("{}.{}", prefix, path), file, begins[i]);
    }
    for (const Draft::Node& node : draft.nodes) {
        if (!node.is_set || node.children.empty()) continue;
        throw Failure(fmt::format("--set: '{}' has a value, so nothing below it can be set", node.name));
    }
    Tree tree(catalog, sources, file);
    draft.put(0, sources, tree);
    return tree;
}

// Whether the file is that of the group by what it says itself.
void check_own_number(const Tree& tree, std::uint32_t group, Report& report) {
    const NodeIndex node = tree.find(entry("cota.info.group"));
    const std::string_view value = node == Tree::none ? std::string_view() : tree.value(node);
    if (value.empty()) {
        report.add(rule::element_missing, Place{.span = {.file = tree.file()}},
                   "the file has no 'info.group'");
    } else if (!all_digits(value)) {
        report.add(rule::value_type, Place{.span = tree.value_span(node)}, "'info.group' is not a number");
    } else {
        check_group_number(tree, node, group, report);
    }
}

}  // namespace

Tree config_of(const Catalog& catalog, SourceSet& sources, const std::vector<Assignment>& settings,
               bool merge) {
    Draft draft{.catalog = catalog, .nodes = {{.name = "config", .entry = entry("config")}}};
    if (merge) {
        Tree tree = finished(std::move(draft), catalog, sources, {}, settings);
        tree.add(
            Tree::Attribute{.node = 0, .name = {}, .value = {}, .name_text = "merge_type", .text = "merge"});
        return tree;
    }
    draft.set("network.bootproto", "dhcp");
    draft.set("provisioning.check.check_sync", "disabled");
    draft.set("provisioning.check.interval", "60");
    draft.set("provisioning.config.check", "true");
    draft.set("provisioning.server.method", "dhcp");
    draft.set("provisioning.users.check", "true");
    return finished(std::move(draft), catalog, sources, {}, settings);
}

Tree group_of(const Catalog& catalog, SourceSet& sources, std::uint32_t group, std::uint32_t version,
              const std::vector<Assignment>& settings) {
    Draft draft{.catalog = catalog, .nodes = {{.name = "cota", .entry = entry("cota")}}};
    draft.set("info.group", std::to_string(group));
    draft.set("info.version", std::to_string(version));
    draft.at("data");
    return finished(std::move(draft), catalog, sources, "data", settings);
}

void check_texts(const Tree& tree, Report& report) {
    for (NodeIndex node = 0; node != tree.size(); ++node) {
        if (find_unwritable(tree.text(node)) == std::string_view::npos) continue;
        report.add(
            rule::value_charset, {.span = tree.marked(node), .tree = &tree, .node = node},
            fmt::format("a control character in '{}', which an XML file cannot contain", tree.name(node)));
    }
}

std::string version_in(const SourceSet& sources, FileId file, std::uint32_t group, const Catalog& catalog,
                       Report& report) {
    Report of_file;
    const XmlDocument document = read_xml(sources, file, catalog, entry("cota"), of_file);
    const bool good = document.state == Reading::good;
    if (good) {
        of_file = Report();
        check_own_number(document.tree, group, of_file);
    }
    // The tree is gone when these are told.
    for (Diagnostic& one : of_file.all()) {
        report.add(*one.rule, Place{.span = one.place.span}, std::move(one.message), std::move(one.help));
    }
    if (!good) return {};
    const NodeIndex node = document.tree.find(entry("cota.info.version"));
    std::string version(node == Tree::none ? std::string_view() : document.tree.value(node));
    if (all_digits(version)) return version;
    if (version.empty()) {
        report.add(rule::element_missing, Place{.span = {.file = file}}, "the file has no 'info.version'");
        return {};
    }
    report.add(rule::value_type, Place{.span = document.tree.value_span(node)},
               "'info.version' is not of digits alone, as the list needs it");
    return {};
}

}  // namespace dectprov
