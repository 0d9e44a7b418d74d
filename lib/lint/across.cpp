// SPDX-License-Identifier: MIT
#include "lint/across.hpp"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

#include "diag/rules.hpp"
#include "model/identity_set.hpp"
#include "source/encoding.hpp"
#include "source/stable_hash.hpp"

namespace dectprov {
namespace {

using Identities = SiteClaims::Identities;
using Output = SiteClaims::Output;

constexpr std::uint64_t no_mac = std::uint64_t{1} << 63U;

// Equal for equal identities, and mostly for these alone.
std::uint64_t hash_of(const Identities& part, const SiteClaims::Identity& one) {
    return (one.key & no_mac) == 0 ? one.key : fnv1a(part.text(one)) | no_mac;
}

// A claim with all that a finding says of it.
struct Claim {
    std::string name;
    std::string identity;
    std::string file;
    std::string path;
    std::uint32_t begin;
    std::uint32_t end;
};

Claim claim_of(const Output& one) {
    return {.name = one.name,
            .identity = one.identity,
            .file = one.file,
            .path = one.path,
            .begin = one.begin,
            .end = one.end};
}

Claim claim_of(const Identities& part, const SiteClaims::Identity& one) {
    const std::string text = part.text(one);
    const Identities::Written& written = part.written_as(one);
    return {.name = text,
            .identity = text,
            .file = part.files[written.file],
            .path = fmt::format("servers[{}].{}", one.number, (one.key & no_mac) == 0 ? "mac" : "uuid"),
            .begin = one.begin,
            .end = one.begin + written.size};
}

// A kind of claims, and what is said of two that collide.
struct Contest {
    const Rule& rule;
    std::string_view message;  // behind the name
    std::string_view help;
    std::string_view first;  // of the other
};

const Contest servers_contest{.rule = rule::site_duplicate_server,
                              .message = " is described twice",
                              .help = "a server may have only one description in all sites of a run",
                              .first = "the first description"};
const Contest outputs_contest{
    .rule = rule::site_output_collision,
    .message = ".ver would need two different contents in one folder",
    .help = "give the firmware files different names, or both servers the same version",
    .first = "the version of the other server"};

class CollisionFinder {
public:
    CollisionFinder(const std::vector<SiteClaims>& sites, ReadAgain& files, const Thresholds& thresholds)
        : sites_(sites), files_(files), thresholds_(thresholds) {}

    std::vector<Collision> run() {
        servers();
        outputs();
        return std::move(collisions_);
    }

private:
    template <class Visit>
    void each_server(Visit&& visit) const {
        for (std::size_t i = 0; i != sites_.size(); ++i) {
            for (const Identities& part : sites_[i].servers) {
                for (const SiteClaims::Identity& one : part.all) visit(i, part, one);
            }
        }
    }

    // Nearly every identity stands once, so at first they are only counted.
    void servers() {
        std::size_t count = 0;
        for (const SiteClaims& site : sites_) {
            for (const Identities& part : site.servers) count += part.all.size();
        }
        std::vector<std::uint64_t> hashes;
        hashes.reserve(count);
        each_server([&](std::size_t, const Identities& part, const SiteClaims::Identity& one) {
            hashes.push_back(hash_of(part, one));
        });
        std::ranges::sort(hashes);
        std::set<std::uint64_t> repeated;
        for (std::size_t i = 1; i < hashes.size(); ++i) {
            if (hashes[i] == hashes[i - 1]) repeated.insert(hashes[i]);
        }
        if (repeated.empty()) return;
        std::map<std::string, std::pair<std::size_t, Claim>> seen;
        each_server([&](std::size_t site, const Identities& part, const SiteClaims::Identity& one) {
            if (!repeated.contains(hash_of(part, one))) return;
            Claim claim = claim_of(part, one);
            const auto [first, fresh] = seen.try_emplace(claim.identity, site, claim);
            if (!fresh) collide(servers_contest, first->second.first, first->second.second, site, claim);
        });
    }

    void outputs() {
        struct First {
            std::size_t site;
            const Output* output;
        };
        std::unordered_map<std::string_view, First> seen;
        for (std::size_t i = 0; i != sites_.size(); ++i) {
            for (const Output& output : sites_[i].outputs) {
                const auto [first, fresh] = seen.try_emplace(output.key, First{i, &output});
                if (fresh || output.value == first->second.output->value) continue;
                collide(outputs_contest, first->second.site, claim_of(*first->second.output), i,
                        claim_of(output));
            }
        }
    }

    void collide(const Contest& contest, std::size_t first, const Claim& earlier, std::size_t second,
                 const Claim& later) {
        std::optional<Finding> finding = resolve(contest, sites_[second], later);
        if (!finding) return;
        if (const auto other = resolve(contest, sites_[first], earlier)) {
            finding->related.push_back({.file = other->file,
                                        .begin = other->begin,
                                        .end = other->end,
                                        .message = std::string(contest.first)});
        }
        collisions_.push_back({.first = first, .second = second, .finding = std::move(*finding)});
    }

    // A file that claims stand in, read again to show them.
    struct Shown {
        Shown(const SiteClaims& site, const std::string& path, ReadAgain& files, const Thresholds& thresholds)
            : infos{{.reported = true,
                     .syntax = path.ends_with(".csv") ? Syntax::csv : Syntax::yaml,
                     .config = site.config}},
              file(add(site, path, files.read(path))),
              resolver(sources, infos, thresholds) {}

        FileId add(const SiteClaims& site, const std::string& path, std::string bytes) {
            const auto encoding = site.encodings.find(path);
            const FileId id = sources.add(
                path, (encoding == site.encodings.end() ? decode_text(std::move(bytes))
                                                        : decode_text(std::move(bytes), encoding->second))
                          .text);
            if (const auto known = site.columns.find(path); known != site.columns.end())
                sources.describe_columns(id, known->second);
            return id;
        }

        SourceSet sources;
        std::vector<SourceInfo> infos;
        FileId file;
        Resolver resolver;
    };

    // Many collide in one file, or each in another one with the first; the text that is kept has a bound.
    Shown& shown(const SiteClaims& site, const std::string& path) {
        constexpr std::size_t most_kept = std::size_t{64} << 20U;
        std::unique_ptr<Shown>& known = shown_[{&site, path}];
        if (known != nullptr) return *known;
        auto made = std::make_unique<Shown>(site, path, files_, thresholds_);
        kept_ += made->sources.text(made->file).size();
        if (kept_ <= most_kept) {
            known = std::move(made);
            return *known;
        }
        kept_ = made->sources.text(made->file).size();
        shown_.clear();
        return *(shown_[{&site, path}] = std::move(made));
    }

    // Nothing where the rule is off, or the file another one.
    [[nodiscard]] std::optional<Finding> resolve(const Contest& contest, const SiteClaims& site,
                                                 const Claim& claim) {
        Shown& in = shown(site, claim.file);
        if (!files_.holds(claim.file, in.sources.text(in.file), claim.end)) return std::nullopt;
        const Span span{.file = in.file, .begin = claim.begin, .end = claim.end};
        std::string message = fmt::format("{}{}", claim.name, contest.message);
        Place place{.span = span, .path = claim.path};
        Diagnostic diagnostic{
            .rule = &contest.rule, .place = std::move(place), .message = std::move(message)};
        diagnostic.help = contest.help;
        auto finding = in.resolver.resolve(diagnostic, claim.identity);
        // The address is the server's own.
        if (finding && &contest == &servers_contest) name_owner(*finding);
        return finding;
    }

    const std::vector<SiteClaims>& sites_;
    ReadAgain& files_;
    const Thresholds& thresholds_;
    std::vector<Collision> collisions_;
    std::map<std::pair<const SiteClaims*, std::string>, std::unique_ptr<Shown>> shown_;
    std::size_t kept_ = 0;
};

}  // namespace

std::string SiteClaims::Identities::text(const Identity& identity) const {
    return (identity.key & no_mac) == 0 ? fmt::format("{:012x}", identity.key)
                                        : texts[identity.key & ~no_mac];
}

const SiteClaims::Identities::Written& SiteClaims::Identities::written_as(const Identity& identity) const {
    const auto number = static_cast<std::size_t>(&identity - all.data());
    return *std::prev(std::ranges::upper_bound(written, number, {}, &Written::from));
}

void SiteClaims::add_output(Output output) {
    if (known_outputs_.emplace(output.key, output.value, output.file, output.begin).second)
        outputs.push_back(std::move(output));
}

void SiteClaims::take(SiteClaims more) {
    std::ranges::move(more.servers, std::back_inserter(servers));
    for (Output& one : more.outputs) add_output(std::move(one));
    columns.merge(more.columns);
    encodings.merge(more.encodings);
}

bool SiteClaims::same_as(const SiteClaims& other) const {
    const auto same_output = [](const Output& one, const Output& another) {
        return one.key == another.key && one.value == another.value && one.identity == another.identity;
    };
    const auto same_part = [](const Identities& one, const Identities& another) {
        return std::ranges::equal(one.all, another.all, {}, &Identity::key, &Identity::key) &&
               one.texts == another.texts;
    };
    return std::ranges::equal(servers, other.servers, same_part) &&
           std::ranges::equal(outputs, other.outputs, same_output);
}

void SiteClaims::collect(const Site& site, const std::function<std::string(const SiteServer&)>& folder,
                         const SourceSet& sources) {
    for (std::size_t i = 0; i != sources.size(); ++i) {
        const auto file = static_cast<FileId>(i);
        if (!sources.columns(file).empty()) columns.emplace(sources.name(file), sources.columns(file));
        if (!sources.encoding(file).empty()) encodings.emplace(sources.name(file), sources.encoding(file));
    }
    Identities& part = servers.emplace_back();
    part.all.reserve(site.servers.size());
    for (std::size_t i = 0; i != sources.size(); ++i)
        part.files.push_back(sources.name(static_cast<FileId>(i)));
    for (const SiteServer& one : site.servers) {
        const std::string& identity = one.server.identity.text;
        if (identity.empty()) continue;
        const std::optional<std::uint64_t> mac = mac_number(identity);
        const Span place = one.identity_place.span;
        const auto of = static_cast<std::uint32_t>(place.file);
        const std::uint32_t size = place.end - place.begin;
        if (part.written.empty() || part.written.back().file != of || part.written.back().size != size)
            part.written.push_back({.from = part.all.size(), .file = of, .size = size});
        part.all.push_back({.key = mac.value_or(part.texts.size() | no_mac),
                            .number = static_cast<std::uint32_t>(one.number),
                            .begin = place.begin});
        if (!mac) part.texts.push_back(identity);
        for (const auto& firmware : one.firmware_versions) {
            if (firmware.opaque) continue;
            add_output({.key = fmt::format("{}/{}.ver", folder(one), firmware.file),
                        .value = firmware.text,
                        .name = firmware.file,
                        .identity = identity,
                        .file = sources.name(firmware.where.span.file),
                        .path = firmware.where.path,
                        .begin = firmware.where.span.begin,
                        .end = firmware.where.span.end});
        }
    }
}

std::vector<Collision> compare_sites(const std::vector<SiteClaims>& sites, ReadAgain& files,
                                     const Thresholds& thresholds) {
    return CollisionFinder(sites, files, thresholds).run();
}

}  // namespace dectprov
