// SPDX-License-Identifier: MIT
#include "load/site_layers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "diag/rules.hpp"
#include "load/yaml_keys.hpp"
#include "source/encoding.hpp"
#include "source/failure.hpp"

namespace dectprov {
namespace {

Layered layered(const SiteSource& source, std::uint32_t node) {
    Layered out{.source = &source, .node = node, .members = {}};
    if (source.yaml[node].type != Yaml::Type::mapping) return out;
    for (const std::uint32_t child : children(source.yaml, node))
        out.members.push_back(layered(source, child));
    return out;
}

// Finds members by key: by looking at each in a small mapping, else by an index.
class Members {
public:
    explicit Members(Layered& mapping) : mapping_(mapping) {
        constexpr std::size_t few = 32;
        if (mapping.members.size() < few) return;
        for (std::size_t i = 0; i != mapping.members.size(); ++i)
            index_.emplace(mapping.members[i].yaml().key_text, i);
    }
    Layered* find(std::string_view key) {
        if (!index_.empty()) {
            const auto found = index_.find(key);
            return found == index_.end() ? nullptr : &mapping_.members[found->second];
        }
        const auto found = std::ranges::find(mapping_.members, key, [](const Layered& member) {
            return std::string_view(member.yaml().key_text);
        });
        return found == mapping_.members.end() ? nullptr : &*found;
    }

private:
    Layered& mapping_;
    std::unordered_map<std::string_view, std::size_t> index_;
};

constexpr std::string_view server_defaults_keys[] = {"model",     "firmware_version", "licenses",
                                                     "redundant", "import",           "settings",
                                                     "users",     "handset_groups",   "firmware_files"};

std::string whole_path(const std::string& path) { return normal(path); }

}  // namespace

const Layered* Layered::find(std::string_view key) const {
    for (const Layered& member : members) {
        if (member.yaml().key_text == key) return member.is(Yaml::Type::null) ? nullptr : &member;
    }
    return nullptr;
}

void lay_over(Layered& base, const Layered& over) {
    if (!base || base.is(Yaml::Type::null)) {
        base = over;
        return;
    }
    if (over.is(Yaml::Type::null)) return;
    if (!base.is(Yaml::Type::mapping) || !over.is(Yaml::Type::mapping)) {
        base = over;
        return;
    }
    base.source = over.source;
    base.node = over.node;
    std::vector<const Layered*> added;
    Members members(base);
    for (const Layered& member : over.members) {
        if (Layered* const under = members.find(member.yaml().key_text)) {
            lay_over(*under, member);
        } else {
            added.push_back(&member);
        }
    }
    for (const Layered* member : added) base.members.push_back(*member);
}

void lay_over(Layered& base, const SiteSource& source, std::uint32_t node) {
    lay_over(base, layered(source, node));
}

std::string path_below(std::string_view path, std::string_view key) {
    return path.empty() ? std::string(key) : fmt::format("{}.{}", path, key);
}

void report_unknown_key(SiteContext& context, Span key, const std::string& path, std::string_view what,
                        std::string_view typed, const std::vector<std::string_view>& known) {
    std::string help;
    if (const auto near = nearest(typed, known)) {
        help = fmt::format("did you mean '{}'?", *near);
    } else if (known.size() <= 16) {
        help = fmt::format("known are {}", fmt::join(known, ", "));
    }
    context.report.add(rule::site_key, {.span = key, .path = path_below(path, typed)},
                       fmt::format("'{}' is no key of {}", typed, what), std::move(help));
}

void report_shape(SiteContext& context, const Yaml::Node& node, const std::string& path,
                  std::string message) {
    Diagnostic& diagnostic =
        context.report.add(rule::site_key, {.span = place_of(node), .path = path}, std::move(message));
    if (node.aliased) diagnostic.related.push_back({.span = node.anchor, .message = "the anchor"});
}

const SiteSource& SiteLayers::read(const std::string& path) {
    if (const auto known = by_path_.find(whole_path(path)); known != by_path_.end()) return *known->second;
    Decoded decoded = decode_text(context_.files.read(path));
    SiteSource& source = sources_.emplace_back(SiteSource{.path = path});
    source.file = context_.sources.add(path, std::move(decoded.text));
    by_path_.emplace(whole_path(path), &source);
    if (decoded.bad) {
        context_.report.add(rule::file_encoding,
                            {.span = {.file = source.file, .begin = *decoded.bad, .end = *decoded.bad}},
                            decoded.problem);
        return source;
    }
    YamlDocument document = read_yaml(context_.sources, source.file);
    source.sound = true;
    for (YamlProblem& problem : document.problems) {
        source.sound = source.sound && problem.key;
        Diagnostic& diagnostic =
            context_.report.add(problem.key ? rule::site_key : rule::site_yaml, {.span = problem.span},
                                std::move(problem.message), std::move(problem.help));
        if (problem.related) diagnostic.related.push_back(std::move(*problem.related));
    }
    std::ranges::move(document.comments, std::back_inserter(comments_));
    if (source.sound) source.yaml = std::move(document.yaml);
    return source;
}

const SiteSource& SiteLayers::read_main(const std::string& path) {
    const SiteSource& source = read(path);
    if (!source.sound) return source;
    check_keys(source, true);
    return source;
}

void SiteLayers::check_keys(const SiteSource& source, bool main) {
    const Yaml& yaml = source.yaml;
    if (yaml.empty() || yaml[0].type == Yaml::Type::null) {
        if (main)
            context_.report.add(rule::site_key, {.span = {.file = source.file}}, "nothing is described here",
                                "a description begins with `dectprov: 1`");
        return;
    }
    if (yaml[0].type != Yaml::Type::mapping) {
        report_shape(context_, yaml[0], "", "a description is a mapping");
        return;
    }
    const std::vector<std::string_view> known{"dectprov", "site", "extends", "defaults", "servers"};
    for (const std::uint32_t child : children(yaml, 0)) {
        const Yaml::Node& node = yaml[child];
        if (std::ranges::find(known, std::string_view(node.key_text)) == known.end()) {
            report_unknown_key(context_, node.key, "", "a description", node.key_text, known);
        } else if (!main && node.key_text == "servers") {
            context_.report.add(rule::site_key, {.span = node.key, .path = "servers"},
                                "a layer describes no servers", "extend a file that has `defaults` alone");
        }
    }
    const std::uint32_t version = yaml.find(0, "dectprov");
    if (version == 0) {
        if (main)
            context_.report.add(rule::site_key, {.span = yaml[0].span},
                                "the version of the format is missing", "begin with `dectprov: 1`");
    } else if (yaml[version].text != "1") {
        report_shape(context_, yaml[version], "dectprov", "the version of the format is not 1");
    }
    if (const std::uint32_t defaults = yaml.find(0, "defaults")) check_defaults(source, defaults);
}

void SiteLayers::check_defaults(const SiteSource& source, std::uint32_t defaults) {
    const Yaml& yaml = source.yaml;
    if (yaml[defaults].type == Yaml::Type::null) return;
    if (yaml[defaults].type != Yaml::Type::mapping) {
        report_shape(context_, yaml[defaults], "defaults",
                     "'defaults' is a mapping of what every server has");
        return;
    }
    const std::vector<std::string_view> known(std::begin(server_defaults_keys),
                                              std::end(server_defaults_keys));
    for (const std::uint32_t child : children(yaml, defaults)) {
        if (std::ranges::find(known, std::string_view(yaml[child].key_text)) == known.end())
            report_unknown_key(context_, yaml[child].key, "defaults", "'defaults'", yaml[child].key_text,
                               known);
    }
}

Layered SiteLayers::defaults(const SiteSource& main) {
    std::vector<std::string> chain;
    return merged(main, chain);
}

Layered SiteLayers::merged(const SiteSource& source, std::vector<std::string>& chain) {
    Layered base;
    const Yaml& yaml = source.yaml;
    if (yaml.empty() || yaml[0].type != Yaml::Type::mapping) return base;
    chain.push_back(whole_path(source.path));
    extend(base, source, chain);
    chain.pop_back();
    const std::uint32_t own = yaml.find(0, "defaults");
    if (own != 0 && yaml[own].type == Yaml::Type::mapping) lay_over(base, source, own);
    return base;
}

void SiteLayers::extend(Layered& base, const SiteSource& source, std::vector<std::string>& chain) {
    const Yaml& yaml = source.yaml;
    const std::uint32_t extends = yaml.find(0, "extends");
    if (extends == 0 || yaml[extends].type == Yaml::Type::null) return;
    if (yaml[extends].type != Yaml::Type::sequence) {
        report_shape(context_, yaml[extends], "extends", "'extends' is a list of files");
        return;
    }
    std::size_t number = 0;
    for (const std::uint32_t entry : children(yaml, extends)) {
        const std::string path = fmt::format("extends[{}]", ++number);
        if (yaml[entry].type != Yaml::Type::scalar || yaml[entry].text.empty()) {
            report_shape(context_, yaml[entry].type == Yaml::Type::null ? yaml[extends] : yaml[entry], path,
                         "an entry of 'extends' is the path of a file");
            continue;
        }
        add_layer(base, source, entry, path, chain);
    }
}

void SiteLayers::add_layer(Layered& base, const SiteSource& source, std::uint32_t entry,
                           const std::string& path, std::vector<std::string>& chain) {
    constexpr std::size_t most_levels = 64;
    const Yaml::Node& node = source.yaml[entry];
    const Place place{.span = node.span, .path = path};
    const std::string layer_path = join(folder_of(source.path), node.text);
    if (std::ranges::find(chain, whole_path(layer_path)) != chain.end()) {
        context_.report.add(rule::site_reference, place,
                            fmt::format("'{}' leads back to itself: each extends the other", node.text),
                            "take one of the two entries out");
        return;
    }
    if (chain.size() >= most_levels) {
        context_.report.add(rule::site_reference, place, "layers extend each other too deep");
        return;
    }
    const SiteSource* layer = nullptr;
    const bool fresh = !by_path_.contains(whole_path(layer_path));
    try {
        layer = &read(layer_path);
    } catch (const Failure& failure) {
        context_.report.add(rule::site_reference, place, failure.what());
        return;
    }
    if (!layer->sound) return;
    if (fresh) check_keys(*layer, false);
    auto known = merged_.find(layer);
    if (known == merged_.end()) known = merged_.emplace(layer, merged(*layer, chain)).first;
    if (known->second) lay_over(base, known->second);
}

}  // namespace dectprov
