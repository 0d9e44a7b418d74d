// SPDX-License-Identifier: MIT
#include "load/config_file.hpp"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "catalog/licences.hpp"
#include "doc/ver_list.hpp"
#include "load/config_reader.hpp"
#include "load/parameters.hpp"
#include "load/yaml_keys.hpp"
#include "source/bounds.hpp"
#include "source/encoding.hpp"
#include "source/failure.hpp"

namespace dectprov {
namespace {

constexpr std::string_view policy_prefix = "policy/";

// A policy's path ("user[].ipei") as the catalogue has it ("users.user.ipei"); policies look below the root.
std::string catalog_path(std::string_view path) {
    std::string plain;
    for (std::size_t at = 0; at < path.size(); ++at) {
        if (path.substr(at).starts_with("[]")) {
            ++at;
        } else {
            plain += path[at];
        }
    }
    const std::string_view first = std::string_view(plain).substr(0, plain.find('.'));
    const bool of_group = first == "info" || first == "data";
    return (first == "user" ? "users." : of_group ? "cota." : "config.") + plain;
}

// The way back.
std::string policy_path_of(std::string_view path) {
    constexpr std::string_view user = "users.user.";
    if (path.starts_with(user)) return fmt::format("user[].{}", path.substr(user.size()));
    return std::string(path.substr(std::min(path.find('.') + 1, path.size())));
}

}  // namespace

ConfigReader::ConfigReader(const Files& files, const std::string& path, const std::string& base,
                           const RuleIndex& rules)
    : files_(files), rules_(rules), faults_(sources_, config_.path) {
    config_.path = path;
    config_.base = base;
}

ConfigFile ConfigReader::read() {
    Decoded decoded = decode_text(files_.read(config_.path));
    file_ = sources_.add(config_.path, std::move(decoded.text));
    yaml_ = read_set_up_file(sources_, file_, decoded, faults_);
    if (!yaml_.empty() && yaml_[0].type != Yaml::Type::null && is_mapping(0, "the configuration")) {
        std::vector<std::string_view> known;
        for (const bool first : {true, false}) {
            for (const TopRow& row : top_rows()) {
                if (row.first != first) continue;
                known.push_back(row.key.name);
                const std::uint32_t value = yaml_.find(0, row.key.name);
                if (value != 0 && has_shape(value, row.key)) (this->*row.read)(value);
            }
        }
        unknown_keys(0, known);
        check_policy_paths();
    }
    faults_.throw_if_any();
    return std::move(config_);
}

// ---- shapes

template <class Row, class Target>
bool ConfigReader::members(std::uint32_t mapping, std::string_view what, std::span<const Row> rows,
                           Target& to) {
    if (!is_mapping(mapping, what)) return false;
    unknown_keys(mapping, key_names(rows));
    for (const Row& row : rows) {
        const std::uint32_t value = yaml_.find(mapping, row.key.name);
        if (value != 0 && has_shape(value, row.key)) (this->*row.read)(to, value);
    }
    return true;
}

bool ConfigReader::is_mapping(std::uint32_t node, std::string_view what) {
    if (yaml_[node].type == Yaml::Type::mapping) return true;
    faults_.add(place_of(yaml_[node]), fmt::format("{} must be a mapping", what));
    return false;
}

void ConfigReader::unknown_keys(std::uint32_t mapping, std::span<const std::string_view> known) {
    for (const std::uint32_t child : children(yaml_, mapping)) {
        if (std::ranges::find(known, yaml_[child].key_text) == known.end())
            faults_.add_unknown(yaml_[child].key, "key", yaml_[child].key_text, known);
    }
}

bool ConfigReader::has_shape(std::uint32_t value, const Key& key) {
    const Yaml::Node& node = yaml_[value];
    if (!fits(key.shape, node.type)) faults_.add(place_of(node), shape_message(key));
    return node.type != Yaml::Type::null && fits(key.shape, node.type);
}

// ---- values

std::optional<std::string> ConfigReader::text(std::uint32_t node, std::string_view what) {
    if (yaml_[node].type == Yaml::Type::scalar) return std::string(yaml_[node].text);
    faults_.add(place_of(yaml_[node]), fmt::format("'{}' must be a text", what));
    return std::nullopt;
}

std::vector<std::string> ConfigReader::texts(std::uint32_t list, std::string_view what) {
    std::vector<std::string> all;
    for (const std::uint32_t item : children(yaml_, list)) {
        if (std::optional<std::string> one = text(item, what)) all.push_back(std::move(*one));
    }
    return all;
}

std::optional<bool> ConfigReader::boolean(std::uint32_t node, std::string_view what) {
    const std::optional<std::string> value = text(node, what);
    if (!value) return std::nullopt;
    if (value == "true" || value == "false") return value == "true";
    faults_.add(yaml_[node].span, fmt::format("'{}' is '{}'; expected true or false", what, *value));
    return std::nullopt;
}

std::optional<std::string_view> ConfigReader::one_of(std::uint32_t node, std::string_view what,
                                                     std::span<const std::string_view> known) {
    const std::optional<std::string> value = text(node, what);
    if (!value) return std::nullopt;
    const auto found = std::ranges::find(known, std::string_view(*value));
    if (found != known.end()) return *found;
    faults_.add_unknown(yaml_[node].span, what, *value, known);
    return std::nullopt;
}

// What is no licence may be the key of one, which nobody is to see.
std::optional<std::string_view> ConfigReader::licence(std::uint32_t node) {
    const std::string_view value = yaml_[node].text;
    const bool known = std::ranges::find(licence_names, value) != licence_names.end();
    if (yaml_[node].type != Yaml::Type::scalar || known || nearest(value, licence_names))
        return one_of(node, "licence", licence_names);
    faults_.add(yaml_[node].span,
                fmt::format("this is not the name of a licence; known: {}", fmt::join(licence_names, ", ")));
    return std::nullopt;
}

std::optional<Severity> ConfigReader::severity(std::uint32_t node, bool may_be_off) {
    constexpr std::array<std::string_view, 4> words{"error", "warning", "note", "off"};
    const std::optional<std::string_view> word =
        one_of(node, "severity", std::span(words).first(words.size() - (may_be_off ? 0 : 1)));
    return word ? find_severity(*word) : std::nullopt;
}

std::optional<Model> ConfigReader::model(std::uint32_t node) {
    const std::optional<std::string_view> word = one_of(node, "model", model_tokens());
    return word ? find_model(*word) : std::nullopt;
}

std::optional<std::int64_t> ConfigReader::number(std::uint32_t node, std::string_view what) {
    const std::optional<std::string> digits = text(node, what);
    if (!digits) return std::nullopt;
    std::int64_t result = 0;
    const auto [end, error] = std::from_chars(digits->data(), digits->data() + digits->size(), result);
    if (error == std::errc() && end == digits->data() + digits->size()) return result;
    // It may be what a policy asks of a secret.
    faults_.add(yaml_[node].span, "this is not a whole number");
    return std::nullopt;
}

// ---- servers and paths

void ConfigReader::servers(std::uint32_t section) {
    for (const std::uint32_t node : children(yaml_, section)) server(node);
}

void ConfigReader::server(std::uint32_t node) {
    const Span key = yaml_[node].key;
    const std::string_view name = yaml_[node].key_text;
    const std::optional<Identity> identity = parse_identity_of_files(name);
    if (!identity) {
        faults_.add(key, fmt::format("'{}' is neither a MAC address nor a UUID", name));
        return;
    }
    if (config_.servers.contains(identity->text))
        faults_.add(key, fmt::format("the server {} occurs twice, in another notation", identity->text));
    KnownServer to{.identity = *identity, .options = config_.servers[identity->text]};
    if (yaml_[node].type != Yaml::Type::null) members(node, "a server", server_rows(), to);
}

void ConfigReader::server_model(KnownServer& to, std::uint32_t value) {
    to.options.model = model(value);
    if (to.options.model && !to.identity.models().has(*to.options.model))
        faults_.add(yaml_[value].span, fmt::format("a server with the identity {} cannot be a {}",
                                                   to.identity.text, token(*to.options.model)));
}
void ConfigReader::server_firmware_version(KnownServer& to, std::uint32_t value) {
    to.options.firmware_version = yaml_[value].text;
    if (!is_release(yaml_[value].text))
        faults_.add(
            yaml_[value].span,
            fmt::format("'firmware_version' is '{}'; expected a release such as PCS20Ba", yaml_[value].text));
}
void ConfigReader::server_licenses(KnownServer& to, std::uint32_t list) {
    to.options.licenses.emplace();
    for (const std::uint32_t item : children(yaml_, list)) {
        const std::optional<std::string_view> name = licence(item);
        if (!name) continue;
        to.options.licenses->emplace_back(*name);
        const auto& model = to.options.model;
        if (model && !licence_models(*name).has(*model))
            faults_.add(yaml_[item].span, no_licence_for(*name, *model));
    }
}
void ConfigReader::server_redundant(KnownServer& to, std::uint32_t value) {
    to.options.redundant = boolean(value, "redundant").value_or(false);
}

void ConfigReader::paths(std::uint32_t section) {
    for (const std::uint32_t node : children(yaml_, section)) {
        ConfigFile::PathSection& to = config_.paths.emplace_back();
        to.glob = yaml_[node].key_text;
        if (yaml_[node].type != Yaml::Type::null) members(node, "a section of `paths`", path_rows(), to);
    }
}
void ConfigReader::path_model(ConfigFile::PathSection& to, std::uint32_t value) { to.model = model(value); }
void ConfigReader::path_rules(ConfigFile::PathSection& to, std::uint32_t section) {
    severities(section, to.rules, to.policies);
}

// ---- rules

void ConfigReader::rules(std::uint32_t section) {
    severities(section, config_.rules, config_.policy_severities);
}

void ConfigReader::severities(std::uint32_t section, std::vector<ConfigFile::RuleSeverity>& rules_to,
                              std::vector<ConfigFile::PolicySeverity>& policies_to) {
    for (const std::uint32_t child : children(yaml_, section)) {
        const Yaml::Node& node = yaml_[child];
        std::string_view name = node.key_text;
        const std::optional<Severity> given = severity(child, true);
        if (name.starts_with(policy_prefix) && is_policy(name.substr(policy_prefix.size()))) {
            name.remove_prefix(policy_prefix.size());
            if (given) policies_to.push_back({.policy = std::string(name), .severity = *given});
        } else if (const Rule* rule = rule_named(node); rule != nullptr && given) {
            rules_to.push_back({.rule = rule, .severity = *given});
        }
    }
}

bool ConfigReader::is_policy(std::string_view name) const { return policy_names_.contains(name); }

const Rule* ConfigReader::rule_named(const Yaml::Node& node) {
    const Rule* rule = rules_.find(node.key_text);
    if (rule == nullptr) {
        if (known_rules_.empty()) {
            for (const std::string& name : policy_names_)
                rule_names_.push_back(fmt::format("{}{}", policy_prefix, name));
            for (const Rule* one : rules_.all) known_rules_.push_back(one->id);
            known_rules_.insert(known_rules_.end(), rule_names_.begin(), rule_names_.end());
        }
        faults_.add_unknown(node.key, "rule", node.key_text, known_rules_);
    } else if (rule->id != node.key_text) {
        config_.notes.push_back(faults_.at(
            node.key, fmt::format("note: the rule '{}' is now called '{}'", node.key_text, rule->id)));
    }
    return rule;
}

// ---- single values

void ConfigReader::ignore(std::uint32_t list) { config_.ignore = texts(list, "ignore"); }
void ConfigReader::fail_on(std::uint32_t value) { config_.fail_on = severity(value, false); }
void ConfigReader::min_severity(std::uint32_t value) { config_.min_severity = severity(value, false); }
void ConfigReader::require_reason(std::uint32_t value) {
    config_.require_reason = boolean(value, "require-reason").value_or(false);
}

void ConfigReader::parameters(std::uint32_t list) {
    auto catalog = std::make_unique<Catalog>();
    for (const std::uint32_t item : children(yaml_, list)) parameter_item(item, *catalog);
    config_.catalog = std::move(catalog);
}

// A file of rows, or the name of a setting by itself.
void ConfigReader::parameter_item(std::uint32_t item, Catalog& catalog) {
    const std::optional<std::string> name = text(item, "parameters");
    if (!name) return;
    if (is_parameter_path(*name)) {
        const std::string wrong = catalog.add({.path = *name});
        if (!wrong.empty()) faults_.add(yaml_[item].span, fmt::format("'{}' {}", *name, wrong));
        return;
    }
    std::string path = join(folder_of(config_.path), *name);
    if (const auto outside = leads_outside(files_, config_.path, path, *name)) {
        faults_.add(yaml_[item].span, fmt::format("{}; {}", outside->message, outside->help));
        return;
    }
    try {
        read_parameters(files_, path, catalog);
        config_.parameter_files.push_back(std::move(path));
    } catch (const Failure& failure) {
        // What cannot be read has its place here, what is wrong inside it there.
        if (files_.type(path) == Files::Type::file) {
            faults_.add_all(failure.what());
        } else {
            faults_.add(yaml_[item].span, failure.what());
        }
    }
}

// ---- policies

void ConfigReader::policies(std::uint32_t section) {
    for (const std::uint32_t node : children(yaml_, section)) policy_names_.emplace(yaml_[node].key_text);
    for (const std::uint32_t node : children(yaml_, section)) policy(node);
}

void ConfigReader::policy(std::uint32_t node) {
    const Span key = yaml_[node].key;
    const std::string name(yaml_[node].key_text);
    if (name.empty() || name.find_first_of("/ \t\r\n,:") != std::string::npos)
        faults_.add(key, "the name of a policy must not contain a space, '/', ',' or ':'");
    const Position begin = sources_.position(file_, key.begin);
    const Position end = sources_.position(file_, key.end);
    ConfigFile::Policy to{.name = name, .path = {}};
    to.line = begin.line;
    to.column = begin.column;
    to.end_column = end.column;
    if (!members(node, "a policy", policy_rows(), to)) return;
    const auto has = [&](std::string_view one) { return yaml_.find(node, one) != 0; };
    if (to.path.empty()) faults_.add(key, "the policy has no 'path'");
    const bool checks = to.required || has("matches") || has("one_of") || has("range");
    if (!checks)
        faults_.add(key, "the policy checks nothing; add 'matches', 'one_of', 'range' or 'required'");
    config_.policies.push_back(std::move(to));
}

void ConfigReader::policy_path(ConfigFile::Policy& to, std::uint32_t value) {
    to.path = yaml_[value].text;
    policy_paths_.emplace_back(yaml_[value].span, to.path);
}
void ConfigReader::policy_matches(ConfigFile::Policy& to, std::uint32_t value) {
    to.matches = yaml_[value].text;
    to.matches_at = sources_.position(file_, yaml_[value].span.begin);
    const re2::RE2 pattern(*to.matches, re2::RE2::Quiet);
    if (pattern.ok()) return;
    // Behind the ':' stands a part of the pattern, which may be a secret's.
    const std::string& error = pattern.error();
    faults_.add(yaml_[value].span, fmt::format("the pattern of '{}' cannot be read: {}", to.name,
                                               error.substr(0, error.find(':'))));
}
void ConfigReader::policy_one_of(ConfigFile::Policy& to, std::uint32_t list) {
    to.one_of = texts(list, "one_of");
    if (children(yaml_, list).empty()) faults_.add(yaml_[list].span, "'one_of' is empty");
}
void ConfigReader::policy_required(ConfigFile::Policy& to, std::uint32_t value) {
    to.required = boolean(value, "required").value_or(true);
}
void ConfigReader::policy_models(ConfigFile::Policy& to, std::uint32_t list) {
    to.models.emplace();
    for (const std::uint32_t item : children(yaml_, list)) {
        if (const std::optional<Model> one = model(item)) to.models = *to.models | ModelSet(*one);
    }
}
void ConfigReader::policy_in(ConfigFile::Policy& to, std::uint32_t value) { to.in = yaml_[value].text; }
void ConfigReader::policy_why(ConfigFile::Policy& to, std::uint32_t value) { to.why = yaml_[value].text; }
void ConfigReader::policy_severity(ConfigFile::Policy& to, std::uint32_t value) {
    to.severity = severity(value, true).value_or(to.severity);
}

void ConfigReader::policy_range(ConfigFile::Policy& to, std::uint32_t list) {
    const std::vector<std::uint32_t> ends = children(yaml_, list);
    if (ends.size() != 2) {
        faults_.add(yaml_[list].span, "'range' must be two numbers");
        return;
    }
    const std::optional<std::int64_t> lowest = number(ends[0], "range");
    const std::optional<std::int64_t> highest = number(ends[1], "range");
    if (!lowest || !highest) return;
    if (*lowest > *highest)
        faults_.add(yaml_[list].span, "the second number of 'range' is lower than the first");
    to.range = std::pair(*lowest, *highest);
}

// When `parameters:` has been read too.
void ConfigReader::check_policy_paths() {
    const Catalog& catalog = catalog_of(&config_);
    for (const auto& [span, path] : policy_paths_) {
        if (catalog.find(catalog_path(path)) != EntryId::none) continue;
        const std::vector<std::string> paths = policy_paths(catalog);
        const std::vector<std::string_view> known(paths.begin(), paths.end());
        faults_.add_unknown(span, "parameter", path, known);
    }
}

ConfigFile read_config_file(const Files& files, const std::string& path, const std::string& base,
                            const RuleIndex& rules) {
    return ConfigReader(files, path, base, rules).read();
}

std::vector<std::string> policy_paths(const Catalog& catalog) {
    std::vector<std::string> paths;
    for (std::size_t i = 0; i != catalog.size(); ++i) {
        const auto id = static_cast<EntryId>(i);
        if (!catalog.is_section(id) && !catalog.is_wildcard(id))
            paths.push_back(policy_path_of(catalog.path(id)));
    }
    return paths;
}

const Catalog& catalog_of(const ConfigFile* config) {
    return config != nullptr && config->catalog ? *config->catalog : Catalog::builtin();
}

}  // namespace dectprov
