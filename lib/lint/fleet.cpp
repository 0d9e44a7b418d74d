// SPDX-License-Identifier: MIT
#include "lint/fleet.hpp"

#include <algorithm>
#include <bit>
#include <map>
#include <tuple>

#include <fmt/format.h>

#include "diag/rules.hpp"
#include "source/encoding.hpp"

namespace dectprov {
namespace {

struct HandsetIndex {
    std::uint32_t server;
    std::uint32_t handset;
};

// Servers of one folder share a number: what is compared across them is small.
std::vector<std::uint32_t> number_folders(const std::vector<Handsets>& servers) {
    std::map<std::string_view, std::uint32_t> known;
    std::vector<std::uint32_t> numbers;
    numbers.reserve(servers.size());
    for (const Handsets& server : servers) {
        const auto next = static_cast<std::uint32_t>(known.size());
        numbers.push_back(known.try_emplace(server.folder, next).first->second);
    }
    return numbers;
}

// The handsets that stand more than once in their folder, in no order. Nearly all of a fleet stand once, so
// they are told apart by a table of hashes: no handset is left out, and few too many are taken along.
std::vector<HandsetIndex> repeated(const std::vector<Handsets>& servers) {
    std::size_t count = 0;
    for (const Handsets& server : servers) count += server.handsets.size();
    if (count == 0) return {};
    const std::vector<std::uint32_t> folders = number_folders(servers);
    const auto bits = static_cast<unsigned>(std::bit_width(count * 32));
    // Serial numbers follow each other: a multiplication spreads them (Knuth, 6.4).
    const auto hash = [&](std::uint32_t server, std::uint64_t number) {
        return ((number + folders[server] * 0xff51'afd7'ed55'8ccdU) * 0x9e37'79b9'7f4a'7c15U) >> (64U - bits);
    };
    const auto each = [&](const auto& visit) {
        for (std::uint32_t s = 0; s < servers.size(); ++s) {
            for (std::uint32_t h = 0; h < servers[s].handsets.size(); ++h) {
                visit(HandsetIndex{.server = s, .handset = h}, hash(s, servers[s].handsets[h].number));
            }
        }
    };
    std::vector<bool> once(std::size_t{1} << bits);
    std::vector<bool> again(once.size());
    bool any = false;
    each([&](const HandsetIndex&, std::size_t at) {
        any = any || once[at];
        again[at] = again[at] || once[at];
        once[at] = true;
    });
    std::vector<HandsetIndex> found;
    if (!any) return found;
    each([&](const HandsetIndex& seen, std::size_t at) {
        if (again[at]) found.push_back(seen);
    });
    return found;
}

}  // namespace

void Handsets::collect(const Server& server, const SourceSet& sources) {
    identity = server.identity.text;
    for_each_user(server, [&](const UserView& user) { add(user, sources); });
}

void Handsets::add(const UserView& user, const SourceSet& sources) {
    const NodeIndex node = user.field(entry("users.user.ipei"));
    if (node == Tree::none || user.tree.is_opaque(node)) return;
    const auto ipei = parse_ipei(user.tree.value(node));
    if (!ipei) return;
    const Span span = user.tree.value_span(node);
    if (known_.empty() || known_.back().first != span.file) {
        const auto found = std::ranges::find(known_, span.file, &std::pair<FileId, std::uint32_t>::first);
        if (found != known_.end()) {
            std::iter_swap(found, std::prev(known_.end()));
        } else {
            known_.emplace_back(span.file, static_cast<std::uint32_t>(files.size()));
            files.push_back({.path = sources.name(span.file), .encoding = sources.encoding(span.file)});
        }
    }
    handsets.push_back({.number = ipei->number,
                        .file = known_.back().second,
                        .begin = span.begin,
                        .end = span.end,
                        .user = user.number});
}

std::vector<Finding> compare_handsets(ReadAgain& files, const std::vector<Handsets>& servers,
                                      const std::function<SourceInfo(const std::string&)>& info_of,
                                      const Thresholds& thresholds) {
    std::vector<HandsetIndex> all = repeated(servers);
    const auto key = [&](const HandsetIndex& seen) {
        const Handsets& server = servers[seen.server];
        const auto& handset = server.handsets[seen.handset];
        return std::tuple(std::string_view(server.folder), handset.number,
                          std::string_view(server.files[handset.file].path), handset.begin);
    };
    std::ranges::sort(all, {}, key);

    // Sources are read again for the places of what was found twice: rare, so not kept.
    SourceSet sources;
    std::map<std::string, FileId, std::less<>> opened;
    std::vector<SourceInfo> infos;
    const auto place = [&](const HandsetIndex& seen) {
        const Handsets& server = servers[seen.server];
        const auto& handset = server.handsets[seen.handset];
        const auto& [path, encoding] = server.files[handset.file];
        auto found = opened.find(path);
        if (found == opened.end()) {
            std::string bytes = files.read(path);
            Decoded decoded =
                encoding.empty() ? decode_xml(std::move(bytes)) : decode_text(std::move(bytes), encoding);
            found = opened.emplace(path, sources.add(path, std::move(decoded.text))).first;
            infos.push_back(info_of(path));
        }
        return Span{.file = found->second, .begin = handset.begin, .end = handset.end};
    };
    struct Pair {
        Diagnostic diagnostic;
        const Handsets* server;
        std::uint64_t handset;
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
        const Span at = place(all[i]);
        const Span other = place(all[i - 1]);
        const auto is_there = [&](const Span& span) {
            return files.holds(sources.name(span.file), sources.text(span.file), span.end);
        };
        if (!is_there(at) || !is_there(other)) continue;
        Place where{.span = at};
        where.path = fmt::format("{}[{}].ipei", b.prefix, handset.user);
        Diagnostic diagnostic{.rule = &rule::fleet_duplicate_ipei, .place = std::move(where), .message = {}};
        diagnostic.message = fmt::format("the server {} has this handset too", a.identity);
        diagnostic.related.push_back({.span = other, .message = fmt::format("the user of {}", a.identity)});
        pairs.push_back({.diagnostic = std::move(diagnostic), .server = &b, .handset = handset.number});
    }
    std::vector<Finding> findings;
    Resolver resolver(sources, infos, thresholds);
    for (const Pair& pair : pairs) {
        auto finding = resolver.resolve(pair.diagnostic, pair.server->identity);
        if (!finding) continue;
        finding->folder = pair.server->folder;
        // Where the user stands in the list identifies nobody.
        if (const std::size_t user = finding->identity.find("[]"); user != std::string::npos)
            finding->identity.insert(user + 1, fmt::format("ipei={:012}", pair.handset));
        findings.push_back(std::move(*finding));
    }
    return findings;
}

}  // namespace dectprov
