// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "diag/finding.hpp"
#include "diag/format.hpp"

// The findings that every printer is run over: what is usual, and what has broken other printers.
namespace odd {

using std::string_view_literals::operator""sv;

using dectprov::Finding;
using dectprov::Position;
using dectprov::Results;
using dectprov::Rule;
using dectprov::Severity;

inline constexpr Rule value_type = {
    .id = "value/type",
    .severity = Severity::error,
    .summary = "a value is not of its type",
    .why = "The server takes <disabled> for `false`, and the user can call.",
    .origin = "guide ch. 2, line 10-12",
    .example = dectprov::Example::users,
    .bad = "<users><user><disabled>\u00abyes\u00bb</disabled></user></users>\n",
    .good = "<users><user><disabled>true</disabled></user></users>\n",
};
inline constexpr Rule value_space = {
    .id = "value/space",
    .severity = Severity::warning,
    .summary = "white space around a value",
    .why = "It may count.",
    .origin = "",
    .example = dectprov::Example::none,
};
inline constexpr Rule fleet_note = {
    .id = "fleet/duplicate-ipei",
    .severity = Severity::note,
    .summary = "one handset on two servers",
    .why = "It is allowed while the handset is moved.",
    .origin = "",
    .example = dectprov::Example::none,
};
// A fleet's own: no row of the catalogue, and no reason given.
inline constexpr Rule policy = {
    .id = "policy/https-only",
    .severity = Severity::error,
    .summary = "https-only",
    .why = "",
    .origin = "",
    .example = dectprov::Example::none,
};

inline Finding finding(const Rule& rule, std::string file, std::uint32_t line, std::uint32_t column,
                       std::string message) {
    return {.rule = &rule,
            .severity = rule.severity,
            .file = std::move(file),
            .begin = {.line = line, .column = column},
            .end = {.line = line, .column = column + 3},
            .path = "user[2].disabled",
            .identity = "user[ipei=000770000001].disabled",
            .server = "0013d1800032",
            .message = std::move(message),
            .help = {},
            .related = {},
            .quote = {}};
}

inline Results results(std::vector<Finding> findings) {
    Results results = {.findings = std::move(findings), .summary = {.files = 5, .servers = 2}};
    sort(results.findings);
    for (const Finding& each : results.findings) {
        if (each.severity == Severity::error) ++results.summary.errors;
        if (each.severity == Severity::warning) ++results.summary.warnings;
        if (each.severity == Severity::note) ++results.summary.notes;
    }
    return results;
}

inline Results all() {
    std::vector<Finding> list;
    for (const char* const file :
         {"0013d1800032-users.xml", "a, b%c/d:e.xml", "c:first.xml", "\"quoted\" 'file' <&>.xml",
          "Sk\u00f8deb\u00e6k \u60a3\u8005.xml", "back`tick|pipe*_.xml", "/absolute/path.xml", "../up.xml",
          "-", "", "new\nline\x1b[31m.xml", "bad\xff\xc3.xml"}) {
        list.push_back(finding(value_type, file, 7, 15, "'yes' is no boolean; write true or false"));
    }
    Finding rich = finding(value_type, "rich.xml", 70000, 3, "'maybe' is no boolean");
    rich.help = "write `true` or <false> & be done";
    rich.related = {{.file = "other file.xml",
                     .begin = {.line = 3, .column = 15},
                     .end = {.line = 3, .column = 20},
                     .message = "first here"}};
    rich.quote = {.text = "\u60a3\u8005 <disabled>maybe</disabled>", .caret_begin = 13, .caret_end = 18};
    list.push_back(rich);
    Finding whole = finding(value_space, "whole.xml", 1, 1, "nobody fetches this file");
    whole.end = whole.begin;
    whole.path.clear();
    whole.identity.clear();
    whole.server.clear();
    whole.quote = {.text = "<users>"};
    list.push_back(whole);
    list.push_back(finding(value_space, "messages.xml", 1, 2, "two\nlines\r\nand a\ttab"));
    list.push_back(finding(value_space, "messages.xml", 2, 2,
                           std::string("nul \0, escape \x1b[2J, del \x7f, c1 \u009b"sv)));
    list.push_back(finding(value_space, "messages.xml", 3, 2, "turned \u202egnirts\u202c, mark \ufeff"));
    list.push_back(
        finding(value_space, "messages.xml", 4, 2, "bytes \xff\xfe\xc0\xaf \xed\xa0\x80 \xf0\x9f"));
    list.push_back(
        finding(value_space, "messages.xml", 5, 2, "]]> --> </script> <b> \"&amp;\" {{x}} ::error::"));
    list.push_back(finding(value_space, "messages.xml", 6, 2, std::string(5000, 'x')));
    list.push_back(finding(value_space, "messages.xml", 7, 2, "\U0001f600 100% [RULE]"));
    list.push_back(finding(fleet_note, "note.xml", 2, 2, "the handset is also on another server"));
    list.push_back(finding(policy, "policy.xml", 2, 2, "the URL is http://example.com/"));
    Finding many = finding(value_type, "related.xml", 2, 2, "the same everywhere");
    for (std::uint32_t line = 1; line <= 250; ++line)
        many.related.push_back(
            {.file = "r.xml", .begin = {line, 1}, .end = {line, 2}, .message = "here too"});
    list.push_back(many);
    Finding long_line = finding(value_type, "minified.xml", 1, 500'001, "'no' is no boolean");
    long_line.quote = {.text = std::string(500'000, 'a') + "no" + std::string(500'000, 'b'),
                       .caret_begin = 500'000,
                       .caret_end = 500'002};
    list.push_back(long_line);
    return results(list);
}

inline Results of_size(std::uint32_t count) {
    std::vector<Finding> list;
    list.reserve(count);
    for (std::uint32_t i = 0; i < count; ++i) {
        const Rule& rule = i % 3 == 0 ? value_type : i % 3 == 1 ? value_space : fleet_note;
        list.push_back(finding(rule, "site" + std::to_string(i % 97) + "/0013d1800032-users.xml", i + 2, 17,
                               "'yes' is no boolean; write true or false"));
        list.back().path = "user[" + std::to_string(i) + "].disabled";
        list.back().identity = "user[ipei=" + std::to_string(i / 2) + "].disabled";
        list.back().server = "0013d18000" + std::to_string(10 + i % 89);
        list.back().help = "did you mean true?";
        list.back().quote = {.text = "    <user><disabled>yes</disabled><username>9997</username></user>",
                             .caret_begin = 20,
                             .caret_end = 23};
    }
    return results(list);
}

}  // namespace odd
