// SPDX-License-Identifier: MIT
#include "import/lift.hpp"

#include <algorithm>
#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "load/site_keys.hpp"

namespace dectprov {
namespace {

// A mapping whose members are known one by one: an empty one is a value like any other.
bool is_section(const YamlValue& value) {
    return value.kind == YamlValue::Kind::mapping && !value.items.empty();
}

// A key without a value.
YamlValue nothing() { return {.kind = YamlValue::Kind::typed, .text = {}}; }

// What several mappings say at one place, in the order in which it was seen.
class Votes {
public:
    void add(const YamlValue& mapping) {
        ++voters_;
        for (std::size_t i = 0; i != mapping.items.size(); ++i) {
            const auto [found, fresh] = index_.try_emplace(mapping.keys[i], members_.size());
            if (fresh) members_.push_back({.key = mapping.keys[i]});
            members_[found->second].add(mapping.items[i]);
        }
    }

    // What more than half of `all` have.
    [[nodiscard]] YamlValue majority(std::size_t all) const {
        YamlValue out = YamlValue::mapping();
        for (const Member& member : members_) {
            if (member.count * 2 <= all) continue;
            const auto most = std::ranges::max_element(member.values, {}, &Value::count);
            const bool has_value = most != member.values.end() && most->count * 2 > member.count;
            if (has_value && most->count * 2 > member.below_count()) {
                out.add(member.key, *most->value);
                continue;
            }
            if (!member.below) continue;
            YamlValue below = member.below->majority(all);
            if (!below.items.empty()) out.add(member.key, std::move(below));
        }
        return out;
    }

private:
    struct Value {
        const YamlValue* value;
        std::size_t count = 1;
    };
    struct Member {
        std::string key;
        std::size_t count = 0;
        std::vector<Value> values = {};  // that are no sections
        std::map<std::string, std::size_t, std::less<>> by_text = {};
        std::unique_ptr<Votes> below = {};

        [[nodiscard]] std::size_t below_count() const { return below ? below->voters_ : 0; }

        void add(const YamlValue& value) {
            ++count;
            if (is_section(value)) {
                if (!below) below = std::make_unique<Votes>();
                below->add(value);
                return;
            }
            const auto [found, fresh] = by_text.try_emplace(write_yaml_line(value), values.size());
            if (fresh) {
                values.push_back({.value = &value});
            } else {
                ++values[found->second].count;
            }
        }
    };

    std::size_t voters_ = 0;
    std::vector<Member> members_;
    std::map<std::string, std::size_t, std::less<>> index_;
};

// The members of a server that are lifted, and the others.
std::pair<YamlValue, YamlValue> parted(const YamlValue& server, LiftedKeys keys) {
    std::pair<YamlValue, YamlValue> parts{YamlValue::mapping(), YamlValue::mapping()};
    for (std::size_t i = 0; i != server.items.size(); ++i) {
        bool lifted = false;
        for (const Key& key : server_keys()) {
            if (key.name == server.keys[i])
                lifted = keys == LiftedKeys::everywhere ? key.everywhere : key.lifted;
        }
        (lifted ? parts.first : parts.second).add(server.keys[i], server.items[i]);
    }
    return parts;
}

}  // namespace

YamlValue laid_over(const YamlValue& base, const YamlValue& wanted) {
    YamlValue out = YamlValue::mapping();
    for (std::size_t i = 0; i != wanted.items.size(); ++i) {
        const YamlValue* const below = base.find(wanted.keys[i]);
        const YamlValue& value = wanted.items[i];
        if (below != nullptr && *below == value) continue;
        const bool both = below != nullptr && below->kind == YamlValue::Kind::mapping &&
                          value.kind == YamlValue::Kind::mapping;
        out.add(wanted.keys[i], both ? laid_over(*below, value) : value);
    }
    for (const std::string& key : base.keys) {
        if (wanted.find(key) == nullptr) out.add(key, nothing());
    }
    return out;
}

YamlValue lift(std::vector<ServerDraft>& servers, LiftedKeys keys) {
    if (servers.size() < 2) return YamlValue::mapping();
    std::vector<std::pair<YamlValue, YamlValue>> parts;
    parts.reserve(servers.size());
    for (const ServerDraft& one : servers) parts.push_back(parted(one.server, keys));
    Votes votes;
    for (const auto& part : parts) votes.add(part.first);
    YamlValue common = votes.majority(servers.size());
    for (std::size_t i = 0; i != servers.size(); ++i) {
        YamlValue own = laid_over(common, parts[i].first);
        YamlValue& server = servers[i].server;
        server = std::move(parts[i].second);
        for (std::size_t k = 0; k != own.items.size(); ++k)
            server.add(std::move(own.keys[k]), std::move(own.items[k]));
    }
    return common;
}

}  // namespace dectprov
