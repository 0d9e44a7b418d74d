// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string_view>

namespace dectprov {

struct Rule;
struct Server;
struct UserView;
class Report;

// `off` stands first: a rule that is off is below every threshold.
enum class Severity : std::uint8_t { off, note, warning, error };

std::string_view to_text(Severity severity);
std::optional<Severity> find_severity(std::string_view text);

// Which document the examples of a rule are, and so how the tests of the examples run them.
enum class Example : std::uint8_t {
    none,      // the rule needs more than one file: a .case shows it
    config,    // a -config.xml
    users,     // a -users.xml
    handset,   // a -handset_config_group_100.xml
    list,      // a -handset_config_list.ver
    site,      // a site description
    exchange,  // what a provisioning server is asked, and what it answers; see tests/exchange.hpp
};

// How a room that may not know lib/rules learns of the rules: `find` takes former ids too.
struct RuleIndex {
    const Rule* (*find)(std::string_view id);
    std::span<const Rule* const> all;
};

// A check that compares users: what it remembers is behind `visit`, which is called for each user in turn,
// and `finish`, which may be empty, once behind the last.
struct UserWalk {
    std::function<void(const UserView&)> visit;
    std::function<void()> finish = {};
};

// What a rule is run over. One of the three is set, or none where a reader or the binder reports it. Users
// are walked once for all rules.
struct Check {
    void (*server)(const Server&, Report&) = nullptr;     // once a server
    void (*user)(const UserView&, Report&) = nullptr;     // once a user
    UserWalk (*users)(const Server&, Report&) = nullptr;  // once a server that has a users file
};

// A rule is one row. `explain`, the documentation, SARIF metadata and the tests of the examples are made
// from it. Members without an initialiser must be written in every row.
struct Rule {
    std::string_view id;       // group/name
    Severity severity;         // unless configured otherwise
    std::string_view summary;  // what is found, one line, lower case, no full stop
    std::string_view why;      // what the server does about it, and why that hurts; one to three sentences
    std::string_view origin;   // where the fact is from: "guide ch. 1, line 441-449"
    Example example;
    std::string_view bad = {};  // «» around each expected place; «» with nothing between for an empty span
    std::string_view good = {};   // the same, mended
    std::string_view model = {};  // the model the examples need; empty: as inferred
    Check check = {};
    bool across = false;  // found between files of several servers, where no comment is asked
};

}  // namespace dectprov
