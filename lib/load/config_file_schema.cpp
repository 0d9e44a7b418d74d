// SPDX-License-Identifier: MIT
#include <array>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "load/config_keys.hpp"
#include "load/schemas.hpp"

namespace dectprov {
namespace {

Json severities(std::span<const std::string_view> words) {
    Json schema = words_schema(words);
    // `off` is false to a reader of YAML 1.1.
    if (words.back() == "off") schema["enum"].push_back(false);
    return schema;
}

constexpr std::array<std::string_view, 4> severity_words{"error", "warning", "note", "off"};

}  // namespace

Json severity_schema(const SchemaFacts& /*facts*/) { return severities(severity_words); }

Json optional_severity_schema(const SchemaFacts& facts) {
    Json schema = severity_schema(facts);
    schema["enum"].push_back(nullptr);
    return schema;
}

Json threshold_schema(const SchemaFacts& /*facts*/) {
    return optional_words_schema(std::span(severity_words).first(3));
}

Json rules_schema(const SchemaFacts& facts) {
    Json properties = Json::object();
    for (const std::string_view id : facts.rule_ids) properties[std::string(id)] = severity_schema(facts);
    Json schema = mapping_schema(properties);
    schema["patternProperties"] = {{"^policy/", severity_schema(facts)}};
    return schema;
}

Json known_servers_schema(const SchemaFacts& facts) {
    return open_mapping_schema(mapping_schema(properties_schema(config_server_keys(), facts)));
}

Json path_sections_schema(const SchemaFacts& facts) {
    return open_mapping_schema(mapping_schema(properties_schema(config_path_keys(), facts)));
}

Json policies_schema(const SchemaFacts& facts) {
    Json policy = mapping_schema(properties_schema(policy_keys(), facts));
    policy["type"] = "object";
    policy["required"] = Json::array({"path"});
    return open_mapping_schema(policy);
}

Json range_schema(const SchemaFacts& /*facts*/) {
    const Json number{{"type", {"integer", "string"}}, {"pattern", "^-?[0-9]+$"}};
    return {{"type", {"array", "null"}}, {"items", number}, {"minItems", 2}, {"maxItems", 2}};
}

Json model_list_schema(const SchemaFacts& /*facts*/) { return list_schema(model_schema()); }

std::string config_file_schema(std::span<const std::string_view> rule_ids) {
    const SchemaFacts facts{.catalog = Catalog::builtin(), .rule_ids = rule_ids};
    Json schema = mapping_schema(properties_schema(config_keys(), facts));
    const Json head{{"$schema", "http://json-schema.org/draft-07/schema#"},
                    {"title", ".dectprov.yaml"},
                    {"description", "How dectprov checks the files in this folder and below."}};
    Json whole = head;
    whole.update(schema);
    return whole.dump(2) + "\n";
}

}  // namespace dectprov
