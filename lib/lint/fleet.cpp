// SPDX-License-Identifier: MIT
#include "lint/fleet.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include <fmt/format.h>

#include "diag/rules.hpp"
#include "source/encoding.hpp"

namespace dectprov {
namespace {

struct Seen {
    std::uint32_t server;
    std::uint32_t handset;
};

}  // namespace

void Handsets::collect(const Server& server, const SourceSet& sources) {
    identity = server.identity.text;
    std::vector<std::pair<FileId, std::uint32_t>> known;
    for_each_user(server, [&](const UserView& user) {
        const NodeIndex node = user.field(entry("users.user.ipei"));
        if (node == Tree::none || user.tree.is_opaque(node)) return;
        const auto ipei = parse_ipei(user.tree.value(node));
        if (!ipei) return;
        const Span span = user.tree.value_span(node);
        if (known.empty() || known.back().first != span.file) {
            const auto found = std::ranges::find(known, span.file, &std::pair<FileId, std::uint32_t>::first);
            if (found != known.end()) {
                std::iter_swap(found, std::prev(known.end()));
            } else {
                known.emplace_back(span.file, static_cast<std::uint32_t>(paths.size()));
                paths.push_back(sources.name(span.file));
            }
        }
        handsets.push_back({.number = ipei->number,
                            .path = known.back().second,
                            .begin = span.begin,
                            .end = span.end,
                            .user = user.number});
    });
}

std::vector<Finding> compare_handsets(const Files& files, const std::vector<Handsets>& servers,
                                      const std::function<SourceInfo(const std::string&)>& info_of,
                                      const Thresholds& thresholds) {
    std::vector<Seen> all;
    for (std::uint32_t s = 0; s < servers.size(); ++s) {
        for (std::uint32_t h = 0; h < servers[s].handsets.size(); ++h)
            all.push_back({.server = s, .handset = h});
    }
    const auto key = [&](const Seen& seen) {
        const Handsets& server = servers[seen.server];
        const auto& handset = server.handsets[seen.handset];
        return std::tuple(std::string_view(server.folder), handset.number,
                          std::string_view(server.paths[handset.path]), handset.begin);
    };
    std::ranges::sort(all, {}, key);

    // Sources are read again for the places of what was found twice: rare, so not kept.
    SourceSet sources;
    std::map<std::string, FileId, std::less<>> opened;
    std::vector<SourceInfo> infos;
    const auto place = [&](const Seen& seen) {
        const Handsets& server = servers[seen.server];
        const auto& handset = server.handsets[seen.handset];
        const std::string& path = server.paths[handset.path];
        auto found = opened.find(path);
        if (found == opened.end()) {
            found = opened.emplace(path, sources.add(path, decode_xml(files.read(path)).text)).first;
            infos.push_back(info_of(path));
        }
        return Span{.file = found->second, .begin = handset.begin, .end = handset.end};
    };
    struct Pair {
        Diagnostic diagnostic;
        std::string server;
    };
    std::vector<Pair> pairs;
    for (std::size_t i = 1; i < all.size(); ++i) {
        const Handsets& a = servers[all[i - 1].server];
        const Handsets& b = servers[all[i].server];
        const auto& handset = b.handsets[all[i].handset];
        if (a.folder != b.folder || a.identity == b.identity ||
            a.handsets[all[i - 1].handset].number != handset.number) {
            continue;
        }
        Place where{.span = place(all[i])};
        where.path = fmt::format("{}[{}].ipei", b.prefix, handset.user);
        Diagnostic diagnostic{.rule = &rule::fleet_duplicate_ipei, .place = std::move(where), .message = {}};
        diagnostic.message = fmt::format("the server {} has this handset too", a.identity);
        diagnostic.related.push_back(
            {.span = place(all[i - 1]), .message = fmt::format("the user of {}", a.identity)});
        pairs.push_back({.diagnostic = std::move(diagnostic), .server = b.identity});
    }
    std::vector<Finding> findings;
    Resolver resolver(sources, infos, thresholds);
    for (const Pair& pair : pairs) {
        if (auto finding = resolver.resolve(pair.diagnostic, pair.server))
            findings.push_back(std::move(*finding));
    }
    return findings;
}

}  // namespace dectprov
