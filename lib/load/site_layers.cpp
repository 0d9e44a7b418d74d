// SPDX-License-Identifier: MIT
#include "load/site_layers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>
#include <utility>

#include "diag/rules.hpp"
#include "diag/site_rules.hpp"
#include "doc/conceal.hpp"
#include "doc/yaml_prepare.hpp"
#include "load/layer_cache.hpp"
#include "load/layer_parts.hpp"
#include "load/site_keys.hpp"
#include "load/site_references.hpp"
#include "load/site_server.hpp"
#include "load/site_vars.hpp"
#include "load/yaml_keys.hpp"
#include "source/bounds.hpp"
#include "source/encoding.hpp"
#include "source/failure.hpp"

namespace dectprov {
namespace {

const Rule& rule_of(YamlProblem::Kind kind) {
    switch (kind) {
        case YamlProblem::Kind::syntax:
            return rule::site_yaml;
        case YamlProblem::Kind::key:
            return rule::site_key;
        case YamlProblem::Kind::tag:
            return rule::site_tag;
    }
    return rule::site_yaml;
}

std::string whole_path(const std::string& path) { return normal(path); }

void bad_encoding(SiteContext& context, FileId file, std::uint32_t at, const std::string& problem) {
    context.report.add(rule::file_encoding, {.span = {.file = file, .begin = at, .end = at}}, problem);
}

// What is made for something else, and may hold what only that is meant to see: nothing of it is quoted.
bool is_foreign(const Yaml& yaml) {
    if (yaml.empty() || yaml[0].type != Yaml::Type::mapping) return false;
    const std::vector<std::uint32_t> keys = children(yaml, 0);
    return !keys.empty() && std::ranges::none_of(keys, [&](std::uint32_t key) {
        return find_key(description_rows(), yaml[key].key_text) != nullptr;
    });
}

}  // namespace

std::string path_below(std::string_view path, std::string_view key) {
    return path.empty() ? std::string(key) : fmt::format("{}.{}", path, key);
}

void report_unknown_key(SiteContext& context, Span key, const std::string& path, std::string_view what,
                        std::string_view typed, const std::vector<std::string_view>& known) {
    // What stands behind the mark may be a secret.
    if (run_in_mark(typed) != std::string_view::npos) {
        report_run_in(context, key, path);
        return;
    }
    std::string help;
    if (const auto near = nearest(typed, known)) {
        help = fmt::format("did you mean '{}'?", *near);
    } else if (known.size() <= 16) {
        help = fmt::format("known: {}", fmt::join(known, ", "));
    }
    const std::string shown = shown_name(typed);
    context.report.add(rule::site_key, {.span = key, .path = path_below(path, shown)},
                       fmt::format("'{}' is not a key of {}", shown, what), std::move(help));
}

Diagnostic& report_value(SiteContext& context, const Rule& rule, const Yaml::Node& value, std::string path,
                         std::string message, std::string help) {
    Diagnostic& found = context.report.add(rule, {.span = place_of(value), .path = std::move(path)},
                                           std::move(message), std::move(help));
    if (value.aliased) found.related.push_back({.span = value.anchor, .message = "the anchor"});
    return found;
}

void report_shape(SiteContext& context, const Yaml::Node& node, const std::string& path,
                  std::string message) {
    report_value(context, rule::site_key, node, path, std::move(message));
}

void report_run_in(SiteContext& context, Span key, const std::string& path) {
    const std::string_view text = context.sources.text(key);
    const std::size_t mark = run_in_mark(text);
    // An alias stands for a key elsewhere.
    const bool here = mark != std::string_view::npos;
    if (here) key.end = key.begin + static_cast<std::uint32_t>(mark);
    context.report.add(rule::site_key, {.span = key, .path = path},
                       std::string(run_in_message(here ? text[mark] : ':')), std::string(run_in_help));
}

bool is_run_in(const Yaml::Node& value) {
    return value.type == Yaml::Type::scalar && !value.quoted &&
           run_in_mark(value.text) != std::string_view::npos;
}

void report_empty_key(SiteContext& context, const Layered& key, std::string path, bool secret) {
    if (context.scope == nullptr) return;
    report_empty_key(context, context.scope->layers, key, std::move(path), secret);
}

void report_empty_key(SiteContext& context, const Layers& layers, const Layered& key, std::string path,
                      bool secret) {
    if (layers.took_back(key)) return;
    const Yaml::Node& node = key.yaml();
    Diagnostic& told = context.report.add(
        rule::site_empty_key, {.span = node.key, .path = std::move(path)},
        fmt::format("'{}' has no value, and no layer has a value that it could remove", node.key_text),
        "remove the key, or write \"\" for an empty text");
    if (secret) told.severity = Severity::warning;
}

Layered shaped(SiteContext& context, const Layered& value, const Key& key, const std::string& path) {
    if (value && value.is(Yaml::Type::null)) {
        report_empty_key(context, value, path_below(path, key.name));
        return {};
    }
    if (!value || fits(key.shape, value.yaml().type)) return value;
    if (value.yaml().tagged) return {};
    if (is_run_in(value.yaml())) {
        report_run_in(context, value.yaml().span, path_below(path, key.name));
        return {};
    }
    report_shape(context, value.yaml(), path_below(path, key.name), shape_message(key));
    return {};
}

SiteSource& SiteLayers::add(const std::string& path, FileId file) {
    SiteSource& source = sources_.emplace_back(SiteSource{.path = path, .file = file});
    by_path_.emplace(whole_path(path), &source);
    return source;
}

void SiteLayers::take(SiteSource& source, std::shared_ptr<const YamlDocument> document) {
    source.sound = true;
    for (const YamlProblem& problem : document->problems) {
        source.sound = source.sound && problem.kind != YamlProblem::Kind::syntax;
        Diagnostic& diagnostic =
            context_.report.add(rule_of(problem.kind), {.span = problem.span}, problem.message, problem.help);
        if (problem.related) diagnostic.related.push_back(*problem.related);
    }
    comments_.insert(comments_.end(), document->comments.begin(), document->comments.end());
    if (!source.sound) return;
    const Yaml* const yaml = &document->yaml;
    source.yaml = {std::move(document), yaml};
    source.foreign = is_foreign(*yaml);
}

const SiteSource& SiteLayers::read(const std::string& path) {
    if (const auto known = by_path_.find(whole_path(path)); known != by_path_.end()) return *known->second;
    Decoded decoded = decode_text(context_.files.read(path));
    SiteSource& source = add(path, context_.sources.add(path, std::move(decoded.text)));
    if (decoded.bad) {
        bad_encoding(context_, source.file, *decoded.bad, decoded.problem);
        return source;
    }
    take(source, std::make_shared<const YamlDocument>(read_yaml(context_.sources, source.file)));
    return source;
}

const SiteSource& SiteLayers::read_layer(const std::string& path) {
    if (context_.options.layers == nullptr) return read(path);
    if (const auto known = by_path_.find(whole_path(path)); known != by_path_.end()) return *known->second;
    const std::shared_ptr<const Layer> layer = context_.options.layers->read(context_.files, path);
    SiteSource& source = add(path, context_.sources.add(path, layer->text(), layer));
    if (layer->bad) {
        bad_encoding(context_, source.file, *layer->bad, layer->problem);
        return source;
    }
    take(source, layer->document(source.file));
    if (source.sound && can_share()) source.parts = layer->parts(servers_);
    return source;
}

const SiteSource& SiteLayers::read_main(const std::string& path) {
    read(path);
    SiteSource& source = sources_.front();
    if (!source.sound) return source;
    check_keys(source, true);
    const Yaml& yaml = *source.yaml;
    if (yaml.empty() || yaml[0].type != Yaml::Type::mapping) return source;
    if (const std::uint32_t servers = yaml.find(0, "servers")) servers_ = children(yaml, servers).size();
    if (can_share() && LayerParts::pay(servers_)) {
        auto parts = std::make_shared<const LayerParts>(context_.sources, source);
        source.parts = parts.get();
        context_.sources.keep(std::move(parts));
    }
    return source;
}

// What is built for many servers is built by the catalogue that all have.
bool SiteLayers::can_share() const { return &context_.catalog == &Catalog::builtin(); }

void SiteLayers::check_keys(const SiteSource& source, bool main) {
    const Yaml& yaml = *source.yaml;
    if (yaml.empty() || yaml[0].type == Yaml::Type::null) {
        if (main)
            context_.report.add(rule::site_key, {.span = {.file = source.file}}, "the description is empty",
                                "begin with `dectprov: 1`");
        return;
    }
    if (yaml[0].type != Yaml::Type::mapping) {
        report_shape(context_, yaml[0], "", "a description must be a mapping");
        return;
    }
    for (const std::uint32_t child : children(yaml, 0)) {
        const Yaml::Node& node = yaml[child];
        const DescriptionRow* row = find_key(description_rows(), node.key_text);
        if (row == nullptr) {
            report_unknown_key(context_, node.key, "", "a description", node.key_text,
                               key_names(description_rows()));
        } else if (!main && !row->key.everywhere) {
            context_.report.add(rule::site_key, {.span = node.key, .path = std::string(node.key_text)},
                                std::string(row->misplaced), std::string(row->instead));
        } else if (node.type == Yaml::Type::null && !row->required) {
            empty_key({.source = &source, .node = child}, *row);
        } else if (const bool there =
                       static_cast<bool>(shaped(context_, {.source = &source, .node = child}, row->key, ""));
                   row->check != nullptr && (there || (row->required && node.type == Yaml::Type::null))) {
            row->check(context_, source, child);
        }
    }
    if (main && yaml.find(0, "dectprov") == 0)
        context_.report.add(rule::site_key, {.span = yaml[0].span}, "the version of the format is missing",
                            "begin with `dectprov: 1`");
}

// What only this file says takes back nothing of the layers below.
void SiteLayers::empty_key(const Layered& key, const DescriptionRow& row) {
    if (row.laid) {
        empty_keys_.push_back(key);
        return;
    }
    const Yaml::Node& node = key.yaml();
    context_.report.add(rule::site_empty_key, {.span = node.key, .path = std::string(node.key_text)},
                        fmt::format("'{}' has no value, and removes nothing", node.key_text),
                        "remove the key");
}

void SiteLayers::report_empty_keys() const {
    for (const Layered& key : empty_keys_)
        report_empty_key(context_, layers_, key, std::string(key.yaml().key_text));
}

void check_version(SiteContext& context, const SiteSource& source, std::uint32_t value) {
    const Yaml::Node& node = (*source.yaml)[value];
    if (node.text != "1") report_shape(context, node, "dectprov", "the version of the format is not 1");
}

void check_top_vars(SiteContext& context, const SiteSource& source, std::uint32_t value) {
    check_vars(context, {.source = &source, .node = value}, "vars");
}

void check_defaults(SiteContext& context, const SiteSource& source, std::uint32_t value) {
    const Yaml& yaml = *source.yaml;
    std::vector<std::string_view> known;
    for (const SiteServerReader::Row& row : SiteServerReader::rows()) {
        if (row.key.everywhere) known.push_back(row.key.name);
    }
    for (const std::uint32_t child : children(yaml, value)) {
        if (std::ranges::find(known, yaml[child].key_text) == known.end())
            report_unknown_key(context, yaml[child].key, "defaults", "'defaults'", yaml[child].key_text,
                               known);
    }
}

struct SiteLayers::Reading {
    Laid laid = {};  // but for what is still to be laid over each other
    std::vector<Layered> defaults = {};
    std::vector<Layered> vars = {};
    std::unordered_set<const SiteSource*> met = {};
    std::vector<const SiteSource*> chain = {};  // the files that extend each other, up to the one at hand
};

// Each layer once, below all that extend it.
Laid SiteLayers::base(const SiteSource& main) {
    Reading reading;
    lay(reading, main);
    return finish(std::move(reading));
}

Laid SiteLayers::finish(Reading reading) {
    reading.laid.defaults = layers_.lay(reading.defaults);
    reading.laid.vars = layers_.lay(reading.vars);
    return std::move(reading.laid);
}

Laid SiteLayers::extended(const Laid& base, const Layered& extends, const std::string& path) {
    if (!extends) return base;
    Reading reading;
    reading.chain.push_back(base.sources.front());
    std::vector<const SiteSource*> layers;
    std::size_t number = 0;
    for (const std::uint32_t item : children(*extends.source->yaml, extends.node)) {
        const Layered entry{.source = extends.source, .node = item};
        const SiteSource* const layer =
            named_layer(reading, entry, extends.yaml(), fmt::format("{}.extends[{}]", path, ++number));
        if (layer != nullptr) layers.push_back(layer);
    }
    const bool whole = layers.size() == number;
    // Many servers of a fleet extend the same few.
    const auto [known, fresh] = extended_.try_emplace(std::move(layers));
    if (fresh) {
        reading.laid = base;
        reading.met.insert(base.sources.begin(), base.sources.end());
        if (base.defaults) reading.defaults.push_back(base.defaults);
        if (base.vars) reading.vars.push_back(base.vars);
        for (const SiteSource* const layer : known->first) lay(reading, *layer);
        known->second = finish(std::move(reading));
    }
    Laid laid = known->second;
    laid.whole = laid.whole && whole;
    return laid;
}

void SiteLayers::lay(Reading& reading, const SiteSource& source) {
    const Yaml& yaml = *source.yaml;
    if (yaml.empty() || yaml[0].type != Yaml::Type::mapping) return;
    // What others have laid already stays below them.
    if (!reading.met.insert(&source).second) return;
    reading.laid.sources.push_back(&source);
    // What stands below a misspelt key was to be laid too.
    const auto is_slip = [&](std::uint32_t child) {
        const std::string_view key = yaml[child].key_text;
        return find_key(description_rows(), key) == nullptr && nearest(key, key_names(description_rows()));
    };
    if (std::ranges::any_of(children(yaml, 0), is_slip)) reading.laid.whole = false;
    reading.chain.push_back(&source);
    const std::uint32_t extends = yaml.find(0, "extends");
    if (extends != 0) extend(reading, {.source = &source, .node = extends});
    reading.chain.pop_back();
    lay_own(reading, source);
}

void SiteLayers::lay_own(Reading& reading, const SiteSource& source) {
    const Layered root{.source = &source, .node = 0};
    const auto lay_vars = [&](const Layered& value) {
        if (value && (value.is(Yaml::Type::mapping) || value.is(Yaml::Type::null)))
            reading.vars.push_back(value);
    };
    lay_vars(root.member("vars"));
    const Layered own = root.find("defaults");
    if (!own || !own.is(Yaml::Type::mapping)) return;
    lay_vars(own.member("vars"));
    reading.defaults.push_back(own);
    reading.laid.order.push_back(&source);
}

void SiteLayers::extend(Reading& reading, const Layered& extends) {
    if (!extends.is(Yaml::Type::sequence)) return;
    std::size_t number = 0;
    for (const std::uint32_t item : children(*extends.source->yaml, extends.node)) {
        const Layered entry{.source = extends.source, .node = item};
        const SiteSource* const layer =
            named_layer(reading, entry, extends.yaml(), fmt::format("extends[{}]", ++number));
        if (layer != nullptr) {
            lay(reading, *layer);
        } else {
            reading.laid.whole = false;
        }
    }
}

bool SiteLayers::is_layer(const std::string& path) const {
    if (context_.files.type(path) != Files::Type::file) return false;
    try {
        return first_key(decode_text(context_.files.read(path)).text) == "dectprov";
    } catch (const Failure&) {
        return false;
    }
}

// The layer that an entry of `extends` names; null, and reported, where there is none to be laid.
const SiteSource* SiteLayers::named_layer(Reading& reading, const Layered& entry, const Yaml::Node& list,
                                          const std::string& path) {
    constexpr std::size_t most_levels = 64;
    const Yaml::Node& node = entry.yaml();
    if (node.type != Yaml::Type::scalar || node.text.empty()) {
        report_shape(context_, node.type == Yaml::Type::null ? list : node, path,
                     "an entry of 'extends' must be the path of a file");
        return nullptr;
    }
    const Place place{.span = node.span, .path = path};
    const std::string named = context_.files.named_in(folder_of(entry.source->path), node.text);
    const auto known = by_path_.find(whole_path(named));
    const bool fresh = known == by_path_.end();
    if (!fresh && std::ranges::find(reading.chain, known->second) != reading.chain.end()) {
        context_.report.add(rule::site_reference, place,
                            fmt::format("'{}' extends itself, through one or more layers", node.text),
                            "remove one of the entries");
        return nullptr;
    }
    if (reading.chain.size() >= most_levels) {
        // Once: of layers that extend each several others, all would be too deep on many ways.
        if (!std::exchange(depth_told_, true))
            context_.report.add(rule::site_reference, place, "too many layers extend each other");
        return nullptr;
    }
    auto outside =
        fresh ? leads_outside(context_.files, sources_.front().path, named, node.text) : std::nullopt;
    // Where no repository says what belongs together, common/ stands beside the folder of the description.
    // What begins as a layer does is no file that somebody else wants to see.
    if (outside && outside->beside && is_layer(named)) outside.reset();
    if (outside) {
        context_.report.add(rule::site_reference, place, std::move(outside->message),
                            std::move(outside->help));
        return nullptr;
    }
    const SiteSource* layer = nullptr;
    try {
        layer = &read_layer(named);
    } catch (const Failure& failure) {
        context_.report.add(rule::site_reference, place, failure.what());
        return nullptr;
    }
    if (layer->foreign) {
        context_.report.add(rule::site_reference, place,
                            fmt::format("'{}' is not a layer: it has no key of a description", node.text),
                            "a layer begins with `dectprov: 1`");
        return nullptr;
    }
    if (fresh && layer->sound) check_keys(*layer, false);
    return layer->sound ? layer : nullptr;
}

}  // namespace dectprov
