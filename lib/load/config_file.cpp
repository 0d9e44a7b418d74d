// SPDX-License-Identifier: MIT
#include "load/config_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <functional>

#include "catalog/licences.hpp"
#include "doc/ver_list.hpp"
#include "doc/yaml.hpp"
#include "load/parameters.hpp"
#include "load/yaml_keys.hpp"
#include "source/encoding.hpp"
#include "source/failure.hpp"

namespace dectprov {
namespace {

// Also what stands in file names in the place of an identity and is none (`file/identity`), so that the
// server can be described all the same.
std::optional<Identity> identity_of(std::string_view text) {
    if (auto identity = parse_identity(text)) return identity;
    FileName name = read_name(file_name(text, Role::config));
    if (name.role != Role::config) return std::nullopt;
    return std::move(name.identity);
}

class ConfigReader {
public:
    ConfigReader(const Files& files, const std::string& path, const std::string& base, const RuleIndex& rules)
        : files_(files), rules_(rules) {
        Decoded decoded = decode_text(files.read(path));
        config_.path = path;
        config_.base = base;
        file_ = sources_.add(path, std::move(decoded.text));
        if (decoded.bad) fail({.file = file_, .begin = *decoded.bad, .end = *decoded.bad}, decoded.problem);
    }

    ConfigFile read() {
        YamlDocument document = read_yaml(sources_, file_);
        if (!document.problems.empty()) {
            const YamlProblem& first = *std::ranges::min_element(
                document.problems, {}, [](const YamlProblem& problem) { return problem.span.begin; });
            fail(first.span, first.help.empty() ? first.message : first.message + "; " + first.help);
        }
        yaml_ = std::move(document.yaml);
        if (yaml_.empty() || yaml_[0].type == Yaml::Type::null) return std::move(config_);
        // Policies first: `rules:` may name them.
        const auto sections = std::to_array<Section>({{"policies", &ConfigReader::policies},
                                                      {"servers", &ConfigReader::servers},
                                                      {"paths", &ConfigReader::paths},
                                                      {"rules", &ConfigReader::rules},
                                                      {"ignore", &ConfigReader::ignore},
                                                      {"parameters", &ConfigReader::parameters},
                                                      {"fail-on", &ConfigReader::fail_on},
                                                      {"min-severity", &ConfigReader::min_severity},
                                                      {"require-reason", &ConfigReader::require_reason}});
        std::vector<std::string_view> keys;
        keys.reserve(sections.size());
        for (const Section& section : sections) keys.push_back(section.key);
        only_keys(0, "the configuration", keys);
        for (const Section& section : sections) {
            const std::uint32_t value = yaml_.find(0, section.key);
            if (value != 0 && yaml_[value].type != Yaml::Type::null) (this->*section.read)(value);
        }
        return std::move(config_);
    }

private:
    struct Section {
        std::string_view key;
        void (ConfigReader::*read)(std::uint32_t);
    };

    // ---- what goes wrong

    [[noreturn]] void fail(Span span, const std::string& message) const {
        const Position at = sources_.position(span.file, span.begin);
        throw Failure(fmt::format("{}:{}:{}: error: {}", config_.path, at.line, at.column, message));
    }
    [[noreturn]] void fail_unknown(Span span, std::string_view what, std::string_view typed,
                                   const std::vector<std::string_view>& known) const {
        std::optional<std::string_view> near = nearest(typed, known);
        // "warn" for "warning" is too far away for spelling.
        const auto longer = std::ranges::find_if(
            known, [&](std::string_view name) { return typed.size() > 2 && name.starts_with(typed); });
        if (!near && longer != known.end()) near = *longer;
        std::string help;
        if (near) {
            help = fmt::format("did you mean '{}'?", *near);
        } else if (known.size() <= 12) {
            help = fmt::format("known are {}", fmt::join(known, ", "));
        }
        fail(span, fmt::format("unknown {} '{}'{}{}", what, typed, help.empty() ? "" : "; ", help));
    }

    // ---- shapes

    void only_keys(std::uint32_t mapping, std::string_view what,
                   const std::vector<std::string_view>& known) const {
        want_mapping(mapping, what);
        for (const std::uint32_t child : children(yaml_, mapping)) {
            if (std::ranges::find(known, yaml_[child].key_text) == known.end())
                fail_unknown(yaml_[child].key, "key", yaml_[child].key_text, known);
        }
    }
    void want_mapping(std::uint32_t node, std::string_view what) const {
        if (yaml_[node].type != Yaml::Type::mapping)
            fail(place_of(yaml_[node]), fmt::format("{} is a mapping", what));
    }
    [[nodiscard]] std::string text(std::uint32_t node, std::string_view what) const {
        if (yaml_[node].type != Yaml::Type::scalar)
            fail(place_of(yaml_[node]), fmt::format("'{}' is a text", what));
        return std::string(yaml_[node].text);
    }
    [[nodiscard]] std::vector<std::uint32_t> list(std::uint32_t node, std::string_view what) const {
        if (yaml_[node].type != Yaml::Type::sequence)
            fail(place_of(yaml_[node]), fmt::format("'{}' is a list", what));
        return children(yaml_, node);
    }
    [[nodiscard]] bool boolean(std::uint32_t node, std::string_view what) const {
        const std::string value = text(node, what);
        if (value != "true" && value != "false")
            fail(yaml_[node].span, fmt::format("'{}' is '{}'; expected true or false", what, value));
        return value == "true";
    }
    [[nodiscard]] std::string_view one_of(std::uint32_t node, std::string_view what,
                                          const std::vector<std::string_view>& known) const {
        const std::string value = text(node, what);
        const auto found = std::ranges::find(known, std::string_view(value));
        if (found == known.end()) fail_unknown(yaml_[node].span, what, value, known);
        return *found;
    }
    [[nodiscard]] std::string_view licence(std::uint32_t node) const {
        const std::string value = text(node, "licence");
        const std::vector<std::string_view> known(licence_names.begin(), licence_names.end());
        if (std::ranges::find(known, std::string_view(value)) == known.end() && !nearest(value, known))
            fail(yaml_[node].span,
                 fmt::format("this is not what a licence is called; known are {}", fmt::join(known, ", ")));
        return one_of(node, "licence", known);
    }
    [[nodiscard]] Severity severity(std::uint32_t node, bool may_be_off) const {
        std::vector<std::string_view> known{"error", "warning", "note"};
        if (may_be_off) known.emplace_back("off");
        return find_severity(one_of(node, "severity", known)).value_or(Severity::error);
    }
    [[nodiscard]] Model model(std::uint32_t node) const {
        return find_model(one_of(node, "model", model_tokens())).value_or(Model::s200);
    }

    // ---- sections

    void servers(std::uint32_t section) {
        want_mapping(section, "'servers'");
        for (const std::uint32_t server : children(yaml_, section)) {
            const Yaml::Node& node = yaml_[server];
            const std::optional<Identity> identity = identity_of(node.key_text);
            if (!identity)
                fail(node.key, fmt::format("'{}' is neither a MAC address nor a UUID", node.key_text));
            if (config_.servers.contains(identity->text))
                fail(node.key, fmt::format("the server {} again, in another notation", identity->text));
            ServerOptions& options = config_.servers[identity->text];
            if (node.type == Yaml::Type::null) continue;
            only_keys(server, "a server", {"model", "firmware_version", "licenses", "redundant"});
            each(server, [&](std::string_view key, std::uint32_t value) {
                if (key == "model") {
                    options.model = model(value);
                    if (!identity->models().has(*options.model))
                        fail(yaml_[value].span, fmt::format("the identity {} cannot be a {}", identity->text,
                                                            token(*options.model)));
                } else if (key == "firmware_version") {
                    options.firmware_version = text(value, key);
                    if (!is_release(*options.firmware_version))
                        fail(place_of(yaml_[value]),
                             fmt::format("'{}' is '{}'; expected a release as PCS20Ba", key,
                                         *options.firmware_version));
                } else if (key == "licenses") {
                    options.licenses.emplace();
                    for (const std::uint32_t item : list(value, key))
                        options.licenses->emplace_back(licence(item));
                } else {
                    options.redundant = boolean(value, key);
                }
            });
        }
    }

    // Calls `visit(key, value)` for each key that has a value.
    template <class Visit>
    void each(std::uint32_t mapping, Visit&& visit) const {
        for (const std::uint32_t child : children(yaml_, mapping)) {
            if (yaml_[child].type != Yaml::Type::null) visit(std::string_view(yaml_[child].key_text), child);
        }
    }

    void paths(std::uint32_t section) {
        want_mapping(section, "'paths'");
        for (const std::uint32_t path : children(yaml_, section)) {
            ConfigFile::PathSection& to = config_.paths.emplace_back();
            to.glob = yaml_[path].key_text;
            if (yaml_[path].type == Yaml::Type::null) continue;
            only_keys(path, "a path's section", {"model", "rules"});
            each(path, [&](std::string_view key, std::uint32_t value) {
                if (key == "model")
                    to.model = model(value);
                else
                    severities(value, to.rules, to.policies);
            });
        }
    }

    void rules(std::uint32_t section) { severities(section, config_.rules, config_.policy_severities); }

    void severities(std::uint32_t section, std::vector<ConfigFile::RuleSeverity>& rules_to,
                    std::vector<ConfigFile::PolicySeverity>& policies_to) {
        want_mapping(section, "'rules'");
        for (const std::uint32_t child : children(yaml_, section)) {
            const Yaml::Node& node = yaml_[child];
            if (std::string policy = policy_named(node.key_text); !policy.empty()) {
                policies_to.push_back({.policy = std::move(policy), .severity = severity(child, true)});
                continue;
            }
            const Rule* rule = rule_named(node);
            rules_to.push_back({.rule = rule, .severity = severity(child, true)});
        }
    }

    [[nodiscard]] std::string policy_named(std::string_view id) const {
        constexpr std::string_view prefix = "policy/";
        if (!id.starts_with(prefix)) return {};
        id.remove_prefix(prefix.size());
        const bool known =
            std::ranges::any_of(config_.policies, [&](const auto& policy) { return policy.name == id; });
        return known ? std::string(id) : std::string();
    }

    const Rule* rule_named(const Yaml::Node& node) {
        const Rule* rule = rules_.find(node.key_text);
        if (rule == nullptr) {
            std::vector<std::string> policies;
            for (const auto& policy : config_.policies) policies.push_back("policy/" + policy.name);
            std::vector<std::string_view> known(policies.begin(), policies.end());
            for (const Rule* one : rules_.all) known.push_back(one->id);
            fail_unknown(node.key, "rule", node.key_text, known);
        }
        if (rule->id != node.key_text) {
            const Position at = sources_.position(file_, node.key.begin);
            config_.notes.push_back(fmt::format("{}:{}:{}: note: the rule '{}' is now called '{}'",
                                                config_.path, at.line, at.column, node.key_text, rule->id));
        }
        return rule;
    }

    void ignore(std::uint32_t section) {
        for (const std::uint32_t item : list(section, "ignore"))
            config_.ignore.push_back(text(item, "ignore"));
    }
    void parameters(std::uint32_t section) {
        auto catalog = std::make_unique<Catalog>();
        for (const std::uint32_t item : list(section, "parameters")) parameter_item(item, *catalog);
        config_.catalog = std::move(catalog);
    }
    // A file of rows, or the name of a setting by itself.
    void parameter_item(std::uint32_t item, Catalog& catalog) {
        const std::string name = text(item, "parameters");
        if (is_parameter_path(name)) {
            const std::string wrong = catalog.add({.path = name});
            if (!wrong.empty()) fail(yaml_[item].span, fmt::format("'{}' {}", name, wrong));
            return;
        }
        std::string path = join(folder_of(config_.path), name);
        try {
            read_parameters(files_, path, catalog);
        } catch (const Failure& failure) {
            // What cannot be read has its place here, what is wrong inside it there.
            if (files_.type(path) == Files::Type::file) throw;
            fail(yaml_[item].span, failure.what());
        }
        config_.parameter_files.push_back(std::move(path));
    }
    void fail_on(std::uint32_t value) { config_.fail_on = severity(value, false); }
    void min_severity(std::uint32_t value) { config_.min_severity = severity(value, false); }
    void require_reason(std::uint32_t value) { config_.require_reason = boolean(value, "require-reason"); }

    // ---- policies

    void policies(std::uint32_t section) {
        want_mapping(section, "'policies'");
        for (const std::uint32_t node : children(yaml_, section)) policy(node);
    }

    void policy(std::uint32_t node) {
        const Span key = yaml_[node].key;
        const std::string name(yaml_[node].key_text);
        if (name.empty() || name.find_first_of("/ \t\r\n,:") != std::string::npos)
            fail(key, "the name of a policy has no blank, '/', ',' or ':'");
        only_keys(node, "a policy",
                  {"path", "matches", "one_of", "range", "required", "models", "in", "severity", "why"});
        const Position begin = sources_.position(file_, key.begin);
        const Position end = sources_.position(file_, key.end);
        ConfigFile::Policy to{.name = name, .path = {}};
        to.line = begin.line;
        to.column = begin.column;
        to.end_column = end.column;
        each(node, [&](std::string_view what, std::uint32_t value) { policy_key(to, what, value); });
        if (to.path.empty()) fail(key, "the policy has no 'path'");
        if (!to.matches && to.one_of.empty() && !to.range && !to.required)
            fail(key, "the policy checks nothing; give 'matches', 'one_of', 'range' or 'required'");
        config_.policies.push_back(std::move(to));
    }

    void policy_key(ConfigFile::Policy& to, std::string_view key, std::uint32_t value) {
        if (key == "path") to.path = text(value, key);
        if (key == "matches") {
            to.matches = text(value, key);
            to.matches_at = sources_.position(file_, yaml_[value].span.begin);
        }
        if (key == "in") to.in = text(value, key);
        if (key == "why") to.why = text(value, key);
        if (key == "required") to.required = boolean(value, key);
        if (key == "severity") to.severity = severity(value, true);
        if (key == "range") to.range = range(value);
        if (key == "one_of") {
            for (const std::uint32_t item : list(value, key)) to.one_of.push_back(text(item, key));
            if (to.one_of.empty()) fail(yaml_[value].span, "'one_of' is empty");
        }
        if (key == "models") {
            to.models.emplace();
            for (const std::uint32_t item : list(value, key)) to.models = *to.models | ModelSet(model(item));
        }
    }

    [[nodiscard]] std::pair<std::int64_t, std::int64_t> range(std::uint32_t value) const {
        const std::vector<std::uint32_t> ends = list(value, "range");
        if (ends.size() != 2) fail(yaml_[value].span, "'range' is two numbers");
        const auto number = [&](std::uint32_t node) {
            const std::string digits = text(node, "range");
            std::int64_t result = 0;
            const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), result);
            if (error != std::errc() || end != digits.data() + digits.size())
                fail(yaml_[node].span, fmt::format("'{}' is no whole number", digits));
            return result;
        };
        const std::pair limits{number(ends[0]), number(ends[1])};
        if (limits.first > limits.second) fail(yaml_[value].span, "'range' ends before it begins");
        return limits;
    }

    const Files& files_;
    SourceSet sources_;
    FileId file_{};
    RuleIndex rules_;
    Yaml yaml_;
    ConfigFile config_;
};

}  // namespace

ConfigFile read_config_file(const Files& files, const std::string& path, const std::string& base,
                            const RuleIndex& rules) {
    return ConfigReader(files, path, base, rules).read();
}

const Catalog& catalog_of(const ConfigFile* config) {
    return config != nullptr && config->catalog ? *config->catalog : Catalog::builtin();
}

}  // namespace dectprov
