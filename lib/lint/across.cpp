// SPDX-License-Identifier: MIT
#include "lint/across.hpp"

#include <unordered_map>
#include <utility>

#include <fmt/format.h>

#include "diag/rules.hpp"

namespace dectprov {
namespace {

void collide(std::vector<SiteClaims>& sites, std::vector<SiteClaims::Claim> SiteClaims::*claims,
             std::string_view first, std::vector<Finding>& findings) {
    std::unordered_map<std::string_view, const SiteClaims::Claim*> seen;
    for (SiteClaims& site : sites) {
        for (SiteClaims::Claim& claim : site.*claims) {
            const auto [other, fresh] = seen.try_emplace(claim.key, &claim);
            if (fresh || !claim.finding) continue;
            if (!claim.value.empty() && claim.value == other->second->value) continue;
            Finding finding = *claim.finding;
            if (const auto& earlier = other->second->finding) {
                finding.related.push_back({.file = earlier->file,
                                           .begin = earlier->begin,
                                           .end = earlier->end,
                                           .message = std::string(first)});
            }
            findings.push_back(std::move(finding));
        }
    }
}

}  // namespace

void SiteClaims::collect(const Site& site, std::string_view folder, Resolver& resolver) {
    for (const SiteServer& one : site.servers) {
        const std::string& identity = one.server.identity.text;
        if (identity.empty()) continue;
        servers.push_back(
            {.key = identity,
             .value = {},
             .finding = resolver.resolve({.rule = &rule::site_duplicate_server,
                                          .place = one.identity_place,
                                          .message = fmt::format("{} is described twice", identity),
                                          .help = "a server has one description in all sites of a run"},
                                         identity)});
        for (const auto& firmware : one.firmware_versions) {
            outputs.push_back(
                {.key = fmt::format("{}/{}.ver", folder, firmware.file),
                 .value = firmware.text,
                 .finding = resolver.resolve(
                     {.rule = &rule::site_output_collision,
                      .place = firmware.where,
                      .message = fmt::format("{}.ver would say two things in one folder", firmware.file),
                      .help = "name the firmware files apart, or give both servers the same version"},
                     identity)});
        }
    }
}

std::vector<Finding> compare_sites(std::vector<SiteClaims> sites) {
    std::vector<Finding> findings;
    collide(sites, &SiteClaims::servers, "the first description", findings);
    collide(sites, &SiteClaims::outputs, "what the other server wants", findings);
    return findings;
}

}  // namespace dectprov
