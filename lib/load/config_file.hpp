// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/catalog.hpp"
#include "diag/rule.hpp"
#include "load/policies.hpp"
#include "model/server.hpp"
#include "source/files.hpp"
#include "source/span.hpp"

namespace dectprov {

// A glob of .dectprov.yaml, relative to the folder of the file: `*` and `?` within a name, `**` over
// folders, `[abc]`, `[!a-z]`; without a '/' it matches a name at any depth, be it a folder's. A pattern whose
// last name has no wildcard matches what is below it too. `path` ends with '/' for a folder.
bool glob_matches(std::string_view pattern, std::string_view path);

// A configuration file as it was read. `base` is the folder its globs are relative to.
struct ConfigFile {
    struct RuleSeverity {
        const Rule* rule;
        Severity severity;
    };
    struct PolicySeverity {
        std::string policy;  // NAME of `policy/NAME`, one of this file
        Severity severity;
    };
    struct PathSection {
        std::string glob;
        std::optional<Model> model = {};
        std::vector<RuleSeverity> rules = {};
        std::vector<PolicySeverity> policies = {};
    };
    // The fleet's own rules, in the order of the file.
    struct Policy {
        std::string name;
        std::string path;  // "provisioning.server.url", "user[].configgroup", "data.…"
        std::optional<std::string> matches = {};
        std::vector<std::string> one_of = {};
        std::optional<std::pair<std::int64_t, std::int64_t>> range = {};
        bool required = false;
        std::optional<ModelSet> models = {};
        std::string in = {};  // glob
        Severity severity = Severity::warning;
        std::string why = {};
        std::uint32_t line = 1;  // of the policy's name in the file, for the related place
        std::uint32_t column = 1;
        std::uint32_t end_column = 1;
        Position matches_at = {};  // of the expression
    };

    // A path as the globs of this file see it: relative to `base`, '/' between folders, a folder's own '/' at
    // the end kept.
    [[nodiscard]] std::string relative(std::string_view file) const;
    // Whether `ignore:` leaves a path out; of a folder it ends in '/'.
    [[nodiscard]] bool ignores(std::string_view path) const;

    std::string path;  // as shown
    std::string base;
    const Files* files = nullptr;                               // that it was read from, which outlive it
    std::map<std::string, ServerOptions, std::less<>> servers;  // by identity text
    std::vector<PathSection> paths;
    std::vector<RuleSeverity> rules;
    std::vector<PolicySeverity> policy_severities;  // what `rules:` says of policies
    std::vector<std::string> ignore;
    std::vector<Policy> policies;
    std::unique_ptr<const Policies>
        ready_policies;  // of a file that ConfigFiles keeps; null where it has none
    std::optional<Severity> fail_on;
    std::optional<Severity> min_severity;
    bool require_reason = false;
    std::vector<std::string> parameter_files;  // of `parameters:`, as paths
    std::unique_ptr<const Catalog> catalog;    // with what they add; null where nothing is added
    std::vector<std::string> notes;            // "rule x is now called y"
};

// Throws Failure "FILE:LINE:COLUMN: error: …" for what is not YAML, an unknown key or rule (with the nearest
// name), a value of the wrong type, an unknown model or severity.
ConfigFile read_config_file(const Files& files, const std::string& path, const std::string& base,
                            const RuleIndex& rules);

// What a policy may be about, as its `path` says it ("sip.dtmf.duration", "user[].ipei").
std::vector<std::string> policy_paths(const Catalog& catalog);

// The catalogue that holds where this configuration applies: the built-in one for none.
const Catalog& catalog_of(const ConfigFile* config);

// Which configuration applies to what is in a folder: the nearest .dectprov.yaml at or above it, up to the
// repository root (the folder with .git) or the file system's; each file is read once.
class ConfigFiles {
public:
    // `forced`: --config; `none`: --no-config.
    ConfigFiles(const Files& files, std::optional<std::string> forced, bool none, RuleIndex rules);
    // Inputs and findings point into the files that are kept here.
    ConfigFiles(const ConfigFiles&) = delete;
    ConfigFiles& operator=(const ConfigFiles&) = delete;
    ConfigFiles(ConfigFiles&&) = delete;
    ConfigFiles& operator=(ConfigFiles&&) = delete;
    ~ConfigFiles() = default;

    // Null where there is none. Not for several threads: look up before work is handed out.
    const ConfigFile* for_folder(const std::string& folder);
    [[nodiscard]] std::vector<const ConfigFile*> all() const;

private:
    const ConfigFile* find(const std::string& folder);
    const ConfigFile* read(const std::string& path, const std::string& base);

    const Files& files_;
    RuleIndex rules_;
    bool none_;
    const ConfigFile* forced_ = nullptr;
    std::map<std::string, const ConfigFile*, std::less<>> by_folder_;  // by absolute path
    // What was asked last: a walk asks for file after file of one folder.
    std::optional<std::string> last_folder_;
    const ConfigFile* last_ = nullptr;
    std::vector<std::unique_ptr<ConfigFile>> read_;
};

}  // namespace dectprov
