// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "diag/diagnostic.hpp"
#include "diag/finding.hpp"
#include "diag/rule.hpp"
#include "model/server.hpp"

namespace dectprov {

struct ConfigFile;

// The fleet's own rules of one configuration file, made ready to run: a rule row `policy/NAME` each and its
// pattern compiled by RE2, which no pattern makes slow. The configuration file owns them and is owned by the
// ConfigFiles of the run, so that no finding outlives the row that it points at.
class Policies {
public:
    // `config` must outlive this. Throws Failure, at the policy's place, for a pattern that RE2 does not
    // take.
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

// Runs the policies of a configuration file, which may be null, over a server.
void check_policies(const ConfigFile* config, const Server& server, Report& report);

}  // namespace dectprov
