// SPDX-License-Identifier: MIT
#include "catalog/explanation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "catalog/catalog.hpp"
#include "catalog/config.hpp"
#include "catalog/models.hpp"
#include "catalog/param.hpp"
#include "catalog/value_type.hpp"

namespace dectprov {
namespace {

std::string_view file_of(std::string_view root) {
    if (root == "config") return "MAC-config.xml";
    if (root == "users") return "MAC-users.xml";
    return "MAC-handset_config_group_N.xml";
}

std::string_view restart_text(Restart restart) {
    switch (restart) {
        case Restart::unknown:
            return "not stated";
        case Restart::no:
            return "no";
        case Restart::yes:
            return "yes";
    }
    return {};
}

std::string children_of(const Catalog& catalog, EntryId id) {
    std::string list;
    for (const EntryId child : catalog.children(id))
        list += fmt::format("{}{}", list.empty() ? "" : ", ", catalog[child].name);
    return list;
}

std::string models_of(const Entry& entry) {
    if (entry.param == nullptr || entry.param->stated.empty()) return to_text(entry.models);
    return fmt::format("{}; {}: not stated", to_text(entry.param->stated),
                       to_text(entry.models - entry.param->stated));
}

std::string default_of(const Param& param) {
    if (!param.has_default) return "not stated";
    return param.default_value.empty() ? "empty" : std::string(param.default_value);
}

std::string what_it_is(const Catalog& catalog, EntryId id) {
    if (catalog.is_section(id))
        return catalog.has(id, Trait::repeatable) ? "a section that may occur any number of times"
                                                  : "a section";
    std::string text = describe(catalog.type(id));
    if (catalog.has(id, Trait::secret)) text += "; a secret, never printed";
    return text;
}

void add_row_facts(const Catalog& catalog, EntryId id, const Param& param, Explanation& explanation) {
    const auto line = [&](std::string heading, std::string text) {
        if (!text.empty())
            explanation.parts.push_back({.heading = std::move(heading), .text = std::move(text)});
    };
    if (!catalog.is_section(id)) {
        line("default", default_of(param));
        line("restarts", std::string(restart_text(param.restart)));
    }
    line("example", std::string(param.example));
    line("note", std::string(param.note));
    line("origin", std::string(param.origin));
}

// The end of the longest prefix of `text` that fits; at least one word.
std::size_t line_end(std::string_view text, std::size_t width) {
    if (text.size() <= width) return text.size();
    const std::size_t blank = text.rfind(' ', width);
    if (blank != std::string_view::npos && blank != 0) return blank;
    return std::min(text.find(' '), text.size());
}

std::string fenced(std::string_view text) {
    return fmt::format("```\n{}{}```\n", text, text.ends_with('\n') ? "" : "\n");
}

// Names in angle brackets, underscores and stars would be taken for markup.
std::string escaped_markdown(std::string_view text) {
    std::string safe;
    for (const char c : text) {
        if (c == '<' || c == '>' || c == '*' || c == '_' || c == '|' || c == '`' || c == '\\') safe += '\\';
        safe += c;
    }
    return safe;
}

std::string indented(std::string_view text, std::string_view indent) {
    std::string all;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        if (end != 0) all += indent;
        all += text.substr(0, end);
        all += '\n';
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return all;
}

}  // namespace

std::string short_path(const Catalog& catalog, EntryId id) {
    std::string path = catalog.path(id);
    const std::size_t dot = path.find('.');
    return dot == std::string::npos ? path : path.substr(dot + 1);
}

Explanation explain(const Catalog& catalog, EntryId id) {
    const Entry& entry = catalog[id];
    Explanation explanation{.title = short_path(catalog, id), .summary = {}, .parts = {}};
    if (entry.param != nullptr) explanation.summary = entry.param->summary;
    const auto line = [&](std::string heading, std::string text) {
        explanation.parts.push_back({.heading = std::move(heading), .text = std::move(text)});
    };
    const std::string_view root = catalog[catalog.root(id)].name;
    line("file", fmt::format("{}, below <{}>", file_of(root), root));
    line("value", what_it_is(catalog, id));
    line("models", models_of(entry));
    if (catalog.is_section(id)) line("holds", children_of(catalog, id));
    if (entry.param != nullptr) add_row_facts(catalog, id, *entry.param, explanation);
    return explanation;
}

Explanation explain_merge_type() {
    Explanation explanation{
        .title = std::string(merge_type_name), .summary = std::string(merge_type.summary), .parts = {}};
    const auto line = [&](std::string heading, std::string text) {
        explanation.parts.push_back({.heading = std::move(heading), .text = std::move(text)});
    };
    line("file", "MAC-config.xml, an attribute of <config>");
    line("value", describe(merge_type.type));
    line("models", to_text(merge_type.models));
    line("default", "absent: overwrite");
    line("example", fmt::format("<config {}=\"{}\">", merge_type_name, merge_type.example));
    line("note", std::string(merge_type.note));
    line("origin", std::string(merge_type.origin));
    return explanation;
}

std::string wrapped(std::string_view text, std::size_t width, std::string_view indent) {
    const std::size_t room = std::max<std::size_t>(width, indent.size() + 20) - indent.size();
    std::string lines;
    while (!text.empty()) {
        const std::size_t end = line_end(text, room);
        lines += fmt::format("{}{}\n", indent, text.substr(0, end));
        text.remove_prefix(end);
        while (text.starts_with(' ')) text.remove_prefix(1);
    }
    return lines;
}

std::string to_text(const Explanation& explanation, std::size_t width) {
    std::string page = explanation.title + "\n" + wrapped(explanation.summary, width, "  ");
    std::size_t column = 0;
    for (const Explanation::Part& part : explanation.parts) {
        if (part.form == Explanation::Form::line) column = std::max(column, part.heading.size() + 2);
    }
    bool in_lines = false;
    for (const Explanation::Part& part : explanation.parts) {
        const bool is_line = part.form == Explanation::Form::line;
        if (!is_line || !in_lines) page += '\n';
        in_lines = is_line;
        switch (part.form) {
            case Explanation::Form::line: {
                const std::string lines = wrapped(part.text, width, std::string(column + 2, ' '));
                page += fmt::format("  {:<{}}{}", part.heading, column,
                                    std::string_view(lines).substr(std::min(lines.size(), column + 2)));
                break;
            }
            case Explanation::Form::text:
                page += fmt::format("{}\n{}", part.heading, wrapped(part.text, width, "  "));
                break;
            case Explanation::Form::code:
                page += fmt::format("{}\n{}", part.heading, indented(part.text, "    "));
                break;
        }
    }
    return page;
}

std::string to_markdown(const Explanation& explanation, int level) {
    std::string page =
        fmt::format("{} `{}`\n", std::string(static_cast<std::size_t>(level), '#'), explanation.title);
    if (!explanation.summary.empty()) page += fmt::format("\n{}.\n", escaped_markdown(explanation.summary));
    bool in_lines = false;
    for (const Explanation::Part& part : explanation.parts) {
        const bool is_line = part.form == Explanation::Form::line;
        if (!is_line || !in_lines) page += '\n';
        in_lines = is_line;
        switch (part.form) {
            case Explanation::Form::line:
                page += fmt::format("- {}: {}\n", part.heading, escaped_markdown(part.text));
                break;
            case Explanation::Form::text:
                page += fmt::format("**{}.** {}\n", part.heading, escaped_markdown(part.text));
                break;
            case Explanation::Form::code:
                page += fmt::format("{}:\n\n{}", part.heading, fenced(part.text));
                break;
        }
    }
    return page;
}

}  // namespace dectprov
