// SPDX-License-Identifier: MIT
#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <cstddef>
#include <memory>
#include <nlohmann/json.hpp>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analysis/rule_index.hpp"
#include "catalog/catalog.hpp"
#include "catalog/config.hpp"
#include "catalog/explanation.hpp"
#include "catalog/models.hpp"
#include "catalog/param.hpp"
#include "catalog/value_type.hpp"
#include "command.hpp"
#include "diag/explain.hpp"
#include "diag/rule.hpp"
#include "load/config_file.hpp"
#include "load/site_keys.hpp"
#include "manual/documentation.hpp"
#include "options.hpp"
#include "rules/families.hpp"
#include "source/files.hpp"

namespace dectprov {
namespace {

constexpr std::array<std::string_view, 3> explain_formats{"text", "json", "markdown"};

struct ExplainOptions {
    std::string topic;
    std::string format = "text";
    bool rules = false;
    bool parameters = false;
};

using Json = nlohmann::ordered_json;

Json to_json(const Rule& rule) {
    Json object{{"id", rule.id},
                {"severity", to_text(rule.severity)},
                {"summary", rule.summary},
                {"why", rule.why},
                {"origin", rule.origin}};
    if (rule.example != Example::none) {
        object["bad"] = without_marks(rule.bad);
        object["good"] = without_marks(rule.good);
    }
    return object;
}

Json models_of(ModelSet set) {
    Json tokens = Json::array();
    for (const ModelRow& row : models) {
        if (set.has(row.model)) tokens.push_back(row.token);
    }
    return tokens;
}

Json to_json(const Catalog& catalog, EntryId id) {
    const Entry& entry = catalog[id];
    Json object{{"path", short_path(catalog, id)},
                {"root", catalog[catalog.root(id)].name},
                {"section", catalog.is_section(id)},
                {"models", models_of(entry.models)}};
    if (!catalog.is_section(id)) {
        object["value"] = describe(catalog.type(id));
        object["secret"] = catalog.has(id, Trait::secret);
    }
    if (catalog.has(id, Trait::repeatable)) object["repeatable"] = true;
    if (entry.param == nullptr) return object;
    const Param& param = *entry.param;
    if (!param.stated.empty()) object["models_not_stated"] = models_of(entry.models - param.stated);
    object["summary"] = param.summary;
    if (param.has_default) object["default"] = param.default_value;
    if (!param.example.empty()) object["example"] = param.example;
    if (!param.note.empty()) object["note"] = param.note;
    object["origin"] = param.origin;
    return object;
}

Json merge_type_json() {
    return {{"path", merge_type_name},
            {"root", "config"},
            {"attribute", true},
            {"models", models_of(merge_type.models)},
            {"value", describe(merge_type.type)},
            {"summary", merge_type.summary},
            {"example", merge_type.example},
            {"note", merge_type.note},
            {"origin", merge_type.origin}};
}

// A key of site descriptions, and of what it is one.
struct SiteKey {
    std::string_view of;
    Key key;
};

// What a topic names: a rule, or the entries that its path means, and keys of that name.
struct Topic {
    const Rule* rule = nullptr;
    std::vector<EntryId> entries;
    bool merge_type = false;
    std::vector<SiteKey> keys = {};
};

std::vector<SiteKey> keys_named(std::string_view name) {
    std::vector<SiteKey> found;
    for (const KeyLevel& level : key_levels()) {
        for (const Key& key : level.keys()) {
            if (key.name == name) found.push_back({.of = level.of, .key = key});
        }
    }
    return found;
}

Explanation explain(const SiteKey& key) {
    std::string_view summary = key.key.description;
    if (summary.ends_with('.')) summary.remove_suffix(1);
    return {.title = std::string(key.key.name),
            .summary = std::string(summary),
            .parts = {{.heading = "key of", .text = std::string(key.of)}}};
}

// A path as findings in a site description give it, made one of the files: "settings.sip.dtmf.duration" of a
// server, "users[3].ipei", "handset_groups.100.settings.vibrate.active".
std::string without_site(std::string_view typed) {
    std::string path(typed);
    if (path.starts_with("servers[") || path.starts_with("defaults.")) path.erase(0, path.find('.') + 1);
    if (path.starts_with("settings.")) path.erase(0, path.find('.') + 1);
    if (path.starts_with("users[")) path.erase(4, 1);
    if (path.starts_with("handset_groups.")) {
        const std::size_t settings = path.find(".settings.");
        if (settings != std::string::npos) path.replace(0, settings + 9, "data");
    }
    return path;
}

// The entry of a path; where it is only the end of paths ("username"), every entry that it ends.
std::vector<EntryId> entries_of(const Catalog& catalog, const std::string& typed) {
    const EntryId exact = catalog.find(Catalog::rooted(without_site(typed)));
    if (exact != EntryId::none) return {exact};
    std::vector<EntryId> found;
    const std::string ending = "." + typed;
    for (std::size_t i = 0; i < catalog.size(); ++i) {
        const auto id = static_cast<EntryId>(i);
        if (catalog.path(id).ends_with(ending)) found.push_back(id);
    }
    return found;
}

// Offers the nearest of what looks like what was typed: rules have a slash, whole paths a dot.
[[noreturn]] void fail_topic(const Catalog& catalog, const std::string& typed) {
    std::vector<std::string> paths;
    const bool whole = typed.find('.') != std::string::npos;
    for (std::size_t i = 0; i < catalog.size(); ++i) {
        const auto id = static_cast<EntryId>(i);
        paths.push_back(whole ? short_path(catalog, id) : std::string(catalog[id].name));
    }
    if (!whole) paths.emplace_back(merge_type_name);
    for (const KeyLevel& level : key_levels()) {
        for (const Key& key : level.keys()) paths.emplace_back(key.name);
    }
    std::vector<std::string_view> known;
    for (const Rule* rule : documented_rules()) known.push_back(rule->id);
    if (typed.find('/') == std::string::npos) known.assign(paths.begin(), paths.end());
    fail_unknown("rule, parameter or key", typed, known);
}

Topic find_topic(const Catalog& catalog, const std::string& typed) {
    if (typed.starts_with("policy/")) return {.rule = &policy_rule(), .entries = {}};
    if (typed == merge_type_name || typed == merge_type.path)
        return {.rule = nullptr, .entries = {}, .merge_type = true};
    if (const Rule* rule = find_rule(typed); rule != nullptr) return {.rule = rule, .entries = {}};
    std::vector<EntryId> entries = entries_of(catalog, typed);
    // As findings in a description give it: "servers[1].vars".
    const bool below = typed.starts_with("servers[") || typed.starts_with("defaults.");
    std::vector<SiteKey> keys =
        keys_named(below && entries.empty() ? std::string_view(typed).substr(typed.rfind('.') + 1) : typed);
    if (entries.empty() && keys.empty()) fail_topic(catalog, typed);
    return {.rule = nullptr, .entries = std::move(entries), .keys = std::move(keys)};
}

void print_topic(std::ostream& out, const Catalog& catalog, const Topic& topic, std::string_view format) {
    if (format == "json") {
        Json object{{"version", 1}, {"rules", Json::array()}, {"parameters", Json::array()}};
        if (topic.rule != nullptr) object["rules"].push_back(to_json(*topic.rule));
        for (const EntryId id : topic.entries) object["parameters"].push_back(to_json(catalog, id));
        if (topic.merge_type) object["parameters"].push_back(merge_type_json());
        for (const SiteKey& one : topic.keys) {
            object["keys"].push_back(
                Json{{"name", one.key.name}, {"of", one.of}, {"summary", one.key.description}});
        }
        out << object.dump(2) << '\n';
        return;
    }
    std::vector<Explanation> all;
    if (topic.rule != nullptr) all.push_back(explain(*topic.rule));
    for (const EntryId id : topic.entries) all.push_back(explain(catalog, id));
    if (topic.merge_type) all.push_back(explain_merge_type());
    for (const SiteKey& key : topic.keys) all.push_back(explain(key));
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (i != 0) out << '\n';
        out << (format == "markdown" ? to_markdown(all[i], 1) : to_text(all[i]));
    }
}

void print_lists(std::ostream& out, const Catalog& catalog, const ExplainOptions& options) {
    const bool rules = options.rules || !options.parameters;
    const bool parameters = options.parameters || !options.rules;
    if (options.format == "json") {
        Json object{{"version", 1}};
        if (rules) {
            object["rules"] = Json::array();
            for (const Rule* rule : documented_rules()) object["rules"].push_back(to_json(*rule));
        }
        if (parameters) {
            object["parameters"] = Json::array();
            for (std::size_t i = 0; i < catalog.size(); ++i)
                object["parameters"].push_back(to_json(catalog, static_cast<EntryId>(i)));
        }
        out << object.dump(2) << '\n';
        return;
    }
    const bool markdown = options.format == "markdown";
    if (rules) out << (markdown ? rules_page() : rules_list());
    if (rules && parameters) out << '\n';
    if (parameters) out << (markdown ? parameters_page(catalog) : parameters_list(catalog));
}

int run_explain(const ExplainOptions& options, const Context& context) {
    if (std::ranges::find(explain_formats, options.format) == explain_formats.end())
        fail_unknown("format", options.format, explain_formats);
    const Files files = context.files();
    ConfigFiles configs(files, context.global.config, context.global.no_config, rule_index());
    const Catalog& catalog = catalog_of(configs.for_folder("."));
    if (options.topic.empty()) {
        print_lists(context.streams.out, catalog, options);
    } else {
        print_topic(context.streams.out, catalog, find_topic(catalog, options.topic), options.format);
    }
    return 0;
}

}  // namespace

Action add_explain(CLI::App& app) {
    auto options = std::make_shared<ExplainOptions>();
    app.add_option("topic", options->topic,
                   "a rule id, the dotted path of a parameter, or a key of site descriptions")
        ->type_name("RULE|PARAMETER|KEY");
    app.add_option("--format", options->format, "text, json or markdown")
        ->type_name("FORMAT:{text,json,markdown}");
    app.add_flag("--rules", options->rules, "list only the rules");
    app.add_flag("--parameters", options->parameters, "list only the parameters");
    return [options](const Context& context) { return run_explain(*options, context); };
}

}  // namespace dectprov
