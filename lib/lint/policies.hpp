// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "diag/diagnostic.hpp"
#include "diag/finding.hpp"
#include "diag/rule.hpp"
#include "load/config_file.hpp"
#include "model/server.hpp"

namespace dectprov {

// The fleet's own rules of one configuration file, made ready to run: a rule row `policy/NAME` each and its
// pattern compiled by RE2, which no pattern makes slow. Findings point at the rows, so this outlives them.
class Policies {
public:
    // Throws Failure, at the policy's place, for a pattern that RE2 does not take.
    explicit Policies(const ConfigFile& config);
    Policies(const Policies&) = delete;
    Policies& operator=(const Policies&) = delete;
    Policies(Policies&&) = delete;
    Policies& operator=(Policies&&) = delete;
    ~Policies();

    void check(const Server& server, Report& report) const;

    // "policy/NAME", null where there is none.
    [[nodiscard]] const Rule* find(std::string_view id) const;
    // Where the rule is written, for the related place of its findings; null for a rule of somebody else's.
    [[nodiscard]] const RelatedPlace* place_of(const Rule& rule) const;

private:
    struct Ready;

    std::vector<std::unique_ptr<Ready>> ready_;  // rules stay where they are
};

// Of each configuration file that has any; made before work is handed out.
using PolicySets = std::map<const ConfigFile*, std::unique_ptr<Policies>>;

// Makes the policies of one more configuration file ready; null and files without any are no harm.
void prepare_policies(const ConfigFile* config, PolicySets& sets);

// Runs the policies of a configuration file over a server.
void check_policies(const ConfigFile* config, const PolicySets& sets, const Server& server, Report& report);

}  // namespace dectprov
