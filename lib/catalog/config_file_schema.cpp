// SPDX-License-Identifier: MIT
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <string_view>

#include "catalog/export.hpp"
#include "catalog/models.hpp"

namespace dectprov {
namespace {

using Json = nlohmann::ordered_json;

Json described(std::string_view description, const Json& schema) {
    Json all{{"description", description}};
    all.update(schema);
    return all;
}

Json map_of(std::string_view description, const Json& values) {
    return described(description, {{"type", {"object", "null"}}, {"additionalProperties", values}});
}

Json list_of(std::string_view description, const Json& items) {
    return described(description, {{"type", {"array", "null"}}, {"items", items}});
}

Json closed(const Json& properties) {
    return {{"type", {"object", "null"}}, {"properties", properties}, {"additionalProperties", false}};
}

// A model as text, or as the number an editor takes it for.
Json model() {
    Json tokens = Json::array();
    for (const ModelRow& row : models) {
        tokens.push_back(row.token);
        if (row.token.find_first_not_of("0123456789") == std::string_view::npos)
            tokens.push_back(std::stoi(std::string(row.token)));
    }
    return {{"enum", tokens}};
}

// `off` is false to a reader of YAML 1.1.
Json severity() { return {{"enum", {"error", "warning", "note", "off", false}}}; }

Json rules(std::span<const std::string_view> rule_ids) {
    Json properties = Json::object();
    for (const std::string_view id : rule_ids) properties[std::string(id)] = severity();
    Json schema = closed(properties);
    schema["patternProperties"] = {{"^policy/", severity()}};
    return described("The severity of a rule: error, warning, note or off.", schema);
}

Json server() {
    return closed(
        {{"model", described("Which server it is.", model())},
         {"firmware_version", described("The release that it runs, as PCS20Ba.", {{"type", "string"}})},
         {"licenses",
          list_of("The licences that it has.",
                  {{"enum", {"enhanced_provisioning", "multi_cell", "cucm", "handset_sharing"}}})},
         {"redundant", described("Whether it is a redundant pair.", {{"type", "boolean"}})}});
}

Json policy() {
    const Json any{{"type", {"string", "number", "boolean"}}};
    Json schema = closed(
        {{"path",
          described("The parameter it is about, as findings name it; `user[].configgroup` is that of every "
                    "user.",
                    {{"type", "string"}})},
         {"matches",
          described("A regular expression that the value must match somewhere.", {{"type", "string"}})},
         {"one_of", list_of("The values it may have.", any)},
         {"range",
          described("The lowest and the highest number it may be.",
                    {{"type", "array"}, {"items", {{"type", "integer"}}}, {"minItems", 2}, {"maxItems", 2}})},
         {"required", described("Whether it must be there.", {{"type", "boolean"}})},
         {"models", list_of("The models it holds for; all where absent.", model())},
         {"in", described("A glob: the files it holds for.", {{"type", "string"}})},
         {"severity", described("warning where absent.", {{"enum", {"error", "warning", "note"}}})},
         {"why", described("Shown with the finding.", {{"type", "string"}})}});
    schema["type"] = "object";
    schema["required"] = Json::array({"path"});
    return schema;
}

}  // namespace

std::string config_file_schema(std::span<const std::string_view> rule_ids) {
    const Json text{{"type", "string"}};
    const Json threshold{{"enum", {"error", "warning", "note"}}};
    Json section = closed({{"model", described("Which server it is.", model())}, {"rules", rules(rule_ids)}});
    const Json schema{
        {"$schema", "http://json-schema.org/draft-07/schema#"},
        {"title", ".dectprov.yaml"},
        {"description", "How dectprov looks at the files of this folder and of those below it."},
        {"type", {"object", "null"}},
        {"properties",
         {{"servers",
           map_of("What is known of a server beside its files, by MAC address or UUID.", server())},
          {"paths", map_of("By glob, relative to this file; the last that matches wins.", section)},
          {"rules", rules(rule_ids)},
          {"ignore", list_of("Globs of files that are not looked at.", text)},
          {"parameters", list_of("Files with further parameters, for newer firmware.", text)},
          {"fail-on", described("Findings at or above it fail the run; error where absent.", threshold)},
          {"min-severity", described("Findings below it are not shown.", threshold)},
          {"require-reason", described("Whether a suppression needs its reason.", {{"type", "boolean"}})},
          {"policies", map_of("The fleet's own rules, reported as policy/NAME.", policy())}}},
        {"additionalProperties", false}};
    return schema.dump(2) + "\n";
}

}  // namespace dectprov
