// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "catalog/catalog.hpp"
#include "catalog/explanation.hpp"
#include "catalog/export.hpp"
#include "catalog/models.hpp"
#include "catalog/param.hpp"
#include "catalog/types.hpp"
#include "catalog/value_type.hpp"

namespace dectprov {
namespace {

using Json = nlohmann::ordered_json;

// What a scalar may be when an editor has read it by YAML's own rules.
Json scalar() { return Json::array({"string", "number", "boolean", "null"}); }

// A value of this form with blanks around it, or nothing, or one that holds a ${…} reference.
std::string lenient(std::string_view form) { return fmt::format(R"(^\s*({})?\s*$|\$\{{)", form); }

std::string documentation(const Catalog& catalog, EntryId id) {
    const Entry& entry = catalog[id];
    std::string text = entry.param == nullptr ? std::string(entry.name) : std::string(entry.param->summary);
    text += '.';
    if (!catalog.is_section(id)) text += fmt::format(" Takes {}.", describe(catalog.type(id)));
    if (entry.models != all_models) text += fmt::format(" Models {}.", to_text(entry.models));
    if (entry.param == nullptr) return text;
    if (entry.param->has_preset)
        text += fmt::format(" Default: {}.", entry.param->preset.empty() ? "empty" : entry.param->preset);
    if (!entry.param->note.empty()) text += fmt::format(" Note: {}.", entry.param->note);
    return text;
}

// The words come first, for completion; the pattern behind them lets blanks and references pass.
Json choice(const ValueType& type) {
    Json words = Json::array();
    if (type.kind == Kind::boolean) {
        words = {true, false};
    } else {
        for (const std::string_view word : type.choices) words.push_back(word);
    }
    const Json others{{"type", {"string", "null"}}, {"pattern", lenient(pattern(type))}};
    return {{"anyOf", Json::array({Json{{"enum", words}}, others})}};
}

Json value(const ValueType& type) {
    if (type.kind == Kind::choice || type.kind == Kind::boolean) return choice(type);
    Json schema;
    if (type.kind == Kind::integer) {
        schema["type"] = Json::array({"integer", "string", "null"});
        if (type.lowest != std::numeric_limits<std::int64_t>::min()) schema["minimum"] = type.lowest;
        if (type.highest != std::numeric_limits<std::int64_t>::max()) schema["maximum"] = type.highest;
    } else {
        schema["type"] = scalar();
    }
    if (const std::string form = pattern(type); !form.empty()) schema["pattern"] = lenient(form);
    return schema;
}

// Builds the schema of a part of the catalogue. Depth is that of the catalogue, so recursion ends.
Json entry_schema(const Catalog& catalog, EntryId id);

Json properties(const Catalog& catalog, EntryId id) {
    Json all = Json::object();
    for (const EntryId child : catalog.children(id)) {
        if (!catalog.is_wildcard(child)) all[std::string(catalog[child].name)] = entry_schema(catalog, child);
    }
    return all;
}

Json section(const Catalog& catalog, EntryId id) {
    Json schema{{"type", Json::array({"object", "null"})}, {"properties", properties(catalog, id)}};
    // What the guide lists completely is closed; elsewhere newer firmware may have more, as `lint` says.
    if (catalog.has(id, Trait::closed)) schema["additionalProperties"] = false;
    return schema;
}

Json entry_schema(const Catalog& catalog, EntryId id) {
    Json schema = catalog.is_section(id) ? section(catalog, id) : value(catalog.type(id));
    Json described{{"description", documentation(catalog, id)}};
    described.update(schema);
    return described;
}

Json tree(const Catalog& catalog, std::string_view path, std::string_view description) {
    Json schema{{"description", description}};
    schema.update(section(catalog, catalog.find(path)));
    return schema;
}

Json text(std::string_view description) { return {{"description", description}, {"type", scalar()}}; }

Json model_key() {
    Json tokens = Json::array();
    for (const ModelRow& row : models) {
        tokens.push_back(row.token);
        // Unquoted, 6500 is a number to an editor.
        if (row.token.find_first_not_of("0123456789") == std::string_view::npos)
            tokens.push_back(std::stoi(std::string(row.token)));
    }
    return {{"description",
             "Which server it is: 200, 400, 6500, vso (Virtual IP-DECT Server One), 2500 or 8000."},
            {"enum", tokens}};
}

Json users(const Catalog& catalog) {
    const EntryId user = catalog.find("users.user");
    Json fields = properties(catalog, user);
    fields["from"] = text("A CSV file, relative to this one, whose header row names the fields.");
    Json row{{"type", "object"}, {"properties", fields}, {"additionalProperties", false}};
    return {{"description",
             "The users of the server, as rows and CSV files (`from:`) in any mix. Without the key no users "
             "file is "
             "rendered."},
            {"type", Json::array({"array", "null"})},
            {"items", row}};
}

Json handset_groups(const Catalog& catalog) {
    const Json version{
        {"description",
         "The version of the group's file, a number, or `auto`: one that is made of the settings, "
         "so that it is another whenever they change."},
        {"anyOf",
         Json::array({Json{{"enum", Json::array({"auto"})}}, Json{{"type", "integer"}, {"minimum", 0}},
                      Json{{"type", "string"}, {"pattern", lenient("auto|[0-9]+")}}})}};
    const Json group{{"type", "object"},
                     {"properties",
                      {{"version", version},
                       {"settings", tree(catalog, "cota.data", "The handset settings of the group.")}}},
                     {"additionalProperties", false}};
    return {{"description", fmt::format("Handset configuration by group number ({}-{}).", types::group.lowest,
                                        types::group.highest)},
            {"type", Json::array({"object", "null"})},
            {"patternProperties", {{"^[0-9]+$", group}}},
            {"additionalProperties", false}};
}

Json firmware_files(const Catalog& catalog) {
    const Json file{{"type", "object"},
                    {"properties", {{"version", text("The text of the .ver file, as `PCS20Ba 90198`.")}}},
                    {"additionalProperties", false}};
    Json names = Json::object();
    const EntryId firmware = catalog.find("config.provisioning.firmware");
    const Json known = properties(catalog, firmware);
    for (const auto& [name, ignored] : known.items()) names[name] = file;
    return {{"description",
             "Writes NAME.ver beside the file names that settings.provisioning.firmware gives; the keys are "
             "the same."},
            {"type", Json::array({"object", "null"})},
            {"properties", names},
            {"additionalProperties", file}};
}

Json licenses() {
    return {{"description", "The licences that the server has."},
            {"type", Json::array({"array", "null"})},
            {"items", {{"enum", {"enhanced_provisioning", "multi_cell", "cucm", "handset_sharing"}}}}};
}

Json import_key() {
    return {{"description",
             "overwrite: settings that the file does not mention go back to their defaults, as the server "
             "does by "
             "itself. merge: they stay. 2500 and 8000 can overwrite alone."},
            {"enum", {"overwrite", "merge"}}};
}

Json settings(const Catalog& catalog) {
    return tree(
        catalog, "config",
        "The server configuration: the tree of the <config> element. An empty mapping is an empty "
        "configuration, which puts every setting back to its default; without the key none is written.");
}

Json reference(std::string_view definition) {
    return {{"$ref", fmt::format("#/definitions/{}", definition)}};
}

// What a server has and `defaults` may lay under every one.
Json shared_keys() {
    Json keys = Json::object();
    for (const char* key : {"model", "firmware_version", "licenses", "redundant", "import", "settings",
                            "users", "handset_groups", "firmware_files"})
        keys[key] = reference(key);
    return keys;
}

Json definitions(const Catalog& catalog) {
    return {{"model", model_key()},
            {"firmware_version", text("The release that the server runs, as PCS20Ba.")},
            {"licenses", licenses()},
            {"redundant", {{"description", "Whether the server is a redundant pair."}, {"type", "boolean"}}},
            {"import", import_key()},
            {"settings", settings(catalog)},
            {"users", users(catalog)},
            {"handset_groups", handset_groups(catalog)},
            {"firmware_files", firmware_files(catalog)}};
}

Json server() {
    Json keys{{"name", text("Named in messages alone.")},
              {"mac", text("The MAC address in any usual notation; of every model but vso.")},
              {"uuid", text("The UUID of a Virtual IP-DECT Server One.")},
              {"replaces", text("The MAC address or UUID of the server that this one takes over from.")}};
    keys.update(shared_keys());
    return {{"type", "object"}, {"properties", keys}, {"additionalProperties", false}};
}

}  // namespace

std::string site_schema(const Catalog& catalog) {
    const Json defaults{{"description", "Laid under every server of this file and of those that extend it."},
                        {"type", Json::array({"object", "null"})},
                        {"properties", shared_keys()},
                        {"additionalProperties", false}};
    const Json extends{{"description", "Files that lie under this one, later over earlier."},
                       {"type", Json::array({"array", "null"})},
                       {"items", {{"type", "string"}}}};
    const Json servers{
        {"description", "The servers of the site. A file without them is a layer, to be extended."},
        {"type", Json::array({"array", "null"})},
        {"items", server()}};
    const Json schema{
        {"$schema", "http://json-schema.org/draft-07/schema#"},
        {"title", "dectprov site description"},
        {"description",
         "One site: servers, their settings, users and handset groups, from which the provisioning files are "
         "rendered."},
        {"type", "object"},
        {"required", Json::array({"dectprov"})},
        {"properties",
         {{"dectprov", {{"description", "The version of this format."}, {"enum", {1, "1"}}}},
          {"site", text("The name of the site, in messages and in --layout site.")},
          {"extends", extends},
          {"defaults", defaults},
          {"servers", servers}}},
        {"additionalProperties", false},
        {"definitions", definitions(catalog)}};
    return schema.dump(2) + "\n";
}

}  // namespace dectprov
