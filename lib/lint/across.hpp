// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "diag/finding.hpp"
#include "lint/resolve.hpp"
#include "load/site.hpp"

namespace dectprov {

// What a site description says that other descriptions of the run must not say too, with findings made ready
// while its sources are there.
struct SiteClaims {
    // The identity of a server: `site/duplicate-server` where another server has it.
    struct Claim {
        std::string key;    // the identity; of a firmware text the output folder and name
        std::string value;  // what is claimed; two equal claims do no harm. Empty: any two collide
        std::optional<Finding> finding;
    };
    std::vector<Claim> servers;
    std::vector<Claim> outputs;

    // `folder`: the output folder of the site ("" in the flat layout).
    void collect(const Site& site, std::string_view folder, Resolver& resolver);
};

// `site/duplicate-server` and `site/output-collision` over all descriptions of a run, in their order.
std::vector<Finding> compare_sites(std::vector<SiteClaims> sites);

}  // namespace dectprov
