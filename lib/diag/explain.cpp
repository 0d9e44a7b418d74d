// SPDX-License-Identifier: MIT
#include "diag/explain.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

#include "catalog/explanation.hpp"
#include "diag/rule.hpp"

namespace dectprov {
namespace {

constexpr std::string_view open_mark = "«";
constexpr std::string_view close_mark = "»";

bool starts_character(char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }

// What the example is, so that the reader knows which file to think of.
std::string_view kind_of(Example example) {
    switch (example) {
        case Example::none:
            return {};
        case Example::config:
            return "in a server configuration";
        case Example::users:
            return "in a users file";
        case Example::handset:
            return "in a handset group";
        case Example::list:
            return "in a handset list";
        case Example::site:
            return "in a site description";
        case Example::exchange:
            return "in an answer of the provisioning server";
    }
    return {};
}

}  // namespace

std::string without_marks(std::string_view example) {
    std::string plain;
    while (!example.empty()) {
        if (example.starts_with(open_mark)) {
            example.remove_prefix(open_mark.size());
        } else if (example.starts_with(close_mark)) {
            example.remove_prefix(close_mark.size());
        } else {
            plain += example.front();
            example.remove_prefix(1);
        }
    }
    return plain;
}

std::string with_carets(std::string_view example) {
    std::string all;
    std::string line;
    std::string carets;
    bool marked = false;
    const auto finish = [&] {
        carets.erase(std::min(carets.find_last_not_of(' ') + 1, carets.size()));
        all += line + '\n';
        if (!carets.empty()) all += carets + '\n';
        line.clear();
        carets.clear();
    };
    while (!example.empty()) {
        if (example.starts_with(open_mark)) {
            example.remove_prefix(open_mark.size());
            marked = true;
            // An empty span is shown by the character behind it.
            if (example.starts_with(close_mark)) {
                example.remove_prefix(close_mark.size());
                marked = false;
                carets += '^';
                if (!example.empty() && example.front() != '\n') {
                    line += example.front();
                    example.remove_prefix(1);
                }
            }
            continue;
        }
        if (example.starts_with(close_mark)) {
            example.remove_prefix(close_mark.size());
            marked = false;
            continue;
        }
        const char c = example.front();
        example.remove_prefix(1);
        if (c == '\n') {
            finish();
            continue;
        }
        line += c;
        if (starts_character(c)) carets += marked ? '^' : ' ';
    }
    if (!line.empty()) finish();
    return all;
}

Explanation explain(const Rule& rule) {
    Explanation explanation{.title = std::string(rule.id), .summary = std::string(rule.summary), .parts = {}};
    explanation.parts.push_back({.heading = "severity", .text = std::string(to_text(rule.severity))});
    if (!rule.model.empty())
        explanation.parts.push_back({.heading = "model of the example", .text = std::string(rule.model)});
    explanation.parts.push_back({.heading = "origin", .text = std::string(rule.origin)});
    explanation.parts.push_back(
        {.heading = "why", .text = std::string(rule.why), .form = Explanation::Form::text});
    if (rule.example != Example::none) {
        explanation.parts.push_back({.heading = fmt::format("found {}", kind_of(rule.example)),
                                     .text = with_carets(rule.bad),
                                     .form = Explanation::Form::code});
        explanation.parts.push_back(
            {.heading = "fixed", .text = without_marks(rule.good), .form = Explanation::Form::code});
    }
    return explanation;
}

}  // namespace dectprov
