// SPDX-License-Identifier: MIT
#include "load/layer_parts.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "catalog/entries.hpp"
#include "catalog/placeholder.hpp"
#include "doc/secret.hpp"
#include "load/site_values.hpp"
#include "load/yaml_keys.hpp"
#include "model/bind.hpp"

namespace dectprov {
namespace {

// The mapping below `key`; 0 where there is none.
std::uint32_t mapping(const Yaml& yaml, std::uint32_t above, std::string_view key) {
    if (yaml.empty() || yaml[above].type != Yaml::Type::mapping) return 0;
    const std::uint32_t found = yaml.find(above, key);
    return found != 0 && yaml[found].type == Yaml::Type::mapping ? found : 0;
}

// Whether something is to be said of a value for each server: what it refers to, or a placeholder in it.
bool has_open(const Tree& tree, NodeIndex begin, NodeIndex end) {
    for (NodeIndex node = begin; node != end; ++node) {
        if (tree.is_opaque(node) || !find_placeholder(tree.text(node), false).empty()) return true;
    }
    return false;
}

}  // namespace

LayerParts::LayerParts(SourceSet& sources, const SiteSource& source) {
    const Yaml& yaml = *source.yaml;
    const Files files;
    const SiteOptions options;  // references are kept as they are
    Report report;              // of all rules
    SiteContext context{.files = files,
                        .sources = sources,
                        .catalog = Catalog::builtin(),
                        .options = options,
                        .report = report,
                        .main = source.path};
    const std::uint32_t defaults = mapping(yaml, 0, "defaults");
    if (defaults == 0) return;
    add(context, source, mapping(yaml, defaults, "settings"), entry("config"), 1);
    if (const std::uint32_t groups = mapping(yaml, defaults, "handset_groups")) {
        for (const std::uint32_t group : children(yaml, groups))
            add(context, source, mapping(yaml, group, "settings"), entry("cota.data"), 2);
    }
    std::ranges::sort(elements_, {}, &Element::node);
}

void LayerParts::add(SiteContext& context, const SiteSource& source, std::uint32_t settings, EntryId parent,
                     unsigned depth) {
    if (settings == 0) return;
    Tree tree(context.catalog, context.sources, source.file);
    SiteTreeBuilder builder(context, tree);
    const Span key = (*source.yaml)[settings].key;
    const std::string path;
    const NodeIndex root = builder.open(parent, key, start_of(key));
    std::vector<Element> made;
    for (const std::uint32_t member : children(*source.yaml, settings)) {
        context.report.all().clear();
        const auto begin = static_cast<NodeIndex>(tree.size());
        builder.member(parent, {.source = &source, .node = member}, SitePath(path));
        const auto end = static_cast<NodeIndex>(tree.size());
        if (begin != end && context.report.all().empty() && !has_open(tree, begin, end))
            made.push_back({.node = member, .of = nullptr, .begin = begin, .end = end});
    }
    builder.close(root);
    context.report.all().clear();
    bind(tree, context.report);
    std::erase_if(made, [&](const Element& one) {
        const auto is_about = [&one](const Diagnostic& found) {
            return found.place.node >= one.begin && found.place.node < one.end;
        };
        return std::ranges::any_of(context.report.all(), is_about) || holds_secret(tree, one.begin, one.end);
    });
    const Fragments& all = fragments_.emplace_back(std::move(tree), depth);
    for (Element& one : made) {
        one.of = &all;
        elements_.push_back(one);
    }
}

const LayerParts::Element* LayerParts::find(std::uint32_t node) const {
    const auto found = std::ranges::lower_bound(elements_, node, {}, &Element::node);
    return found != elements_.end() && found->node == node ? &*found : nullptr;
}

const LayerParts::Element* LayerParts::next(const Element& element) const {
    const Element* const behind = &element + 1;
    return behind != elements_.data() + elements_.size() && behind->of == element.of ? behind : nullptr;
}

}  // namespace dectprov
