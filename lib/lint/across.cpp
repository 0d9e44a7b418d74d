// SPDX-License-Identifier: MIT
#include "lint/across.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

#include "diag/rules.hpp"
#include "source/encoding.hpp"

namespace dectprov {
namespace {

using Claim = SiteClaims::Claim;

// A kind of claims, and what is said of two that collide.
struct Contest {
    std::vector<Claim> SiteClaims::*claims;
    const Rule& rule;
    std::string_view message;  // behind the name
    std::string_view help;
    std::string_view first;  // of the other
};

class CollisionFinder {
public:
    CollisionFinder(const std::vector<SiteClaims>& sites, const Files& files, const Thresholds& thresholds)
        : sites_(sites), files_(files), thresholds_(thresholds) {}

    void run(const Contest& contest, std::vector<Collision>& collisions) const {
        struct First {
            std::size_t site;
            const Claim* claim;
        };
        std::unordered_map<std::string_view, First> seen;
        for (std::size_t i = 0; i != sites_.size(); ++i) {
            const SiteClaims& site = sites_[i];
            for (const Claim& claim : site.*contest.claims) {
                const auto [other, fresh] = seen.try_emplace(claim.key, First{i, &claim});
                if (fresh || (!claim.value.empty() && claim.value == other->second.claim->value)) continue;
                std::optional<Finding> finding = resolve(contest, site, claim);
                if (!finding) continue;
                if (const auto earlier = resolve(contest, sites_[other->second.site], *other->second.claim)) {
                    finding->related.push_back({.file = earlier->file,
                                                .begin = earlier->begin,
                                                .end = earlier->end,
                                                .message = std::string(contest.first)});
                }
                collisions.push_back(
                    {.first = other->second.site, .second = i, .finding = std::move(*finding)});
            }
        }
    }

private:
    // Nothing where the rule is off.
    [[nodiscard]] std::optional<Finding> resolve(const Contest& contest, const SiteClaims& site,
                                                 const Claim& claim) const {
        SourceSet sources;
        const FileId file = sources.add(claim.file, decode_text(files_.read(claim.file)).text);
        if (const auto known = site.columns.find(claim.file); known != site.columns.end())
            sources.describe_columns(file, known->second);
        const std::vector<SourceInfo> infos{
            {.reported = true,
             .syntax = claim.file.ends_with(".csv") ? Syntax::csv : Syntax::yaml,
             .config = site.config}};
        const Span span{.file = file, .begin = claim.begin, .end = claim.end};
        std::string message = fmt::format("{}{}", claim.name, contest.message);
        Place place{.span = span, .path = claim.path};
        Diagnostic diagnostic{
            .rule = &contest.rule, .place = std::move(place), .message = std::move(message)};
        diagnostic.help = contest.help;
        return Resolver(sources, infos, thresholds_).resolve(diagnostic, claim.identity);
    }

    const std::vector<SiteClaims>& sites_;
    const Files& files_;
    const Thresholds& thresholds_;
};

}  // namespace

void SiteClaims::take(SiteClaims more) {
    std::ranges::move(more.servers, std::back_inserter(servers));
    std::ranges::move(more.outputs, std::back_inserter(outputs));
    columns.merge(more.columns);
}

void SiteClaims::collect(const Site& site, const std::function<std::string(const SiteServer&)>& folder,
                         const SourceSet& sources) {
    const auto claim = [&](const Place& place, std::string key, std::string value, std::string name,
                           const std::string& identity) {
        return Claim{.key = std::move(key),
                     .value = std::move(value),
                     .name = std::move(name),
                     .identity = identity,
                     .file = sources.name(place.span.file),
                     .path = place.path,
                     .begin = place.span.begin,
                     .end = place.span.end};
    };
    for (std::size_t i = 0; i != sources.size(); ++i) {
        const auto file = static_cast<FileId>(i);
        if (!sources.columns(file).empty()) columns.emplace(sources.name(file), sources.columns(file));
    }
    for (const SiteServer& one : site.servers) {
        const std::string& identity = one.server.identity.text;
        if (identity.empty()) continue;
        servers.push_back(claim(one.identity_place, identity, {}, identity, identity));
        for (const auto& firmware : one.firmware_versions) {
            if (firmware.opaque) continue;
            outputs.push_back(claim(firmware.where, fmt::format("{}/{}.ver", folder(one), firmware.file),
                                    firmware.text, firmware.file, identity));
        }
    }
}

std::vector<Collision> compare_sites(const std::vector<SiteClaims>& sites, const Files& files,
                                     const Thresholds& thresholds) {
    std::vector<Collision> collisions;
    const CollisionFinder comparer(sites, files, thresholds);
    comparer.run({.claims = &SiteClaims::servers,
                  .rule = rule::site_duplicate_server,
                  .message = " is described twice",
                  .help = "a server has one description in all sites of a run",
                  .first = "the first description"},
                 collisions);
    comparer.run({.claims = &SiteClaims::outputs,
                  .rule = rule::site_output_collision,
                  .message = ".ver would say two things in one folder",
                  .help = "name the firmware files apart, or give both servers the same version",
                  .first = "what the other server wants"},
                 collisions);
    return collisions;
}

}  // namespace dectprov
