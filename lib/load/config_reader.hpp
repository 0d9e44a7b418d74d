// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "load/config_file.hpp"
#include "load/file_faults.hpp"
#include "load/keys.hpp"
#include "model/identity.hpp"

namespace dectprov {

// Reads a .dectprov.yaml by the rows of its keys (config_keys.cpp). A fault leaves the rest readable, so that
// all of them are told at once.
class ConfigReader {
public:
    ConfigReader(const Files& files, const std::string& path, const std::string& base,
                 const RuleIndex& rules);

    // Throws Failure with every fault.
    ConfigFile read();

    // A server while it is read.
    struct KnownServer {
        const Identity& identity;
        ServerOptions& options;
    };
    struct TopRow {
        Key key;
        void (ConfigReader::*read)(std::uint32_t);
        bool first = false;  // others name what stands in it
    };
    using ServerRow = KeyRow<void (ConfigReader::*)(KnownServer&, std::uint32_t)>;
    using PathRow = KeyRow<void (ConfigReader::*)(ConfigFile::PathSection&, std::uint32_t)>;
    using PolicyRow = KeyRow<void (ConfigReader::*)(ConfigFile::Policy&, std::uint32_t)>;
    static std::span<const TopRow> top_rows();
    static std::span<const ServerRow> server_rows();
    static std::span<const PathRow> path_rows();
    static std::span<const PolicyRow> policy_rows();

private:
    // Reads the keys of a mapping by their rows; false, and told, where it is none. Readers get values of the
    // shape of their key alone.
    template <class Row, class Target>
    bool members(std::uint32_t mapping, std::string_view what, std::span<const Row> rows, Target& to);
    bool is_mapping(std::uint32_t node, std::string_view what);
    void unknown_keys(std::uint32_t mapping, std::span<const std::string_view> known);
    bool has_shape(std::uint32_t value, const Key& key);

    // Values; nothing, and told, where something else stands there.
    std::optional<std::string> text(std::uint32_t node, std::string_view what);
    std::vector<std::string> texts(std::uint32_t list, std::string_view what);
    std::optional<bool> boolean(std::uint32_t node, std::string_view what);
    std::optional<std::string_view> one_of(std::uint32_t node, std::string_view what,
                                           std::span<const std::string_view> known);
    std::optional<std::string_view> licence(std::uint32_t node);
    std::optional<Severity> severity(std::uint32_t node, bool may_be_off);
    std::optional<Model> model(std::uint32_t node);
    std::optional<std::int64_t> number(std::uint32_t node, std::string_view what);

    // The readers of the keys at the top,
    void servers(std::uint32_t section);
    void paths(std::uint32_t section);
    void rules(std::uint32_t section);
    void ignore(std::uint32_t list);
    void parameters(std::uint32_t list);
    void fail_on(std::uint32_t value);
    void min_severity(std::uint32_t value);
    void require_reason(std::uint32_t value);
    void policies(std::uint32_t section);
    // of a server,
    void server_model(KnownServer& to, std::uint32_t value);
    void server_firmware_version(KnownServer& to, std::uint32_t value);
    void server_licenses(KnownServer& to, std::uint32_t list);
    void server_redundant(KnownServer& to, std::uint32_t value);
    // of a path's section,
    void path_model(ConfigFile::PathSection& to, std::uint32_t value);
    void path_rules(ConfigFile::PathSection& to, std::uint32_t section);
    // and of a policy.
    void policy_path(ConfigFile::Policy& to, std::uint32_t value);
    void policy_matches(ConfigFile::Policy& to, std::uint32_t value);
    void policy_one_of(ConfigFile::Policy& to, std::uint32_t list);
    void policy_range(ConfigFile::Policy& to, std::uint32_t list);
    void policy_required(ConfigFile::Policy& to, std::uint32_t value);
    void policy_models(ConfigFile::Policy& to, std::uint32_t list);
    void policy_in(ConfigFile::Policy& to, std::uint32_t value);
    void policy_severity(ConfigFile::Policy& to, std::uint32_t value);
    void policy_why(ConfigFile::Policy& to, std::uint32_t value);

    void server(std::uint32_t node);
    void severities(std::uint32_t section, std::vector<ConfigFile::RuleSeverity>& rules_to,
                    std::vector<ConfigFile::PolicySeverity>& policies_to);
    [[nodiscard]] bool is_policy(std::string_view name) const;
    const Rule* rule_named(const Yaml::Node& node);
    void parameter_item(std::uint32_t item, Catalog& catalog);
    void policy(std::uint32_t node);
    void check_policy_paths();

    const Files& files_;
    SourceSet sources_;
    RuleIndex rules_;
    ConfigFile config_;
    FileFaults faults_;
    FileId file_{};
    Yaml yaml_;
    // Every policy that is there, sound or not.
    std::set<std::string, std::less<>> policy_names_;
    // What a rule may be called; made for the first that is unknown.
    std::vector<std::string_view> known_rules_;
    std::vector<std::string> rule_names_;  // those of the policies
    std::vector<std::pair<Span, std::string>> policy_paths_;
};

}  // namespace dectprov
