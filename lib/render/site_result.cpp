// SPDX-License-Identifier: MIT
#include "render/site_result.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace dectprov {

void SiteResult::take(SiteResult part) {
    claims.take(std::move(part.claims));
    part.servers.drain([&](const RenderedServer& server) { servers.add(server); });
    counts.add(part.counts);
    rendered += part.rendered;
    for (auto& [folder, more] : part.folders) folders[folder].take(std::move(more));
    text += part.text;
    std::ranges::move(part.failures, std::back_inserter(failures));
    for (std::string& path : part.read) {
        if (std::ranges::find(read, path) == read.end()) read.push_back(std::move(path));
    }
    servers_seen += part.servers_seen;
    without_secrets += part.without_secrets;
    layer = layer || part.layer;
    named = named || part.named;
    bad = bad || part.bad;
    whole = whole && part.whole;
    stands_in = stands_in || part.stands_in;
}

}  // namespace dectprov
