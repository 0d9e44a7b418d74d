// SPDX-License-Identifier: MIT
#pragma once

#include <libxml/parser.h>
#include <libxml/xmlschemas.h>

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "diag/escape.hpp"
#include "json_schema.hpp"
#include "source/encoding.hpp"
#include "workbench.hpp"

// Whether what the printers print is what its readers take: the schemas of this repository, and those of
// SARIF and JUnit where they stand beside it (../shared/standards).
namespace valid_report {

using json_schema::Json;

// ---- bytes and places

// No byte that steers a terminal, but for line ends.
inline bool is_harmless(std::string_view text) {
    return std::ranges::none_of(text, [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return (byte < 0x20 && c != '\n') || byte == 0x7f;
    });
}

// The lines of a file in code points, as a report counts them.
inline std::vector<std::size_t> line_lengths(const std::string& bytes) {
    const std::string text = dectprov::decode_text(bytes).text;
    std::vector<std::size_t> lengths{0};
    for (std::size_t at = 0; at < text.size();) {
        if (text[at] == '\n' || text[at] == '\r') {
            at += text[at] == '\r' && at + 1 < text.size() && text[at + 1] == '\n' ? 2 : 1;
            lengths.push_back(0);
            continue;
        }
        at += dectprov::code_point(text, at).length;
        ++lengths.back();
    }
    return lengths;
}

// Behind the last character of a line, and of the file, is a place too.
inline bool is_inside(const std::vector<std::size_t>& lengths, std::size_t line, std::size_t column) {
    return line >= 1 && line <= lengths.size() && column >= 1 && column <= lengths[line - 1] + 1;
}

// A finding of a JSON report that lies outside its file, which stands at its name from the current folder;
// empty where there is none.
inline std::string misplaced(const Json& report) {
    std::string last;
    std::vector<std::size_t> lengths;
    constexpr std::string_view replacement = "\xEF\xBF\xBD";
    const auto lies_well = [&](const Json& place, const char* line, const char* column) {
        const std::string file = place.at("file");
        // JSON cannot carry a name that is not UTF-8.
        if (file.find(replacement) != std::string::npos) return true;
        if (file != last) {
            last = file;
            lengths = std::filesystem::is_regular_file(file) ? line_lengths(workbench::read(file))
                                                             : std::vector<std::size_t>{0};
        }
        return is_inside(lengths, place.at(line), place.at(column));
    };
    for (const Json& one : report.at("diagnostics")) {
        const std::pair begin(one.at("line").get<int>(), one.at("column").get<int>());
        const std::pair end(one.at("end_line").get<int>(), one.at("end_column").get<int>());
        if (end < begin || !lies_well(one, "line", "column") || !lies_well(one, "end_line", "end_column"))
            return one.dump();
        for (const Json& related : one.value("related", Json::array())) {
            if (!lies_well(related, "line", "column")) return one.dump();
        }
    }
    return {};
}

// ---- schemas

// A schema of XML, which libxml2 checks.
class XmlSchema {
public:
    explicit XmlSchema(const std::filesystem::path& path) {
        const std::unique_ptr<xmlSchemaParserCtxt, decltype(&xmlSchemaFreeParserCtxt)> parser(
            xmlSchemaNewParserCtxt(path.c_str()), &xmlSchemaFreeParserCtxt);
        schema_.reset(xmlSchemaParse(parser.get()));
        if (!schema_) throw std::runtime_error("not a schema: " + path.string());
    }

    [[nodiscard]] std::string problem(const std::string& text) const {
        const std::unique_ptr<xmlDoc, decltype(&xmlFreeDoc)> document(
            xmlReadMemory(text.data(), static_cast<int>(text.size()), "report.xml", nullptr,
                          XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_HUGE),
            &xmlFreeDoc);
        if (!document) return "it is not well-formed";
        const std::unique_ptr<xmlSchemaValidCtxt, decltype(&xmlSchemaFreeValidCtxt)> validator(
            xmlSchemaNewValidCtxt(schema_.get()), &xmlSchemaFreeValidCtxt);
        std::string first;
        xmlSchemaSetValidStructuredErrors(
            validator.get(),
            [](void* data, auto* error) {
                auto& message = *static_cast<std::string*>(data);
                if (message.empty()) message = error->message;
            },
            &first);
        const bool fits = xmlSchemaValidateDoc(validator.get(), document.get()) == 0;
        return fits || !first.empty() ? first : "it does not fit its schema";
    }

private:
    std::unique_ptr<xmlSchema, decltype(&xmlSchemaFree)> schema_{nullptr, &xmlSchemaFree};
};

// https://docs.gitlab.com/ci/testing/code_quality: there is no schema, but a list of what has to be there.
inline std::string problem_of_code_quality(const Json& report) {
    static const std::set<std::string> severities{"info", "minor", "major", "critical", "blocker"};
    std::set<std::string> fingerprints;
    if (!report.is_array()) return "it is not an array";
    for (const Json& one : report) {
        const auto text = [&](const char* field) { return one.value(field, std::string()); };
        const Json::json_pointer path("/location/path");
        const Json::json_pointer line("/location/lines/begin");
        const bool good = !text("description").empty() && !text("check_name").empty() &&
                          severities.contains(text("severity")) &&
                          fingerprints.insert(text("fingerprint")).second && one.contains(path) &&
                          !one.at(path).get<std::string>().starts_with("./") && one.contains(line) &&
                          one.at(line).get<int>() >= 1;
        if (!good) return one.dump();
    }
    return {};
}

class Schemas {
public:
    // The kinds whose schemas are there: "json", "changes" (`diff --format json`), "gitlab", "sarif",
    // "junit".
    [[nodiscard]] bool knows(std::string_view kind) const {
        return kind == "sarif" ? sarif_.has_value() : kind == "junit" ? junit_.has_value() : true;
    }

    // What is wrong with a report; empty where it is valid, or its schema is not there.
    [[nodiscard]] std::string problem(std::string_view kind, const std::string& text) const {
        if (!knows(kind)) return {};
        if (kind == "junit") return junit_->problem(text);
        const Json report = Json::parse(text, nullptr, false);
        if (report.is_discarded()) return "it is not JSON";
        if (kind == "gitlab") return problem_of_code_quality(report);
        const Json& schema = kind == "sarif" ? *sarif_ : kind == "json" ? report_ : changes_;
        const std::vector<std::string> all = json_schema::Validator(schema).problems(report);
        return all.empty() ? std::string() : all.front();
    }

private:
    static Json read_schema(const std::filesystem::path& path) { return Json::parse(workbench::read(path)); }
    template <class Schema, class Make>
    static std::optional<Schema> if_there(std::string_view name, Make make) {
        const std::filesystem::path path =
            std::filesystem::path(DECTPROV_ROOT) / "../shared/standards" / name;
        return std::filesystem::exists(path) ? std::optional<Schema>(make(path)) : std::nullopt;
    }

    Json report_ = read_schema(DECTPROV_ROOT "/schemas/report.schema.json");
    Json changes_ = read_schema(DECTPROV_ROOT "/schemas/changes.schema.json");
    std::optional<Json> sarif_ = if_there<Json>("sarif-schema-2.1.0.json", read_schema);
    std::optional<XmlSchema> junit_ = if_there<XmlSchema>(
        "junit-10.xsd", [](const std::filesystem::path& path) { return XmlSchema(path); });
};

}  // namespace valid_report
