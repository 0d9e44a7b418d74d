// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/catalog.hpp"
#include "editor/protocol.hpp"
#include "load/config_file.hpp"

namespace dectprov {

// What a text is, by its name and what it begins with.
enum class TextKind : std::uint8_t { none, xml, group_list, description, config_file, table };
TextKind kind_of(const Document& document);

// What stands at a place of a text, or is being typed there.
struct Spot {
    enum class Part : std::uint8_t { none, name, value, comment };

    TextKind kind = TextKind::none;
    Part part = Part::none;
    const Catalog* catalog = nullptr;
    std::size_t begin = 0;  // of the name or the value, in bytes
    std::size_t end = 0;
    // The parameter or section that is named, or whose value it is; none where the catalogue has none.
    EntryId entry = EntryId::none;
    // Where a name is: what may stand there is a child of it.
    EntryId section = EntryId::none;
    // Of YAML: the keys down to here, without items; a key's own is the last. Of a column: the key of a
    // description that it stands for.
    std::vector<std::string> path;
    bool is_root = false;       // of XML: the name is that of the root
    bool behind_colon = false;  // of YAML: a value begins with a blank
};
Spot spot_at(const View& view, const Document& document, std::size_t offset);

// What the JSON Schema of descriptions, or of configuration files, says of a path of keys; null where it
// says nothing. `schema` is the whole.
const Json& schema_at(const Json& schema, const std::vector<std::string>& path);
// What another schema of it stands for: a definition, or what the items of a list are.
const Json& resolved_schema(const Json& whole, const Json& schema);
// The definition that a schema refers to; itself where it refers to none.
const Json& referred_schema(const Json& whole, const Json& schema);
// That schema of a text, for the catalogue that applies to it.
Json schema_of(TextKind kind, const Catalog& catalog);

}  // namespace dectprov
