// SPDX-License-Identifier: MIT
#include "lint/near_identity.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

#include "diag/rules.hpp"
#include "source/encoding.hpp"

namespace dectprov {
namespace {

const Candidate* file_of(const ServerInput& server, Role role) {
    const auto found =
        std::ranges::find_if(server.files, [&](const Candidate& one) { return one.name.role == role; });
    return found == server.files.end() ? nullptr : &*found;
}

// A file under a wrong name, or a link to nowhere, is a fault of its own that tells what is wrong.
bool is_lone(const ServerInput& server) {
    return server.identity.kind != Identity::Kind::none && file_of(server, Role::config) == nullptr &&
           std::ranges::all_of(server.files, [](const Candidate& one) {
               return one.name.state == FileName::State::exact && !one.dangling;
           });
}

// Whether the second has a configuration, and nothing of what the first has.
bool completes(const ServerInput& lone, const ServerInput& other) {
    return other.identity.kind == lone.identity.kind && file_of(other, Role::config) != nullptr &&
           std::ranges::all_of(
               lone.files, [&](const Candidate& one) { return file_of(other, one.name.role) == nullptr; });
}

// Calls `visit` with the identity as it is with each of its digits hidden: two that differ in one digit have
// one of these in common.
template <class Visit>
void for_each_hidden(std::string identity, Visit&& visit) {
    for (char& digit : identity) {
        const char kept = std::exchange(digit, '?');
        visit(std::as_const(identity));
        digit = kept;
    }
}

struct Pair {
    const ServerInput* lone;
    const ServerInput* other;
};

// Of the servers of one folder.
void find_pairs(const ServerInput* begin, const ServerInput* end, std::vector<Pair>& pairs) {
    const auto is_other = [](const ServerInput& one) { return file_of(one, Role::config) != nullptr; };
    if (std::none_of(begin, end, is_other)) return;
    std::unordered_multimap<std::string, const ServerInput*> hidden;
    for (const ServerInput* one = begin; one != end; ++one) {
        if (!is_lone(*one)) continue;
        for_each_hidden(one->identity.text, [&](const std::string& key) { hidden.emplace(key, one); });
    }
    if (hidden.empty()) return;
    for (const ServerInput* other = begin; other != end; ++other) {
        if (other->identity.kind == Identity::Kind::none || !is_other(*other)) continue;
        for_each_hidden(other->identity.text, [&](const std::string& key) {
            const auto [first, last] = hidden.equal_range(key);
            for (auto at = first; at != last; ++at) {
                if (completes(*at->second, *other)) pairs.push_back({.lone = at->second, .other = other});
            }
        });
    }
}

}  // namespace

std::vector<Finding> compare_identities(ReadAgain& files, const std::vector<ServerInput>& servers,
                                        const std::function<SourceInfo(const std::string&)>& info_of,
                                        const Thresholds& thresholds) {
    std::vector<Pair> pairs;
    const ServerInput* const end = servers.data() + servers.size();
    for (const ServerInput* begin = servers.data(); begin != end;) {
        const ServerInput* const next =
            std::find_if(begin, end, [&](const ServerInput& one) { return one.folder != begin->folder; });
        find_pairs(begin, next, pairs);
        begin = next;
    }
    // Where several fit, the identities are serial numbers rather than slips.
    std::unordered_map<const ServerInput*, std::size_t> partners;
    for (const Pair& pair : pairs) {
        ++partners[pair.lone];
        ++partners[pair.other];
    }
    std::vector<Pair> single;
    std::ranges::copy_if(pairs, std::back_inserter(single), [&](const Pair& pair) {
        return partners[pair.lone] == 1 && partners[pair.other] == 1;
    });
    std::ranges::sort(single, {}, &Pair::lone);
    SourceSet sources;
    std::vector<SourceInfo> infos;
    const auto open = [&](const std::string& path) {
        infos.push_back(info_of(path));
        return Span{.file = sources.add(path, decode_text(files.read(path)).text)};
    };
    std::vector<std::pair<Diagnostic, const ServerInput*>> found;
    for (const auto& [lone, other] : single) {
        const Candidate& file = lone->files.front();
        Diagnostic diagnostic{
            .rule = &rule::file_near_identity, .place = {.span = open(file.path)}, .message = {}};
        diagnostic.message = fmt::format(
            "{} has no configuration, but {}, which differs in one digit, has one and no file of this kind",
            lone->identity.text, other->identity.text);
        diagnostic.help = fmt::format("if it is one server, give all its files the same identity, such as {}",
                                      file_name(other->identity.text, file.name.role, file.name.group));
        diagnostic.related.push_back({.span = open(file_of(*other, Role::config)->path),
                                      .message = "the configuration of the other server"});
        found.emplace_back(std::move(diagnostic), lone);
    }
    std::vector<Finding> findings;
    Resolver resolver(sources, infos, thresholds);
    for (const auto& [diagnostic, server] : found) {
        auto finding = resolver.resolve(diagnostic, server->identity.text);
        if (!finding) continue;
        finding->folder = server->folder;
        findings.push_back(std::move(*finding));
    }
    return findings;
}

}  // namespace dectprov
