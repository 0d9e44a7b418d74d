// SPDX-License-Identifier: MIT
#include "editor/diagnostics.hpp"

#include <map>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "catalog/characters.hpp"

namespace dectprov {
namespace {

// `DiagnosticSeverity`.
int number_of(Severity severity) {
    switch (severity) {
        case Severity::error:
            return 1;
        case Severity::warning:
            return 2;
        case Severity::note:
        case Severity::off:
            return 3;
    }
    return 3;
}

Json related_of(const View& view, const Finding& finding, const LineText& own) {
    Json all = Json::array();
    std::map<std::string, std::optional<LineText>, std::less<>> texts;
    for (const RelatedPlace& place : finding.related) {
        const LineText* text = &own;
        if (place.file != finding.file) {
            auto found = texts.find(place.file);
            if (found == texts.end())
                found = texts.emplace(place.file, view.workspace.text_of(place.file)).first;
            if (!found->second) continue;
            text = &*found->second;
        }
        all.push_back({{"location",
                        view.location(place.file, *text, text->offset(place.begin), text->offset(place.end))},
                       {"message", shortened(view, place.message)}});
    }
    return all;
}

}  // namespace

std::string shortened(const View& view, std::string text) {
    for (const std::string& folder : view.workspace.folders()) {
        if (folder != "/") text = without_folder(std::move(text), folder);
    }
    return text;
}

std::string without_folder(std::string text, std::string_view folder) {
    const std::string prefix = fmt::format("{}/", folder);
    for (std::size_t at = text.find(prefix); at != std::string::npos; at = text.find(prefix, at)) {
        const char before = at == 0 ? ' ' : text[at - 1];
        // Within a longer path it is another folder.
        if (is_alphanumeric(before) || is_one_of("/._-", before)) {
            ++at;
        } else {
            text.erase(at, prefix.size());
        }
    }
    return text;
}

FindingBytes bytes_of(const Finding& finding, const LineText& text) {
    return {.begin = text.offset(finding.begin), .end = text.offset(finding.end)};
}

Json diagnostic_of(const View& view, const Finding& finding, const LineText& text) {
    const FindingBytes bytes = bytes_of(finding, text);
    std::string message = shortened(view, finding.message);
    if (!finding.help.empty()) message += "\nhelp: " + shortened(view, finding.help);
    Json diagnostic{{"range", view.json(text, bytes.begin, bytes.end)},
                    {"severity", number_of(finding.severity)},
                    {"code", finding.rule->id},
                    {"source", "dectprov"},
                    {"message", std::move(message)}};
    if (Json related = related_of(view, finding, text); !related.empty())
        diagnostic["relatedInformation"] = std::move(related);
    return diagnostic;
}

Json diagnostics_of(const View& view, const std::string& path, const LineText& text,
                    std::span<const Finding> findings) {
    Json all = Json::array();
    for (const Finding& finding : findings) all.push_back(diagnostic_of(view, finding, text));
    for (const Complaint& one : view.workspace.complaints()) {
        if (one.file != path) continue;
        const std::size_t begin = text.offset(one.place);
        const std::size_t line = text.line_of(begin);
        all.push_back({{"range", view.json(text, begin, text.line_start(line) + text.line(line).size())},
                       {"severity", number_of(Severity::error)},
                       {"source", "dectprov"},
                       {"message", shortened(view, one.message)}});
    }
    return all;
}

}  // namespace dectprov
