// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "analysis/session.hpp"
#include "diag/finding.hpp"
#include "lint/lint.hpp"
#include "probe/address.hpp"
#include "probe/described.hpp"
#include "probe/exchange.hpp"
#include "probe/load.hpp"
#include "probe/served.hpp"

namespace dectprov {

// What a run of `probe` is to do.
struct ProbePlan {
    std::optional<Address> address = {};  // --url; else each server's own
    unsigned per_host = 4;
    double timeout = 30;  // seconds a request
    std::function<void(const Progress&)> progress = {};
};

struct ProbedServer {
    std::string identity;
    std::size_t files = 0;  // that were asked for; 0 where the host was given up before
    std::size_t served = 0;
    std::uint64_t bytes = 0;
    double slowest = 0;  // seconds
    std::string slowest_file = {};
};

struct ProbeResult {
    // Findings of delivery and, at URLs, of the lint of what is served; as lint() gives them.
    LintResult lint;
    std::vector<ProbedServer> servers;
    std::vector<std::string> not_asked;  // servers and firmware that could not be asked for: a message each
    FleetLoad load;
    std::unique_ptr<Served> served;  // null where nothing was asked
    bool interrupted = false;
};

// Asks, judges and lints. `described` may settle versions by what is served, and outlives the result.
ProbeResult probe(const Session& session, Described& described, const ProbePlan& plan,
                  const Network& network);

}  // namespace dectprov
