// SPDX-License-Identifier: MIT
#include "diff/pair_up.hpp"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

namespace dectprov {
namespace {

class Pairing {
public:
    Pairing(const std::deque<SideServer>& before, const std::deque<SideServer>& after) {
        for (const SideServer& server : before) left_.push_back(&server);
        for (const SideServer& server : after) wanting_.push_back(&server);
    }

    // Pairs each new server with the first old one that has the same key.
    template <class KeyOfOld, class KeyOfNew>
    void by(const KeyOfOld& key_of_old, const KeyOfNew& key_of_new) {
        std::multimap<std::pair<std::string, std::string>, const SideServer*> waiting;
        for (const SideServer* server : left_) waiting.emplace(key_of_old(*server), server);
        std::set<const SideServer*> taken;
        std::vector<const SideServer*> still;
        for (const SideServer* server : wanting_) {
            const auto key = key_of_new(*server);
            const auto found = key ? waiting.find(*key) : waiting.end();
            if (found == waiting.end()) {
                still.push_back(server);
                continue;
            }
            pairs_.push_back({.before = found->second, .after = server});
            taken.insert(found->second);
            waiting.erase(found);
        }
        wanting_ = std::move(still);
        std::erase_if(left_, [&](const SideServer* server) { return taken.contains(server); });
    }

    std::vector<ServerPair> finish() {
        for (const SideServer* server : left_) pairs_.push_back({.before = server, .after = nullptr});
        for (const SideServer* server : wanting_) pairs_.push_back({.before = nullptr, .after = server});
        std::ranges::stable_sort(pairs_, [](const ServerPair& a, const ServerPair& b) {
            const SideServer& x = *(a.after != nullptr ? a.after : a.before);
            const SideServer& y = *(b.after != nullptr ? b.after : b.before);
            return std::tie(x.identity, x.folder) < std::tie(y.identity, y.folder);
        });
        return std::move(pairs_);
    }

private:
    std::vector<const SideServer*> left_;
    std::vector<const SideServer*> wanting_;
    std::vector<ServerPair> pairs_;
};

}  // namespace

std::vector<ServerPair> pair_up(const std::deque<SideServer>& before, const std::deque<SideServer>& after,
                                bool alone) {
    using Key = std::pair<std::string, std::string>;
    if (alone && before.size() == 1 && after.size() == 1)
        return {{.before = &before.front(), .after = &after.front()}};
    Pairing pairing(before, after);
    const auto whole = [](const SideServer& one) { return Key{one.identity, one.folder}; };
    const auto identity = [](const SideServer& one) { return Key{one.identity, ""}; };
    pairing.by(whole, [&](const SideServer& one) { return std::optional(whole(one)); });
    pairing.by(identity, [&](const SideServer& one) {
        return one.identity.empty() ? std::nullopt : std::optional(identity(one));
    });
    pairing.by(identity, [](const SideServer& one) {
        return one.replaces ? std::optional(Key{*one.replaces, ""}) : std::nullopt;
    });
    return pairing.finish();
}

}  // namespace dectprov
