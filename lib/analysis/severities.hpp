// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "diag/rule.hpp"
#include "load/config_file.hpp"

namespace dectprov {

// `--rule ID=SEVERITY`, in the order of the command line. Without a rule it is about the policy `policy/NAME`
// of that name, of whatever configuration, or without a name about `all`.
struct RuleOverride {
    const Rule* rule;
    Severity severity;
    std::string policy = {};
};

// What severity a rule has in a file: the command line over `paths:` (the last that matches) over `rules:`
// over the rule's own. Cheap where nothing is configured.
class Severities {
public:
    // Both must outlive this; the configuration may be null.
    Severities(const std::vector<RuleOverride>& overrides, const ConfigFile* config)
        : overrides_(overrides), config_(config) {}

    [[nodiscard]] Severity of(const Rule& rule, std::string_view path) const {
        return of(rule, rule.severity, path);
    }
    // The same of a case whose severity is its own, where nothing is configured.
    [[nodiscard]] Severity of(const Rule& rule, Severity own, std::string_view path) const;

    // The rules that are off for every one of these files, by address, sorted: nobody will see them.
    [[nodiscard]] std::vector<const Rule*> off(const std::vector<std::string>& paths) const;

private:
    [[nodiscard]] bool is_plain() const;

    const std::vector<RuleOverride>& overrides_;
    const ConfigFile* config_;
};

}  // namespace dectprov
