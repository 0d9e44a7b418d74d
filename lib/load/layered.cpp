// SPDX-License-Identifier: MIT
#include "load/layered.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <unordered_map>

namespace dectprov {
namespace {

// Members of mappings, which are found by key: by looking at each of a few, else by an index.
class Members {
public:
    // npos where there is none.
    [[nodiscard]] std::size_t find(std::string_view key) const {
        if (!index_.empty()) {
            const auto found = index_.find(key);
            return found == index_.end() ? std::string_view::npos : found->second;
        }
        for (std::size_t i = 0; i != all.size(); ++i) {
            if (all[i].yaml().key_text == key) return i;
        }
        return std::string_view::npos;
    }
    void add(const std::vector<Layered>& more) {
        constexpr std::size_t few = 128;
        all.insert(all.end(), more.begin(), more.end());
        if (all.size() < few) return;
        for (; indexed_ != all.size(); ++indexed_) index_.emplace(all[indexed_].yaml().key_text, indexed_);
    }

    std::vector<Layered> all = {};

private:
    std::unordered_map<std::string_view, std::size_t> index_ = {};
    std::size_t indexed_ = 0;  // of `all`
};

}  // namespace

Layered Layered::member(std::string_view key) const {
    Layered found;
    each([&](const Layered& member) {
        if (!found && member.yaml().key_text == key) found = member;
    });
    return found;
}

Layered Layered::find(std::string_view key) const {
    const Layered found = member(key);
    return found && found.is(Yaml::Type::null) ? Layered{} : found;
}

Layered Layers::lay(const Layered& base, const Layered& over) {
    if (!over) return base;
    if (!base) return over;
    return lay(std::array{base, over});
}

Layered Layers::lay(std::span<const Layered> values) {
    if (values.empty()) return {};
    std::size_t first = 0;  // of those that nothing above replaces
    for (std::size_t i = 1; i != values.size(); ++i) {
        const Layered& base = values[i - 1];
        const Layered& over = values[i];
        const bool merge = base.is(Yaml::Type::mapping) && over.is(Yaml::Type::mapping);
        if (!base.is(Yaml::Type::null) && over.is(Yaml::Type::null))
            taken_back_.emplace(over.source, over.node);
        if (merge) continue;
        // What is replaced has taken back what it has.
        if (i - first > 1) merge_mappings(values.subspan(first, i - first));
        first = i;
    }
    return first + 1 == values.size() ? values.back() : merge_mappings(values.subspan(first));
}

// All at once, so that the members of many layers are not copied once a layer.
Layered Layers::merge_mappings(std::span<const Layered> mappings) {
    struct Later {
        std::size_t at;
        Layered value;
    };
    Members members;
    std::vector<Later> laid;
    for (const Layered& mapping : mappings) {
        std::vector<Layered> added;
        mapping.each([&](const Layered& member) {
            const std::size_t at = members.find(member.yaml().key_text);
            if (at == std::string_view::npos) {
                added.push_back(member);
            } else {
                laid.push_back({.at = at, .value = member});
            }
        });
        members.add(added);
    }
    if (mappings.size() > 2) std::ranges::stable_sort(laid, {}, &Later::at);
    std::vector<Layered> values;
    for (auto one = laid.begin(); one != laid.end();) {
        Layered& member = members.all[one->at];
        values.assign({member});
        for (const std::size_t at = one->at; one != laid.end() && one->at == at; ++one)
            values.push_back(one->value);
        member = lay(values);
    }
    const Layered& top = mappings.back();
    return {
        .source = top.source, .node = top.node, .members = &members_.emplace_back(std::move(members.all))};
}

}  // namespace dectprov
