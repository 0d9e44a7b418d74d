// SPDX-License-Identifier: MIT
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string_view>

#include "catalog/catalog.hpp"

namespace dectprov {

// The parts that JSON Schemas (draft-07) of YAML files are made of. A schema must never contradict `lint`:
// where lint warns or is silent, it accepts. Editors read YAML 1.2 core, where an unquoted 0123 is a number,
// so text fields take numbers and booleans too; patterns bind strings alone, and every pattern lets ${…}
// pass. A key without a value is read as one that is not there, so that values may be null.
using Json = nlohmann::ordered_json;

Json scalar_schema();                                                 // any text
Json required_scalar_schema();                                        // any text, which is there
Json boolean_schema();                                                // true or false
Json words_schema(std::span<const std::string_view> words);           // one of these texts
Json optional_words_schema(std::span<const std::string_view> words);  // the same, or nothing
Json model_schema();                           // a model, as text or as the number an editor takes it for
Json list_schema(const Json& items);           // a list, or nothing
Json mapping_schema(const Json& properties);   // a mapping with these keys alone, or nothing
Json open_mapping_schema(const Json& values);  // a mapping with any keys, or nothing

// The elements below `id`: as keys of a mapping, and as a mapping.
Json element_properties(const Catalog& catalog, EntryId id);
Json section_schema(const Catalog& catalog, EntryId id);

// The same with a description in front.
Json described(std::string_view description, const Json& schema);

}  // namespace dectprov
