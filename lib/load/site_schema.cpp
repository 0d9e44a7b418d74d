// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <array>
#include <nlohmann/json.hpp>

#include "catalog/entries.hpp"
#include "catalog/licences.hpp"
#include "catalog/types.hpp"
#include "load/schemas.hpp"
#include "load/site_keys.hpp"
#include "load/site_server.hpp"
#include "load/site_tables.hpp"

namespace dectprov {
namespace {

// Elements of a file, of which there is a mapping or nothing.
Json section_of(const SchemaFacts& facts, EntryId id) {
    Json schema = section_schema(facts.catalog, id);
    schema["type"] = {"object", "null"};
    schema.erase("pattern");
    return schema;
}

Json reference(std::string_view definition) {
    return {{"$ref", fmt::format("#/definitions/{}", definition)}};
}

// A text with a reference in it may come to any of the values.
Json or_reference(const SchemaFacts& facts, Json values) {
    if (!facts.with_references) return values;
    return {{"anyOf", Json::array({values, Json{{"type", "string"}, {"pattern", R"(\$\{)"}}})}};
}

// What a server has and `defaults` may lay under every one is said once.
Json shared_keys() {
    Json all = Json::object();
    for (const Key& key : server_keys()) {
        if (key.everywhere) all[std::string(key.name)] = reference(key.name);
    }
    return all;
}

Json definitions(const SchemaFacts& facts) {
    Json all = Json::object();
    for (const Key& key : server_keys()) {
        if (key.everywhere) all[std::string(key.name)] = key_schema(key, facts);
    }
    return all;
}

}  // namespace

Json key_schema(const Key& key, const SchemaFacts& facts) {
    return described(key.description, key.schema(facts));
}

Json properties_schema(std::span<const Key> keys, const SchemaFacts& facts) {
    Json all = Json::object();
    for (const Key& key : keys) all[std::string(key.name)] = key_schema(key, facts);
    return all;
}

Json text_schema(const SchemaFacts& /*facts*/) { return scalar_schema(); }
Json required_text_schema(const SchemaFacts& /*facts*/) { return required_scalar_schema(); }
Json truth_schema(const SchemaFacts& /*facts*/) { return boolean_schema(); }
Json models_schema(const SchemaFacts& /*facts*/) { return optional_words_schema(model_tokens()); }
Json licences_schema(const SchemaFacts& /*facts*/) { return list_schema(words_schema(licence_names)); }
Json texts_schema(const SchemaFacts& /*facts*/) { return list_schema(scalar_schema()); }

Json site_version_schema(const SchemaFacts& /*facts*/) { return {{"enum", {1, "1"}}}; }

Json defaults_schema(const SchemaFacts& /*facts*/) { return mapping_schema(shared_keys()); }

Json servers_schema(const SchemaFacts& facts) {
    Json keys = Json::object();
    for (const Key& key : server_keys()) {
        if (!key.everywhere) keys[std::string(key.name)] = key_schema(key, facts);
    }
    keys.update(shared_keys());
    Json server = mapping_schema(keys);
    // An item that names a table of servers has none of them, and keys of its own.
    for (const Key& key : table_keys()) server["properties"][std::string(key.name)] = key_schema(key, facts);
    server["type"] = "object";
    return list_schema(server);
}

Json site_model_schema(const SchemaFacts& facts) { return or_reference(facts, models_schema(facts)); }
Json site_licences_schema(const SchemaFacts& facts) {
    return list_schema(or_reference(facts, words_schema(licence_names)));
}
Json site_truth_schema(const SchemaFacts& facts) { return or_reference(facts, truth_schema(facts)); }
Json import_schema(const SchemaFacts& facts) {
    return or_reference(facts, optional_words_schema(import_kinds));
}

Json settings_schema(const SchemaFacts& facts) { return section_of(facts, entry("config")); }

Json vars_schema(const SchemaFacts& /*facts*/) {
    return {{"type", {"object", "null"}}, {"additionalProperties", scalar_schema()}};
}

Json encoding_schema(const SchemaFacts& /*facts*/) { return optional_words_schema(table_encodings()); }

Json given_schema(const SchemaFacts& /*facts*/) {
    Json value = scalar_schema();
    return {{"type", {"object", "null"}},
            {"additionalProperties", {{"anyOf", Json::array({value, list_schema(value)})}}}};
}

Json users_schema(const SchemaFacts& facts) {
    Json fields = element_properties(facts.catalog, entry("users.user"));
    fields.update(properties_schema(table_keys(), facts));
    return list_schema({{"type", "object"}, {"properties", fields}});
}

Json groups_schema(const SchemaFacts& facts) {
    Json groups = mapping_schema({});
    groups.erase("properties");
    groups.erase("additionalProperties");
    groups["patternProperties"] = {{"^[0-9]+$", mapping_schema(properties_schema(group_keys(), facts))}};
    groups["additionalProperties"] = false;
    return described(fmt::format("Handset configuration by group number ({}-{}).", types::group.lowest,
                                 types::group.highest),
                     groups);
}

Json group_version_schema(const SchemaFacts& /*facts*/) {
    return {{"anyOf", Json::array({words_schema(std::array<std::string_view, 1>{"auto"}),
                                   Json{{"type", "integer"}, {"minimum", 0}},
                                   Json{{"type", {"string", "null"}},
                                        {"pattern", R"(^\s*(auto|[0-9]+)?\s*$|\$\{)"}}})}};
}

Json handset_settings_schema(const SchemaFacts& facts) { return section_of(facts, entry("cota.data")); }

Json firmware_files_schema(const SchemaFacts& facts) {
    const Json file = mapping_schema(properties_schema(firmware_file_keys(), facts));
    Json names = Json::object();
    const Json known = element_properties(facts.catalog, entry("config.provisioning.firmware"));
    for (const auto& [name, ignored] : known.items()) names[name] = file;
    Json schema = mapping_schema(names);
    schema["additionalProperties"] = file;
    return schema;
}

std::string site_schema(const Catalog& catalog, bool with_references) {
    const SchemaFacts facts{.catalog = catalog, .rule_ids = {}, .with_references = with_references};
    Json schema{{"$schema", "http://json-schema.org/draft-07/schema#"},
                {"title", "dectprov site description"},
                {"description",
                 "One site: servers with their settings, users and handset groups. The provisioning files "
                 "are rendered from it."},
                {"type", "object"},
                {"required", Json::array({"dectprov"})}};
    schema["properties"] = properties_schema(description_keys(), facts);
    schema["additionalProperties"] = false;
    schema["definitions"] = definitions(facts);
    return schema.dump(2) + "\n";
}

}  // namespace dectprov
