// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "load/keys.hpp"
#include "load/site_layers.hpp"

namespace dectprov {

struct Site;

// The keys of a site description, a table a level. A new key is a row in site_keys.cpp and the function that
// the row names; messages, the JSON Schema, the starter, what `import` writes and lifts, and the
// documentation follow the rows.
std::vector<Key> description_keys();
std::vector<Key> server_keys();
std::vector<Key> group_keys();
std::vector<Key> firmware_file_keys();
std::vector<Key> table_keys();

// A level of a description, and its keys.
struct KeyLevel {
    std::string_view of;  // "a server"
    std::vector<Key> (*keys)();
};
std::span<const KeyLevel> key_levels();

// The reading of one description, when all its layers are there.
struct SiteReading {
    SiteContext& context;
    SiteLayers& layers;
    const SiteSource& source;
    Laid base;
    Site& site;
};

// A key at the top of a description.
struct DescriptionRow {
    Key key;
    // Looks at the value in every source; null where there is nothing to see.
    void (*check)(SiteContext&, const SiteSource&, std::uint32_t) = nullptr;
    // Reads the value of the description itself; null where the layers do.
    void (*read)(SiteReading&, std::uint32_t) = nullptr;
    bool required = false;  // it is nothing without a value, which `check` says
    bool laid = false;      // it is laid over what the layers below say, and takes that back without a value
    std::string_view misplaced = {};  // told of the key in a layer, where that may not have it
    std::string_view instead = {};    // its help
};
std::span<const DescriptionRow> description_rows();

// The readers and checks of those rows.
void check_version(SiteContext& context, const SiteSource& source, std::uint32_t value);
void check_top_vars(SiteContext& context, const SiteSource& source, std::uint32_t value);
void check_defaults(SiteContext& context, const SiteSource& source, std::uint32_t value);
void read_site_name(SiteReading& reading, std::uint32_t value);
void read_servers(SiteReading& reading, std::uint32_t value);

}  // namespace dectprov
