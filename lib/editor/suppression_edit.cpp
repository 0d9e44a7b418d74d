// SPDX-License-Identifier: MIT
#include "editor/suppression_edit.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "catalog/characters.hpp"
#include "diag/suppress.hpp"
#include "doc/raw_text.hpp"

namespace dectprov {
namespace {

// What the user is to write over.
constexpr std::string_view reason = "say why";
constexpr std::string_view next_line = "dectprov-disable-next-line";
constexpr std::string_view same_line = "dectprov-disable-line";
constexpr std::string_view xml_begin = "<!--";
constexpr std::string_view xml_end = "-->";
constexpr std::string_view ends_word = " \t\r\n:,";

bool is_directive(std::string_view text, std::string_view word) {
    return text.starts_with(word) && (text.size() == word.size() || is_one_of(ends_word, text[word.size()]));
}

bool lists_rule(std::string_view list, std::string_view rule) {
    while (!list.empty()) {
        const std::size_t end = std::min(list.find_first_of(ends_word), list.size());
        if (list.substr(0, end) == rule) return true;
        list.remove_prefix(std::min(end + 1, list.size()));
    }
    return false;
}

// One rule more in the directive that begins at `begin`. Its reason stays, and that of the new rule is asked
// for behind it.
std::optional<SuppressionEdit> with_rule(std::string_view directive, std::size_t begin,
                                         std::string_view rule) {
    directive = trimmed_end(directive);
    const std::string_view list =
        trimmed_end(directive.substr(0, std::min(directive.find(':'), directive.size())));
    if (lists_rule(list, rule)) return std::nullopt;
    const bool is_first = list.find_first_of(ends_word) == std::string_view::npos;
    const std::string_view before = reason_of(directive);
    std::string why(before.empty() ? reason : before);
    if (why.find(reason) == std::string::npos) why += fmt::format("; {}", reason);
    return SuppressionEdit{.begin = begin + list.size(),
                           .end = begin + directive.size(),
                           .with = fmt::format("{} {}: {}", is_first ? "" : ",", rule, why)};
}

}  // namespace

SuppressionPlaces::SuppressionPlaces(const Document& document)
    : text_(document.text), path_(document.path), kind_(kind_of(document)) {}

std::optional<SuppressionEdit> SuppressionPlaces::edit(std::size_t line, std::string_view rule) {
    switch (kind_) {
        case TextKind::xml:
            return in_xml(line, rule);
        case TextKind::description:
            return in_description(line, rule);
        case TextKind::config_file:
        case TextKind::group_list:
        case TextKind::table:
        case TextKind::none:
            return std::nullopt;
    }
    return std::nullopt;
}

std::optional<SuppressionEdit> SuppressionPlaces::in_xml(std::size_t line, std::string_view rule) {
    if (line == 0) return std::nullopt;
    const std::string_view all = text_.text();
    if (!xml_) xml_ = outline_xml(all);
    // It reaches the line below it alone, so that a second one above it would reach the first.
    for (auto one = xml_->comments.rbegin(); one != xml_->comments.rend(); ++one) {
        std::string_view comment = all.substr(one->begin, one->end - one->begin);
        if (!comment.ends_with(xml_end) || text_.line_of(one->end - 1) + 1 != line) continue;
        comment.remove_suffix(xml_end.size());
        comment.remove_prefix(
            std::min(comment.find_first_not_of(white_space, xml_begin.size()), comment.size()));
        const std::size_t begin = one->end - xml_end.size() - comment.size();
        if (is_directive(comment, next_line)) return with_rule(comment, begin, rule);
    }
    // A comment may stand where markup begins, and nowhere within a value.
    const std::string_view on = text_.line(line);
    const std::size_t first = std::min(on.find_first_not_of(white_space), on.size());
    if (!on.substr(first).starts_with('<')) return std::nullopt;
    const std::size_t at = text_.line_start(line);
    const std::string_view line_end = all.substr(0, at).ends_with("\r\n") ? "\r\n" : "\n";
    return SuppressionEdit{.begin = at,
                           .end = at,
                           .with = fmt::format("{}<!-- {} {}: {} -->{}", on.substr(0, first), next_line, rule,
                                               reason, line_end)};
}

std::optional<SuppressionEdit> SuppressionPlaces::in_description(std::size_t line, std::string_view rule) {
    if (!yaml_) yaml_.emplace(path_, text_);
    // Of what cannot be read nobody knows where its texts end.
    if (yaml_->document.yaml.empty()) return std::nullopt;
    for (const YamlComment& comment : yaml_->document.comments) {
        if (text_.line_of(comment.span.begin) != line || !is_directive(comment.text, same_line)) continue;
        return with_rule(comment.text, comment.span.begin, rule);
    }
    const std::string_view on = text_.line(line);
    const std::size_t end = text_.line_start(line) + on.size();
    if (on.empty() || on.find('#') != std::string_view::npos || is_in_scalar(end)) return std::nullopt;
    return SuppressionEdit{
        .begin = end, .end = end, .with = fmt::format("  # {} {}: {}", same_line, rule, reason)};
}

// Whether what is written at a line's end would be a part of a text.
bool SuppressionPlaces::is_in_scalar(std::size_t offset) const {
    const YamlDocument& document = yaml_->document;
    const auto holds = [&](const Span& span) { return span.begin <= offset && offset < span.end; };
    for (const Yaml::Node& node : document.yaml.nodes) {
        if (holds(node.key)) return true;
        if (node.type != Yaml::Type::scalar) continue;
        if (holds(node.span)) return true;
        // The last line of a block ends with its text, and so does what a tag stands before.
        const char before = node.span.begin == 0 ? '\0' : text_.text()[node.span.begin - 1];
        if (node.quoted && before != '"' && before != '\'' && node.span.begin <= offset &&
            offset <= node.span.end)
            return true;
    }
    // What was left out, such as the value of a repeated key, is none of the nodes.
    return std::ranges::any_of(document.problems, [&](const YamlProblem& problem) {
        return problem.kind == YamlProblem::Kind::key &&
               text_.line_of(problem.span.begin) == text_.line_of(offset);
    });
}

}  // namespace dectprov
