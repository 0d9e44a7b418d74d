// SPDX-License-Identifier: MIT
#include "load/site_values.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <utility>

#include "catalog/value_kinds.hpp"
#include "diag/rules.hpp"
#include "doc/conceal.hpp"
#include "doc/secret.hpp"
#include "doc/write_xml.hpp"
#include "doc/yaml_prepare.hpp"
#include "doc/yaml_scalar.hpp"
#include "load/layer_parts.hpp"
#include "load/yaml_keys.hpp"

namespace dectprov {
namespace {

bool takes_list(const Catalog& catalog, EntryId entry) {
    if (entry == EntryId::none) return false;
    return row(catalog.type(entry).kind).is_list;
}

// Elements that stand ready and follow each other, which are added in one go.
class ReadyRun {
public:
    explicit ReadyRun(Tree& tree) : tree_(tree) {}

    // False where the element has to be built.
    bool take(const Layered& value) {
        const LayerParts* const parts = value.members == nullptr ? value.source->parts : nullptr;
        if (parts == nullptr) return false;
        // Where two sources take turns, what follows in one says nothing of the other.
        const bool goes_on = last_ != nullptr && source_ == value.source;
        const LayerParts::Element* element = goes_on ? parts->next(*last_) : nullptr;
        const bool follows = element != nullptr && element->node == value.node;
        if (!follows) element = parts->find(value.node);
        if (element == nullptr) return false;
        if (!follows || element->begin != last_->end) {
            flush();
            first_ = element;
        }
        last_ = element;
        source_ = value.source;
        return true;
    }

    void flush() {
        if (last_ != nullptr) tree_.add(*first_->of, first_->begin, last_->end, source_->file);
        first_ = last_ = nullptr;
    }

private:
    Tree& tree_;
    const SiteSource* source_ = nullptr;
    const LayerParts::Element* first_ = nullptr;
    const LayerParts::Element* last_ = nullptr;
};

}  // namespace

void keep_secrets(SourceSet& sources, std::string_view text, const std::vector<TextPart>& secrets) {
    if (!secrets.empty()) sources.keep_secret(text);
    for (const TextPart& part : secrets) sources.keep_secret(text.substr(part.begin, part.end - part.begin));
}

namespace {

// Whether a value stands below the mapping.
bool is_below(const Layered& mapping, const Yaml::Node& value) {
    if (!mapping) return false;
    const Yaml::Node* const nodes = mapping.source->yaml->nodes.data();
    const std::less<> before;
    return !before(&value, nodes + mapping.node) && before(&value, nodes + mapping.yaml().after);
}

// Whose text it is that refers to what is not there.
void tell_server(const SiteContext& context, const Yaml::Node& scalar, Diagnostic& told) {
    if (context.scope == nullptr || is_below(context.scope->own, scalar)) return;
    const Layered& server = context.scope->server;
    const Layered mac = server.find("mac");
    const Layered identity = mac ? mac : server.find("uuid");
    if (identity)
        told.related.push_back({.span = place_of(identity.yaml()), .message = std::string(this_server)});
}

}  // namespace

void report_problems(SiteContext& context, const Yaml::Node& scalar, const Place& place,
                     std::vector<Expanded::Problem> problems) {
    for (Expanded::Problem& one : problems) {
        Place at = place;
        const Span here = scalar_span(context.sources, scalar, one.offset, one.length);
        at.span = one.place.value_or(here);
        Diagnostic& told =
            context.report.add(rule::site_reference, at, std::move(one.message), std::move(one.help));
        told.many = one.many;
        told.names_alone = true;
        // Of a node that came by the reference, that is told with every finding.
        const Tree* const tree = place.tree;
        const bool known =
            tree != nullptr && tree->has_rows() && tree->row(place.node).via == Tree::Via::reference;
        if (one.place && *one.place != here && !known)
            told.related.push_back({.span = here, .message = "the reference to it"});
        if (one.of_server) tell_server(context, scalar, told);
    }
}

void hide_sources(SiteContext& context, EntryId entry, const Yaml::Node& scalar, const Expanded& expanded) {
    if (expanded.sources.empty() && !scalar.aliased) return;
    std::vector<TextPart> parts = secret_parts(context.catalog, entry, expanded.text);
    // What nobody knows may be one.
    if (entry == EntryId::none || is_secret(context.catalog, entry, scalar.key_text))
        parts = {{.begin = 0, .end = expanded.text.size()}};
    if (parts.empty()) return;
    if (scalar.aliased) context.sources.hide(scalar.anchor);
    const bool known = entry != EntryId::none || is_secret(context.catalog, entry, scalar.key_text);
    // Of an address that is out of form all may be hidden behind its protocol, as nobody knows what of it is
    // a password.
    const auto is_certain = [&](const TextPart& part) {
        return !expanded.text.substr(0, part.begin).ends_with("://") ||
               expanded.text.substr(part.end).starts_with('@');
    };
    for (const VariablePart& one : expanded.sources) {
        const auto overlaps = [&](const TextPart& part) {
            return part.begin < one.part.end && one.part.begin < part.end;
        };
        if (std::ranges::none_of(parts, overlaps)) continue;
        if (one.where.begin != one.where.end) context.sources.hide(one.where);
        // A guess makes no secret of what others use too.
        const auto makes_secret = [&](const TextPart& part) { return overlaps(part) && is_certain(part); };
        if (known && std::ranges::any_of(parts, makes_secret)) context.variables.add(one.where);
    }
}

void tell_secrets(SiteContext& context, Tree& tree, NodeIndex node, const Expanded& expanded) {
    // What is a secret by its element needs no telling.
    if ((expanded.secrets.empty() && expanded.sources.empty()) || is_secret(tree, node)) return;
    context.variables.use(tree, node, expanded.sources);
    if (expanded.secrets.empty()) return;
    tree.set_referred(node, expanded.secrets);
    keep_secrets(context.sources, expanded.text, expanded.secrets);
}

void report_cut(SiteContext& context, const Yaml::Node& scalar, Place place, bool secret) {
    const std::string_view text = context.sources.text(scalar.span.file);
    const auto mark = static_cast<std::uint32_t>(std::min(text.find('#', scalar.span.end), text.size()));
    if (!secret) place.span = {.file = scalar.span.file, .begin = mark, .end = mark + 1};
    Diagnostic& cut =
        context.report.add(rule::site_ambiguous_scalar, std::move(place),
                           fmt::format("'{}' ends before the '#', which begins a comment", scalar.key_text),
                           "put the text in quotes, or a space after the '#'");
    // Nobody sees a password that is too short.
    if (secret) cut.severity = Severity::warning;
}

void report_retyped(SiteContext& context, const Yaml::Node& scalar, std::string_view key, Place place,
                    bool secret) {
    if (scalar.quoted) return;
    const std::optional<std::string> reading = yaml_1_1_reading(scalar.text);
    if (!reading) return;
    const bool nothing = is_null_word(scalar.text);
    std::string message =
        secret && !nothing ? fmt::format("'{}' is the text as typed here; other YAML readers convert it", key)
                           : fmt::format("{} is the text '{}' here, but {} to other YAML readers", key,
                                         scalar.text, *reading);
    Diagnostic& found =
        context.report.add(rule::site_ambiguous_scalar, std::move(place), std::move(message),
                           nothing ? "put it in quotes, or remove the value" : "put it in quotes");
    if (nothing) found.severity = Severity::warning;
}

void check_name(SiteContext& context, const Yaml::Node& name, const std::string& path) {
    if (!context.report.on(rule::site_ambiguous_scalar)) return;
    if (name.cut) report_cut(context, name, {.span = {}, .path = path}, false);
    if (!null_word(name.text).empty())
        report_retyped(context, name, name.key_text, {.span = name.span, .path = path}, false);
}

Expanded expand_public(SiteContext& context, const SiteSource& source, const Yaml::Node& value,
                       std::string_view key, const SitePath& path) {
    Expanded expanded = expand(context, source, value.text);
    keep_secrets(context.sources, expanded.text, expanded.secrets);
    context.variables.use(expanded.text, expanded.sources);
    if (!expanded.problems.empty()) {
        report_problems(context, value, {.span = {}, .path = path.text()}, std::move(expanded.problems));
    } else if (expanded.referred) {
        // Which files a server has is no secret, and every command needs to know it.
        report_value(context, rule::site_reference, value, path.text(),
                     fmt::format("'{}' must be known to `lint` too, which does not read this reference", key),
                     "refer to a variable: `${var:NAME}`");
    }
    return expanded;
}

NodeIndex SiteTreeBuilder::open(EntryId entry, Span name_span, Span value, std::string_view name) {
    return tree_.open(entry, {.name = name_span, .value = value, .name_text = name, .text = {}});
}

void SiteTreeBuilder::members(EntryId parent, const Layered& mapping, const SitePath& path) {
    ReadyRun run(tree_);
    mapping.each([&](const Layered& one) {
        if (run.take(one)) return;
        run.flush();
        member(parent, one, path);
    });
    run.flush();
}

void SiteTreeBuilder::member(EntryId parent, const Layered& value, const SitePath& above) {
    const Yaml::Node& node = value.yaml();
    const EntryId entry = context_.catalog.child(parent, node.key_text);
    const SitePath path(above, node.key_text);
    if (entry == EntryId::none && run_in_mark(node.key_text) != std::string_view::npos) {
        report_run_in(context_, node.key, above.text());
        return;
    }
    if (entry == EntryId::none && !is_xml_name(node.key_text)) {
        const std::string shown = shown_name(node.key_text);
        context_.report.add(rule::site_key, {.span = node.key, .path = path_below(above.text(), shown)},
                            fmt::format("'{}' cannot be the name of an element", shown));
        return;
    }
    switch (node.type) {
        case Yaml::Type::null:
            if (entry == EntryId::none) {
                if (!took_back(value)) valueless(parent, node, above);
            } else {
                report_empty_key(context_, value, path.text(),
                                 is_secret(context_.catalog, entry, node.key_text));
            }
            return;
        case Yaml::Type::scalar:
            if (entry != EntryId::none && context_.catalog.is_section(entry) &&
                (node.tagged || is_run_in(node))) {
                unread_section(entry, node, path);
            } else {
                leaf(entry, value);
            }
            return;
        case Yaml::Type::sequence:
            list(entry, value, path);
            return;
        case Yaml::Type::mapping:
            break;
    }
    const bool takes_any = entry == EntryId::none || context_.catalog.is_wildcard(entry);
    if (!takes_any && !context_.catalog.is_section(entry)) {
        report_shape(context_, node, path.text(),
                     fmt::format("'{}' must be a text, not a mapping", node.key_text));
        return;
    }
    if (is_taken_back(value)) return;
    const Span value_span{.file = node.span.file, .begin = node.span.begin, .end = node.span.begin};
    const NodeIndex section = open(entry, node.key, value_span, node.key_text);
    members(entry, value, path);
    close(section);
}

bool SiteTreeBuilder::took_back(const Layered& key) const {
    return context_.scope != nullptr && context_.scope->layers.took_back(key);
}

// A section of which nothing is left.
bool SiteTreeBuilder::is_taken_back(const Layered& section) const {
    bool any = false;
    bool all = true;
    section.each([&](const Layered& one) {
        any = true;
        all = all &&
              (one.is(Yaml::Type::null) ? took_back(one) : one.is(Yaml::Type::mapping) && is_taken_back(one));
    });
    return any && all;
}

// A key that nobody knows and that takes nothing back; a secret on a line of its own is read as one.
void SiteTreeBuilder::valueless(EntryId parent, const Yaml::Node& node, const SitePath& above) {
    std::vector<std::string_view> known;
    if (parent != EntryId::none) {
        for (const EntryId child : context_.catalog.children(parent))
            known.push_back(context_.catalog[child].name);
    }
    const auto near = nearest(node.key_text, known);
    context_.report.add(rule::site_key, {.span = node.key, .path = above.text()},
                        "a key without a value that is not in the catalogue",
                        near ? fmt::format("did you mean '{}'?", *near) : std::string());
}

// A section that holds something which is not read, so that no rule says what it lacks.
void SiteTreeBuilder::unread_section(EntryId entry, const Yaml::Node& node, const SitePath& path) {
    if (!node.tagged) report_run_in(context_, node.span, path.text());
    tree_.close(tree_.open(entry, {.name = node.key,
                                   .value = start_of(node.span),
                                   .name_text = node.key_text,
                                   .text = {},
                                   .opaque = true}));
}

NodeIndex SiteTreeBuilder::leaf(EntryId entry, const Layered& value, bool opaque) {
    const Yaml::Node& scalar = value.yaml();
    const Expanded expanded = expand(context_, *value.source, scalar.text);
    Tree::Row row{.name = scalar.key,
                  .value = scalar.span,
                  .name_text = scalar.key_text,
                  .text = expanded.text,
                  .anchor = scalar.anchor,
                  .via = scalar.aliased ? Tree::Via::alias : Tree::Via::nothing,
                  .opaque = opaque || expanded.opaque || scalar.tagged};
    // Of a secret the place shows the text, which a variable's name need not hide.
    if (expanded.origin && !is_secret(context_.catalog, entry, scalar.key_text)) {
        row.anchor = scalar.span;
        row.value = *expanded.origin;
        row.via = Tree::Via::reference;
    }
    const NodeIndex node = tree_.leaf(entry, row);
    tell_secrets(context_, tree_, node, expanded);
    hide_sources(context_, entry, scalar, expanded);
    notes(node, entry, scalar, expanded);
    return node;
}

void SiteTreeBuilder::notes(NodeIndex node, EntryId entry, const Yaml::Node& scalar,
                            const Expanded& expanded) {
    Report& report = context_.report;
    const auto add = [&](const Rule& rule, Span span, std::string message, std::string help = {}) {
        report.add(rule, {.span = span, .tree = &tree_, .node = node}, std::move(message), std::move(help));
    };
    report_problems(context_, scalar, {.span = {}, .tree = &tree_, .node = node}, expanded.problems);
    unwritable(node, scalar, scalar.key_text);
    const bool secret = is_secret(context_.catalog, entry, scalar.key_text);
    if (secret && !scalar.text.empty() && !expanded.referred && report.on(rule::site_plain_secret))
        add(rule::site_plain_secret, tree_.marked(node),
            fmt::format("the secret '{}' is written in the description", scalar.key_text),
            R"(refer to it: "${env:NAME}" or "${file:PATH}")");
    if (!report.on(rule::site_ambiguous_scalar)) return;
    const bool is_known = entry != EntryId::none;
    if (scalar.cut && (!is_known || row(context_.catalog.type(entry).kind).is_text))
        report_cut(context_, scalar,
                   {.span = secret ? tree_.marked(node) : Span{}, .tree = &tree_, .node = node}, secret);
    if (!is_known || !row(context_.catalog.type(entry).kind).is_text) return;
    report_retyped(context_, scalar, scalar.key_text,
                   {.span = secret ? tree_.marked(node) : scalar.span, .tree = &tree_, .node = node}, secret);
}

// `scalar` is the text of `node`, or one of those in its list.
void SiteTreeBuilder::unwritable(NodeIndex node, const Yaml::Node& scalar, std::string_view name) {
    const std::size_t at = find_unwritable(scalar.text);
    if (at == std::string_view::npos) return;
    // Where it stands in a secret would tell how long that is at least.
    const bool secret = is_secret(context_.catalog, tree_.entry(node), name);
    const Span span = secret ? tree_.marked(node) : scalar_span(context_.sources, scalar, at, 1);
    context_.report.add(rule::value_charset, {.span = span, .tree = &tree_, .node = node},
                        fmt::format("a control character in '{}', which an XML file cannot contain", name));
}

// "license: [A, B]" is "A,B" in the file.
void SiteTreeBuilder::list(EntryId entry, const Layered& value, const SitePath& path) {
    const Yaml::Node& node = value.yaml();
    const Yaml& yaml = *value.source->yaml;
    const std::vector<std::uint32_t> items = children(yaml, value.node);
    const bool texts =
        std::ranges::all_of(items, [&](std::uint32_t item) { return yaml[item].type == Yaml::Type::scalar; });
    if (!takes_list(context_.catalog, entry) || !texts) {
        report_shape(context_, node, path.text(),
                     fmt::format("'{}' must not be a list{}", node.key_text,
                                 takes_list(context_.catalog, entry) ? " of such values" : ""));
        return;
    }
    Tree::Row row;
    row.name = node.key;
    row.value = items.empty() || node.aliased ? node.span : yaml[items.front()].span;
    row.name_text = node.key_text;
    row.anchor = node.anchor;
    row.via = node.aliased ? Tree::Via::alias : Tree::Via::nothing;
    bool plain = false;
    std::string text;
    Expanded whole;
    std::vector<std::pair<std::uint32_t, std::vector<Expanded::Problem>>> problems;
    for (const std::uint32_t item : items) {
        Expanded expanded = expand(context_, *value.source, yaml[item].text);
        if (item != items.front()) text += ',';
        const auto moved = [&](const TextPart& part) {
            return TextPart{.begin = text.size() + part.begin, .end = text.size() + part.end};
        };
        for (const TextPart& part : expanded.secrets) whole.secrets.push_back(moved(part));
        for (const VariablePart& one : expanded.sources)
            whole.sources.push_back({.part = moved(one.part), .where = one.where});
        text += expanded.text;
        hide_sources(context_, entry, yaml[item], expanded);
        row.opaque = row.opaque || expanded.opaque;
        plain = plain || (!expanded.referred && !expanded.text.empty());
        if (!expanded.problems.empty()) problems.emplace_back(item, std::move(expanded.problems));
    }
    // From the first item to the last.
    if (!items.empty() && !node.aliased) row.value.end = std::max(row.value.end, yaml[items.back()].span.end);
    row.text = whole.text = context_.sources.keep(std::move(text));
    const NodeIndex leaf_node = tree_.leaf(entry, row);
    tell_secrets(context_, tree_, leaf_node, whole);
    for (const std::uint32_t item : items) unwritable(leaf_node, yaml[item], node.key_text);
    for (auto& [item, told] : problems)
        report_problems(context_, yaml[item], {.span = {}, .tree = &tree_, .node = leaf_node},
                        std::move(told));
    if (plain && is_secret(context_.catalog, entry, node.key_text) &&
        context_.report.on(rule::site_plain_secret))
        context_.report.add(rule::site_plain_secret, tree_.value_place(leaf_node),
                            fmt::format("the secret '{}' is written in the description", node.key_text),
                            R"(refer to it: "${env:NAME}" or "${file:PATH}")");
}

}  // namespace dectprov
