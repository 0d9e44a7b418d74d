// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "analysis/resolve.hpp"
#include "diag/finding.hpp"
#include "lint/read_again.hpp"
#include "load/site.hpp"

namespace dectprov {

// What a site description says that other descriptions of the run must not say too. Nearly no claim is ever
// contested, so a finding is made of the two that collide, for which their files are read again.
struct SiteClaims {
    // The identity of a server: `site/duplicate-server` where another server has it. There may be very many.
    struct Identity {
        std::uint64_t key;     // of a MAC address its digits; else the place in `texts`, and the highest bit
        std::uint32_t number;  // among the servers of the description
        std::uint32_t begin;
    };
    // Those of one part of a description.
    struct Identities {
        // What most of them have in common.
        struct Written {
            std::size_t from;    // the first of `all` that is so
            std::uint32_t file;  // in `files`
            std::uint32_t size;
        };
        std::vector<Identity> all = {};
        std::vector<Written> written = {};
        std::vector<std::string> texts = {};
        std::vector<std::string> files = {};

        [[nodiscard]] std::string text(const Identity& identity) const;
        [[nodiscard]] const Written& written_as(const Identity& identity) const;
    };
    // A firmware's version file, its output folder and name: `site/output-collision` where another one says
    // something else.
    struct Output {
        std::string key;
        std::string value;     // what is claimed
        std::string name;      // as a message names it
        std::string identity;  // of the server
        // Where it stands.
        std::string file;
        std::string path;
        std::uint32_t begin;
        std::uint32_t end;
    };
    std::vector<Identities> servers;
    std::vector<Output> outputs;         // what a layer says once
    const ConfigFile* config = nullptr;  // of the description
    // What may be shown of tables of servers, by their paths.
    std::map<std::string, std::vector<SourceSet::Cells>, std::less<>> columns;
    // And the encodings that these are said to be in.
    std::map<std::string, std::string, std::less<>> encodings;

    void take(SiteClaims more);
    [[nodiscard]] bool same_as(const SiteClaims& other) const;

    // `folder`: the output folder of a server ("" in the flat layout).
    void collect(const Site& site, const std::function<std::string(const SiteServer&)>& folder,
                 const SourceSet& sources);

private:
    void add_output(Output output);

    std::set<std::tuple<std::string, std::string, std::string, std::uint32_t>> known_outputs_ = {};
};

// A claim that a description before it has made. The finding may stand in a layer of the description.
struct Collision {
    std::size_t first;  // the descriptions, by their place among all; they may be the same one
    std::size_t second;
    Finding finding;
};

// `site/duplicate-server` and `site/output-collision` over all descriptions of a run, in their order.
std::vector<Collision> compare_sites(const std::vector<SiteClaims>& sites, ReadAgain& files,
                                     const Thresholds& thresholds);

}  // namespace dectprov
