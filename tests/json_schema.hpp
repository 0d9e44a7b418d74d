// SPDX-License-Identifier: MIT
#pragma once

#include <re2/re2.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

// As much of JSON Schema draft-07 as dectprov's own schemas and that of SARIF use, and YAML as an editor
// reads it: by the core schema of YAML 1.2. A keyword that is not known here stops the test, so that nothing
// passes unread.
namespace json_schema {

using Json = nlohmann::ordered_json;

// ---- YAML 1.2 core

inline Json core_scalar(const YAML::Node& node) {
    const std::string text = node.Scalar();
    if (node.Tag() != "?") return text;  // quoted
    static const re2::RE2 null("~|null|Null|NULL|");
    static const re2::RE2 boolean("true|True|TRUE|false|False|FALSE");
    static const re2::RE2 integer("[-+]?[0-9]+");
    static const re2::RE2 other_base("0o[0-7]+|0x[0-9a-fA-F]+");
    static const re2::RE2 real("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
    if (re2::RE2::FullMatch(text, null)) return nullptr;
    if (re2::RE2::FullMatch(text, boolean)) return text[0] == 't' || text[0] == 'T';
    if (re2::RE2::FullMatch(text, integer)) return std::stoll(text);
    if (re2::RE2::FullMatch(text, other_base))
        return std::stoll(text.substr(2), nullptr, text[1] == 'x' ? 16 : 8);
    if (re2::RE2::FullMatch(text, real)) return std::stod(text);
    return text;
}

inline Json from_yaml(const YAML::Node& node) {
    if (node.IsNull()) return nullptr;
    if (node.IsScalar()) return core_scalar(node);
    if (node.IsSequence()) {
        Json all = Json::array();
        for (const auto& item : node) all.push_back(from_yaml(item));
        return all;
    }
    Json all = Json::object();
    for (const auto& pair : node) all[pair.first.Scalar()] = from_yaml(pair.second);
    return all;
}

// ---- the schema

inline bool has_type(const Json& value, const std::string& type) {
    if (type == "object") return value.is_object();
    if (type == "array") return value.is_array();
    if (type == "string") return value.is_string();
    if (type == "boolean") return value.is_boolean();
    if (type == "null") return value.is_null();
    if (type == "number") return value.is_number();
    if (type == "integer") {
        return value.is_number_integer() ||
               (value.is_number() && value.get<double>() == static_cast<double>(value.get<long long>()));
    }
    throw std::logic_error("type " + type);
}

class Validator {
public:
    explicit Validator(const Json& schema) : root_(schema) {}

    // What is wrong, as "PLACE: KEYWORD"; empty where the value fits.
    std::vector<std::string> problems(const Json& value) {
        problems_.clear();
        check(root_, value, "");
        return problems_;
    }

private:
    void complain(const std::string& place, const std::string& what) {
        problems_.push_back(place + ": " + what);
    }

    const Json& resolve(const Json& schema) const {
        if (!schema.contains("$ref")) return schema;
        const std::string target = schema["$ref"];
        return root_.at(nlohmann::ordered_json::json_pointer(target.substr(1)));
    }

    bool fits(const Json& schema, const Json& value) const {
        Validator other(root_);
        other.check(schema, value, "");
        return other.problems_.empty();
    }

    void check(const Json& given, const Json& value, const std::string& place) {
        const Json& schema = resolve(given);
        if (schema.is_boolean()) {
            if (!schema.get<bool>()) complain(place, "nothing may stand here");
            return;
        }
        for (const auto& [keyword, operand] : schema.items())
            keyword_holds(keyword, operand, schema, value, place);
    }

    void keyword_holds(const std::string& keyword, const Json& operand, const Json& schema, const Json& value,
                       const std::string& place) {
        // `format` is an annotation.
        if (keyword == "$schema" || keyword == "$id" || keyword == "id" || keyword == "title" ||
            keyword == "description" || keyword == "definitions" || keyword == "default" ||
            keyword == "examples" || keyword == "format")
            return;
        if (keyword == "type") {
            bool any = false;
            for (const Json& type : operand.is_array() ? operand : Json::array({operand}))
                any = any || has_type(value, type);
            if (!any) complain(place, "type of " + value.dump());
        } else if (keyword == "enum") {
            bool any = false;
            for (const Json& one : operand) any = any || one == value;
            if (!any) complain(place, "enum lacks " + value.dump());
        } else if (keyword == "const") {
            if (operand != value) complain(place, "const");
        } else if (keyword == "pattern") {
            if (value.is_string() &&
                !re2::RE2::PartialMatch(value.get<std::string>(), operand.get<std::string>()))
                complain(place, "pattern " + operand.get<std::string>() + " against " + value.dump());
        } else if (keyword == "minimum") {
            if (value.is_number() && value < operand) complain(place, "minimum");
        } else if (keyword == "maximum") {
            if (value.is_number() && value > operand) complain(place, "maximum");
        } else if (keyword == "minItems") {
            if (value.is_array() && value.size() < operand.get<std::size_t>()) complain(place, "minItems");
        } else if (keyword == "maxItems") {
            if (value.is_array() && value.size() > operand.get<std::size_t>()) complain(place, "maxItems");
        } else if (keyword == "uniqueItems") {
            std::set<std::string> items;
            const auto is_new = [&](const Json& item) { return items.insert(item.dump()).second; };
            if (value.is_array() && !std::ranges::all_of(value, is_new)) complain(place, "uniqueItems");
        } else if (keyword == "anyOf" || keyword == "oneOf") {
            const auto count =
                std::ranges::count_if(operand, [&](const Json& one) { return fits(one, value); });
            if (keyword == "anyOf" ? count == 0 : count != 1)
                complain(place, keyword + " of " + value.dump());
        } else if (keyword == "required") {
            for (const Json& name : operand) {
                if (value.is_object() && !value.contains(name.get<std::string>()))
                    complain(place, "lacks " + name.get<std::string>());
            }
        } else if (keyword == "items") {
            if (!value.is_array()) return;
            for (std::size_t i = 0; i < value.size(); ++i)
                check(operand, value[i], place + "[" + std::to_string(i + 1) + "]");
        } else if (keyword == "properties" || keyword == "patternProperties" ||
                   keyword == "additionalProperties") {
            // Judged together, by whichever of them comes first.
            if (value.is_object() && first_of_properties(schema) == keyword) properties(schema, value, place);
        } else {
            throw std::logic_error("the schema uses " + keyword);
        }
    }

    static std::string first_of_properties(const Json& schema) {
        for (const char* keyword : {"properties", "patternProperties", "additionalProperties"}) {
            if (schema.contains(keyword)) return keyword;
        }
        return {};
    }

    void properties(const Json& schema, const Json& value, const std::string& place) {
        for (const auto& [name, member] : value.items()) {
            const std::string below = place.empty() ? name : place + "." + name;
            bool known = false;
            if (schema.contains("properties") && schema["properties"].contains(name)) {
                known = true;
                check(schema["properties"][name], member, below);
            }
            if (schema.contains("patternProperties")) {
                for (const auto& [pattern, one] : schema["patternProperties"].items()) {
                    if (!re2::RE2::PartialMatch(name, pattern)) continue;
                    known = true;
                    check(one, member, below);
                }
            }
            if (!known && schema.contains("additionalProperties"))
                check(schema["additionalProperties"], member, below);
        }
    }

    const Json& root_;
    std::vector<std::string> problems_;
};

}  // namespace json_schema
