// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "diag/finding.hpp"

namespace dectprov {

// Findings counted by severity.
struct Tally {
    std::string name;  // of the rule or the server; with its folder where an identity lies in several
    // Of a server: views into the findings.
    std::string_view server = {};
    std::string_view folder = {};
    std::array<std::size_t, 4> by_severity = {};

    [[nodiscard]] std::size_t of(Severity severity) const {
        return by_severity.at(static_cast<std::size_t>(severity));
    }
    [[nodiscard]] std::size_t total() const {
        return of(Severity::error) + of(Severity::warning) + of(Severity::note);
    }
};

// The worst first: most errors, then most warnings, most notes, then by name. A server is an
// identity in one folder; findings of no server are counted under "".
std::vector<Tally> by_rule(std::span<const Finding> findings);
std::vector<Tally> by_server(std::span<const Finding> findings);

// The indices of the findings, by severity from the worst, in their order otherwise.
std::vector<std::size_t> worst_first(std::span<const Finding> findings);

// "1 error", "2 errors"
std::string count_of(std::size_t count, std::string_view noun);

}  // namespace dectprov
