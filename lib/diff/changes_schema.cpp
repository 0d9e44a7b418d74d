// SPDX-License-Identifier: MIT
#include <string>

#include <nlohmann/json.hpp>

#include "diag/report_schema.hpp"
#include "diff/diff_format.hpp"

namespace dectprov {

std::string changes_schema() {
    using Json = nlohmann::ordered_json;
    const Json report = Json::parse(report_schema());
    const Json text{{"type", "string"}};
    const Json count{{"type", "integer"}, {"minimum", 0}};
    const Json kind{{"enum", {"added", "removed", "changed"}}};
    const Json name{{"type", "string"},
                    {"description", "the name of the server, if its description has one"}};
    const Json replaced{{"type", "string"}, {"description", "the server that it replaces"}};
    Json change{
        {"type", "object"},
        {"required", {"server", "file", "kind", "path", "effects"}},
        {"properties",
         {{"server", {{"type", "string"}, {"description", "the MAC address or UUID, as in file names"}}},
          {"name", name},
          {"replaces", replaced},
          {"file", {{"type", "string"}, {"description", "empty for the server itself"}}},
          {"kind", kind},
          {"path",
           {{"type", "string"}, {"description", "a user has its name: user[9997]; empty for a file"}}},
          {"old", {{"type", "string"}, {"description", "<secret> for a secret, a number for licence keys"}}},
          {"new", text},
          {"fields",
           {{"type", "object"},
            {"description", "the content of a user, a group or a file that was added or removed"},
            {"additionalProperties", text}}},
          {"effects", {{"type", "array"}, {"items", text}, {"description", "worst first"}}}}}};
    Json server{{"type", "object"},
                {"required", {"server", "kind", "forecast"}},
                {"properties",
                 {{"server", text},
                  {"name", name},
                  {"replaces", replaced},
                  {"kind", kind},
                  {"forecast", {{"type", "string"}, {"description", "all effects in one line"}}},
                  {"notice", {{"type", "string"}, {"description", "when the server checks for it"}}}}}};
    Json schema{{"$schema", "http://json-schema.org/draft-07/schema#"},
                {"title", "dectprov changes"},
                {"type", "object"},
                {"required", {"version", "summary", "changes", "diagnostics"}},
                {"properties",
                 {{"version", {{"const", 1}}},
                  {"summary",
                   {{"type", "object"},
                    {"required", {"servers", "added", "removed", "changed"}},
                    {"properties",
                     {{"servers", count},
                      {"added", count},
                      {"removed", count},
                      {"changed", count},
                      {"differing", count},
                      {"not_compared", count}}}}},
                  {"changes", {{"type", "array"}, {"items", change}}},
                  {"servers", {{"type", "array"}, {"items", server}}},
                  {"diagnostics", report["properties"]["diagnostics"]}}}};
    if (report.contains("definitions")) schema["definitions"] = report["definitions"];
    constexpr int indent = 2;
    return schema.dump(indent) + "\n";
}

}  // namespace dectprov
