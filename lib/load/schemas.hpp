// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "catalog/json_schema.hpp"
#include "load/keys.hpp"

namespace dectprov {

// JSON Schema of a site description. `with_references`: a text with a reference may stand in place of a word,
// as it may for `lint`; what completes the words asks without.
std::string site_schema(const Catalog& catalog, bool with_references = false);
// JSON Schema of .dectprov.yaml.
std::string config_file_schema(std::span<const std::string_view> rule_ids);

// A value of the keys of such a file by its row, with the description in front.
Json key_schema(const Key& key, const SchemaFacts& facts);
// The keys of a mapping.
Json properties_schema(std::span<const Key> keys, const SchemaFacts& facts);

// What rows name: of values that both files have,
Json text_schema(const SchemaFacts& facts);
Json required_text_schema(const SchemaFacts& facts);
Json truth_schema(const SchemaFacts& facts);
Json models_schema(const SchemaFacts& facts);
Json licences_schema(const SchemaFacts& facts);
Json texts_schema(const SchemaFacts& facts);
// of a site description alone, where a text may have references,
Json site_model_schema(const SchemaFacts& facts);
Json site_licences_schema(const SchemaFacts& facts);
Json site_truth_schema(const SchemaFacts& facts);
Json site_version_schema(const SchemaFacts& facts);
Json defaults_schema(const SchemaFacts& facts);
Json servers_schema(const SchemaFacts& facts);
Json import_schema(const SchemaFacts& facts);
Json settings_schema(const SchemaFacts& facts);
Json vars_schema(const SchemaFacts& facts);
Json encoding_schema(const SchemaFacts& facts);
Json given_schema(const SchemaFacts& facts);
Json users_schema(const SchemaFacts& facts);
Json groups_schema(const SchemaFacts& facts);
Json group_version_schema(const SchemaFacts& facts);
Json handset_settings_schema(const SchemaFacts& facts);
Json firmware_files_schema(const SchemaFacts& facts);
// and of .dectprov.yaml.
Json known_servers_schema(const SchemaFacts& facts);
Json path_sections_schema(const SchemaFacts& facts);
Json rules_schema(const SchemaFacts& facts);
Json severity_schema(const SchemaFacts& facts);
Json optional_severity_schema(const SchemaFacts& facts);
Json threshold_schema(const SchemaFacts& facts);
Json policies_schema(const SchemaFacts& facts);
Json range_schema(const SchemaFacts& facts);
Json model_list_schema(const SchemaFacts& facts);

}  // namespace dectprov
