// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "doc/yaml.hpp"
#include "source/span.hpp"

namespace dectprov {

struct SiteRow;
class LayerParts;

// A YAML source: the description itself or a layer.
struct SiteSource {
    std::string path;
    FileId file{};
    std::shared_ptr<const Yaml> yaml = std::make_shared<const Yaml>();
    bool sound = false;                 // no `site/yaml` problem
    bool foreign = false;               // a mapping without a key of a description
    bool is_table = false;              // a row of a table, as if it were written out
    bool whole = true;                  // of a table: every name of a column is known
    bool part = false;                  // one that is not may be that of a setting
    const SiteRow* row = nullptr;       // of a table's `set`: the row that is read
    const LayerParts* parts = nullptr;  // what it lays under servers, where that pays
};

// A value with the layers under it: a node of a source as it stands, or a mapping that several sources have
// made, whose members are kept by the Layers. Most of a layer is laid under every server as it stands, so
// nothing is made for it.
struct Layered {
    const SiteSource* source = nullptr;  // null: no value at all
    std::uint32_t node = 0;
    const std::vector<Layered>* members = nullptr;  // null: those of the node

    explicit operator bool() const { return source != nullptr; }
    [[nodiscard]] const Yaml::Node& yaml() const { return (*source->yaml)[node]; }
    [[nodiscard]] bool is(Yaml::Type type) const { return yaml().type == type; }
    // No value where there is none, or a key without a value.
    [[nodiscard]] Layered find(std::string_view key) const;
    // The same, but a key without a value is one.
    [[nodiscard]] Layered member(std::string_view key) const;

    // Calls `visit` for every member of a mapping; there are none of another value.
    template <class Visit>
    void each(Visit&& visit) const {
        if (members != nullptr) {
            for (const Layered& member : *members) visit(member);
        } else if (source != nullptr && is(Yaml::Type::mapping)) {
            const std::uint32_t end = yaml().after;
            for (std::uint32_t child = node + 1; child < end; child = (*source->yaml)[child].after)
                visit(Layered{.source = source, .node = child});
        }
    }
};

// The members of values that were made of several.
class Layers {
public:
    Layers() = default;
    // For one server: what was laid before, in `below`, must outlive this.
    explicit Layers(const Layers& below) : below_(&below) {}
    Layers(Layers&&) = delete;
    Layers& operator=(const Layers&) = delete;
    Layers& operator=(Layers&&) = delete;
    ~Layers() = default;

    // `over` laid over `base`: mappings merge, a key without a value takes back what stands below it, all
    // else replaces.
    Layered lay(const Layered& base, const Layered& over);
    // The same of any number, each over those before it; none of them is no value.
    Layered lay(std::span<const Layered> values);
    // Whether a key without a value has taken something back.
    [[nodiscard]] bool took_back(const Layered& key) const {
        return taken_back_.contains({key.source, key.node}) || (below_ != nullptr && below_->took_back(key));
    }

private:
    Layered merge_mappings(std::span<const Layered> mappings);

    const Layers* below_ = nullptr;
    std::deque<std::vector<Layered>> members_;
    std::set<std::pair<const SiteSource*, std::uint32_t>> taken_back_;
};

}  // namespace dectprov
