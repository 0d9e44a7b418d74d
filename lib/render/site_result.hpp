// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "diag/finding.hpp"
#include "lint/across.hpp"
#include "render/leftovers.hpp"
#include "render/render_counts.hpp"
#include "render/rendered_servers.hpp"

namespace dectprov {

// What is left of a site when its sources are gone.
struct SiteResult {
    std::vector<Finding> findings;
    SiteClaims claims;
    RenderedServers servers;
    RenderCounts counts;  // of what is not among `servers`
    std::size_t rendered = 0;
    ClaimsByFolder folders;  // below the output folder
    std::string text;
    std::vector<std::string> failures;
    std::vector<std::string> read;  // paths; sites share some
    std::size_t servers_seen = 0;
    std::size_t notes = 0;
    std::size_t suppressed = 0;
    std::size_t without_secrets = 0;
    bool layer = false;
    bool named = false;  // describes a server that --server asks for
    bool bad = false;
    bool whole = true;       // what could not be read names no other server
    bool stands_in = false;  // what is missing may be what a name that is not known stands for

    // Takes a part of the same site in, which comes behind those before it.
    void take(SiteResult part);
};

}  // namespace dectprov
