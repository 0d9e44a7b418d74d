// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "analysis/resolve.hpp"
#include "diag/finding.hpp"
#include "load/site.hpp"
#include "source/files.hpp"

namespace dectprov {

// What a site description says that other descriptions of the run must not say too. Nearly no claim is ever
// contested, so a finding is made of the two that collide, for which their files are read again.
struct SiteClaims {
    // The identity of a server: `site/duplicate-server` where another server has it.
    struct Claim {
        std::string key;       // the identity; of a firmware text the output folder and name
        std::string value;     // what is claimed; two equal claims do no harm. Empty: any two collide
        std::string name;      // as a message names it
        std::string identity;  // of the server
        // Where it stands.
        std::string file;
        std::string path;
        std::uint32_t begin;
        std::uint32_t end;
    };
    std::vector<Claim> servers;
    std::vector<Claim> outputs;
    const ConfigFile* config = nullptr;  // of the description
    // What may be shown of tables of servers, by their paths.
    std::map<std::string, std::vector<SourceSet::Cells>, std::less<>> columns;

    void take(SiteClaims more);

    // `folder`: the output folder of a server ("" in the flat layout).
    void collect(const Site& site, const std::function<std::string(const SiteServer&)>& folder,
                 const SourceSet& sources);
};

// A claim that a description before it has made. The finding may stand in a layer of the description.
struct Collision {
    std::size_t first;  // the descriptions, by their place among all; they may be the same one
    std::size_t second;
    Finding finding;
};

// `site/duplicate-server` and `site/output-collision` over all descriptions of a run, in their order.
std::vector<Collision> compare_sites(const std::vector<SiteClaims>& sites, const Files& files,
                                     const Thresholds& thresholds);

}  // namespace dectprov
