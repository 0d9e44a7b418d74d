// SPDX-License-Identifier: MIT
#include "catalog/json_schema.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>
#include <string>

#include "catalog/explanation.hpp"
#include "catalog/export.hpp"
#include "catalog/models.hpp"
#include "catalog/param.hpp"
#include "catalog/value_forms.hpp"
#include "catalog/value_kinds.hpp"
#include "catalog/value_type.hpp"

namespace dectprov {
namespace {

// What a scalar may be when an editor has read it by YAML's own rules.
Json scalar_types() { return Json::array({"string", "number", "boolean", "null"}); }

// A value of this form with blanks around it, or nothing, or one that holds a ${…} reference.
std::string lenient(std::string_view form) { return fmt::format(R"(^\s*({})?\s*$|\$\{{)", form); }

std::string documentation(const Catalog& catalog, EntryId id) {
    const Entry& entry = catalog[id];
    std::string text = entry.param == nullptr ? std::string(entry.name) : std::string(entry.param->summary);
    text += '.';
    if (!catalog.is_section(id)) text += fmt::format(" Takes {}.", describe(catalog.type(id)));
    if (entry.models != all_models) text += fmt::format(" Models {}.", to_text(entry.models));
    if (entry.param == nullptr) return text;
    if (entry.param->has_default)
        text += fmt::format(" Default: {}.",
                            entry.param->default_value.empty() ? "empty" : entry.param->default_value);
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

Json value_schema(const ValueType& type) {
    if (type.kind == Kind::choice || type.kind == Kind::boolean) return choice(type);
    Json schema;
    if (type.kind == Kind::integer) {
        schema["type"] = Json::array({"integer", "string", "null"});
        if (type.lowest != std::numeric_limits<std::int64_t>::min()) schema["minimum"] = type.lowest;
        if (type.highest != std::numeric_limits<std::int64_t>::max()) schema["maximum"] = type.highest;
    } else {
        schema["type"] = scalar_types();
        // A list stands for its items with commas between.
        if (row(type.kind).is_list) schema["type"].push_back("array");
    }
    if (const std::string form = pattern(type); !form.empty()) schema["pattern"] = lenient(form);
    return schema;
}

// Depth is that of the catalogue, so recursion ends.
Json entry_schema(const Catalog& catalog, EntryId id) {
    return described(documentation(catalog, id),
                     catalog.is_section(id) ? section_schema(catalog, id) : value_schema(catalog.type(id)));
}

}  // namespace

Json scalar_schema() { return {{"type", scalar_types()}}; }

Json required_scalar_schema() { return {{"type", {"string", "number", "boolean"}}}; }

Json boolean_schema() { return {{"enum", {true, false, "true", "false", nullptr}}}; }

Json words_schema(std::span<const std::string_view> words) {
    Json all = Json::array();
    for (const std::string_view word : words) {
        all.push_back(word);
        // Unquoted, 6500 is a number to an editor.
        if (all_digits(word)) all.push_back(std::stoi(std::string(word)));
    }
    return {{"enum", all}};
}

Json optional_words_schema(std::span<const std::string_view> words) {
    Json schema = words_schema(words);
    schema["enum"].push_back(nullptr);
    return schema;
}

Json model_schema() { return words_schema(model_tokens()); }

Json list_schema(const Json& items) { return {{"type", {"array", "null"}}, {"items", items}}; }

Json mapping_schema(const Json& properties) {
    return {{"type", {"object", "null"}}, {"properties", properties}, {"additionalProperties", false}};
}

Json open_mapping_schema(const Json& values) {
    return {{"type", {"object", "null"}}, {"additionalProperties", values}};
}

Json element_properties(const Catalog& catalog, EntryId id) {
    Json all = Json::object();
    for (const EntryId child : catalog.children(id)) {
        if (!catalog.is_wildcard(child)) all[std::string(catalog[child].name)] = entry_schema(catalog, child);
    }
    return all;
}

// What is not in the catalogue is a warning, as newer firmware may have more; so every section is open. An
// empty text is an empty element.
Json section_schema(const Catalog& catalog, EntryId id) {
    return {{"type", {"object", "null", "string"}},
            {"pattern", lenient("")},
            {"properties", element_properties(catalog, id)}};
}

Json described(std::string_view description, const Json& schema) {
    Json all{{"description", description}};
    all.update(schema);
    return all;
}

}  // namespace dectprov
