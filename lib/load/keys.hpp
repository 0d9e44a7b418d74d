// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/catalog.hpp"
#include "catalog/models.hpp"
#include "doc/yaml.hpp"

namespace dectprov {

// What the value of a key is in YAML.
enum class Shape : std::uint8_t { text, list, mapping };

// A part of a starter file, as servers of these models have it.
struct Sample {
    ModelSet models;
    std::string_view text;  // whole lines; `@MODEL@` and the like are filled in
};

// What JSON Schemas need to know beside the keys themselves.
struct SchemaFacts {
    const Catalog& catalog;
    std::span<const std::string_view> rule_ids = {};
    bool with_references = false;  // a text with a reference may stand in place of a word
};

// A key of a YAML file of ours: what messages, JSON Schemas, starters and documentation say of it. What reads
// its value stands beside it in a KeyRow. Members without an initialiser must be written in every row.
struct Key {
    std::string_view name;
    Shape shape;
    std::string_view otherwise = {};  // told of a value of another shape; by the shape where empty
    bool everywhere = false;          // where `defaults` may hold it for every server, or a layer may
    bool lifted = false;              // `import --lift` puts it into a layer where all servers have it alike
    bool own_names = false;           // a mapping whose keys are the admin's own names
    std::string_view description;     // of the JSON Schema and the documentation
    nlohmann::ordered_json (*schema)(const SchemaFacts&);  // of the value
    std::span<const Sample> samples = {};                  // in the starter, in the order of the keys
};

template <class Read>
struct KeyRow {
    Key key;
    Read read;
};

// The row of a key; null where there is none.
template <class Row>
const Row* find_key(std::span<const Row> rows, std::string_view name) {
    const auto found = std::ranges::find(rows, name, [](const Row& row) { return row.key.name; });
    return found == rows.end() ? nullptr : &*found;
}

template <class Row>
std::vector<std::string_view> key_names(std::span<const Row> rows) {
    std::vector<std::string_view> names(rows.size());
    std::ranges::transform(rows, names.begin(), [](const Row& row) { return row.key.name; });
    return names;
}

template <class Row>
std::vector<Key> keys_of(std::span<const Row> rows) {
    std::vector<Key> keys;
    for (const Row& row : rows) keys.push_back(row.key);
    return keys;
}

// Whether a value has the shape; one that is not there fits each.
bool fits(Shape shape, Yaml::Type type);
// "'licenses' is a list": told of a value of another shape.
std::string shape_message(const Key& key);

}  // namespace dectprov
