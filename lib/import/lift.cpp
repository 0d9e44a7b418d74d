// SPDX-License-Identifier: MIT
#include "import/lift.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "load/site_keys.hpp"

namespace dectprov {
namespace {

// What all values are alike in, taken out of each; nothing where that is nothing. A mapping that is equal in
// all is taken whole, and its key is then the caller's to remove.
struct Common {
    YamlValue value;
    bool whole;
};

void erase_key(YamlValue& mapping, std::size_t at) {
    mapping.keys.erase(mapping.keys.begin() + static_cast<std::ptrdiff_t>(at));
    mapping.items.erase(mapping.items.begin() + static_cast<std::ptrdiff_t>(at));
}

std::optional<Common> take_common(const std::vector<YamlValue*>& values) {
    YamlValue& first = *values.front();
    if (std::ranges::all_of(values, [&](const YamlValue* one) { return *one == first; }))
        return Common{.value = first, .whole = true};
    const bool mappings = std::ranges::all_of(
        values, [](const YamlValue* one) { return one->kind == YamlValue::Kind::mapping; });
    if (!mappings) return std::nullopt;
    YamlValue common = YamlValue::mapping();
    for (std::size_t i = 0; i < first.keys.size();) {
        const std::string key = first.keys[i];
        std::vector<YamlValue*> below;
        for (YamlValue* one : values) {
            const auto found = std::ranges::find(one->keys, key);
            if (found == one->keys.end()) break;
            below.push_back(&one->items[static_cast<std::size_t>(found - one->keys.begin())]);
        }
        std::optional<Common> taken = below.size() == values.size() ? take_common(below) : std::nullopt;
        if (!taken) {
            ++i;
            continue;
        }
        common.add(key, std::move(taken->value));
        const std::size_t before = first.keys.size();
        for (YamlValue* from : values) {
            const auto at = static_cast<std::size_t>(std::ranges::find(from->keys, key) - from->keys.begin());
            if (taken->whole || from->items[at].items.empty()) erase_key(*from, at);
        }
        if (first.keys.size() == before) ++i;
    }
    if (common.items.empty()) return std::nullopt;
    return Common{.value = std::move(common), .whole = false};
}

}  // namespace

YamlValue lift(std::vector<ServerDraft>& servers) {
    YamlValue out = YamlValue::mapping();
    if (servers.size() < 2) return out;
    for (const Key& row : server_keys()) {
        if (!row.lifted) continue;
        const std::string_view key = row.name;
        // Each key by itself: what names a server must not be part of the comparison.
        std::vector<YamlValue> parts;
        for (ServerDraft& one : servers) {
            const auto found = std::ranges::find(one.server.keys, key);
            if (found == one.server.keys.end()) break;
            YamlValue& part = parts.emplace_back(YamlValue::mapping());
            part.add(std::string(key),
                     std::move(one.server.items[static_cast<std::size_t>(found - one.server.keys.begin())]));
        }
        const bool all = parts.size() == servers.size();
        if (all) {
            std::vector<YamlValue*> pointers;
            pointers.reserve(parts.size());
            for (YamlValue& part : parts) pointers.push_back(&part);
            if (std::optional<Common> common = take_common(pointers)) {
                out.add(std::string(key), std::move(common->value.items.front()));
                if (common->whole) parts.assign(parts.size(), YamlValue::mapping());
            }
        }
        for (std::size_t i = 0; i != parts.size(); ++i) {
            YamlValue& server = servers[i].server;
            const auto at =
                static_cast<std::size_t>(std::ranges::find(server.keys, key) - server.keys.begin());
            if (parts[i].items.empty()) {
                erase_key(server, at);
            } else {
                server.items[at] = std::move(parts[i].items.front());
            }
        }
    }
    return out;
}

}  // namespace dectprov
