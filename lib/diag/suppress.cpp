// SPDX-License-Identifier: MIT
#include "diag/suppress.hpp"

#include "catalog/characters.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

namespace dectprov {
namespace {

enum class Action : std::uint8_t { next_line, line, region, end_region };

struct Word {
    std::string_view text;
    Action action;
    SuppressionSyntax syntax;
};

constexpr auto words = std::to_array<Word>({
    {.text = "dectprov-disable-next-line", .action = Action::next_line, .syntax = SuppressionSyntax::xml},
    {.text = "dectprov-disable", .action = Action::region, .syntax = SuppressionSyntax::xml},
    {.text = "dectprov-enable", .action = Action::end_region, .syntax = SuppressionSyntax::xml},
    {.text = "dectprov-disable-line", .action = Action::line, .syntax = SuppressionSyntax::yaml},
});

// A region that nothing ends: past every offset, that of the end of the text included.
constexpr std::uint32_t no_end = std::numeric_limits<std::uint32_t>::max();

bool is_blank(char character) {
    return character == ' ' || character == '\t' || character == '\n' || character == '\r';
}

// A part of the source that knows where it stands.
struct Cut {
    std::string_view text;
    std::uint32_t begin;

    [[nodiscard]] Cut part(std::size_t from, std::size_t count) const {
        return {.text = text.substr(from, count), .begin = begin + static_cast<std::uint32_t>(from)};
    }
    [[nodiscard]] Cut trimmed() const {
        std::size_t from = 0;
        std::size_t to = text.size();
        while (from < to && is_blank(text[from])) ++from;
        while (to > from && is_blank(text[to - 1])) --to;
        return part(from, to - from);
    }
};

// What a mistyped directive may be and nothing else is: a silent one would hide nothing and say nothing.
bool is_meant_for_us(std::string_view word) {
    return word.starts_with("dectprov-dis") || word.starts_with("dectprov-en");
}

std::string words_of(SuppressionSyntax syntax) {
    std::string list;
    for (const Word& word : words) {
        if (word.syntax != syntax) continue;
        if (!list.empty()) list += ", ";
        list += word.text;
    }
    return list;
}

// A word that is meant for us as a message may have it: what else stands in its place may be a password.
std::string shown_word(std::string_view word) {
    constexpr std::string_view ellipsis = "\u2026";
    const auto* const end =
        std::ranges::find_if_not(word, [](char c) { return is_alphanumeric(c) || is_one_of("/_-*.", c); });
    const std::string begin(word.begin(), end);
    return end == word.end() ? begin : begin + std::string(ellipsis);
}

// Of a rule, which has a '/' in its name.
std::string no_rule(std::string_view name) {
    const std::string shown = shown_word(name);
    const bool plain = shown.find('/') != std::string::npos || std::ranges::none_of(shown, is_digit);
    return plain ? fmt::format("there is no rule {}", shown) : "there is no rule of this name";
}

}  // namespace

std::string_view reason_of(std::string_view directive) {
    const std::size_t colon = directive.find(':');
    if (colon == std::string_view::npos) return {};
    return Cut{.text = directive, .begin = 0}.part(colon + 1, std::string_view::npos).trimmed().text;
}

// Where lines begin. All comments may stand on one, which is looked through once.
class Suppressions::Lines {
public:
    explicit Lines(std::string_view source) : source_(source) {}

    // Of the line that holds `offset`, of the one behind that, and of the next; behind every offset where
    // there is none.
    struct Line {
        std::uint32_t begin;
        std::uint32_t next;
        std::uint32_t after_next;
    };
    const Line& of(std::uint32_t offset) {
        if (offset >= line_.begin && offset < line_.next) return line_;
        const std::size_t before =
            offset == 0 ? std::string_view::npos : source_.find_last_of("\r\n", offset - 1);
        line_.begin = before == std::string_view::npos ? 0 : static_cast<std::uint32_t>(before + 1);
        line_.next = behind(offset);
        line_.after_next = line_.next == no_end ? no_end : behind(line_.next);
        return line_;
    }

private:
    [[nodiscard]] std::uint32_t behind(std::uint32_t offset) const {
        const std::size_t end = source_.find_first_of("\r\n", offset);
        if (end == std::string_view::npos) return no_end;
        const bool is_pair = source_.substr(end, 2) == "\r\n";
        return static_cast<std::uint32_t>(end + (is_pair ? 2 : 1));
    }

    std::string_view source_;
    Line line_ = {.begin = 0, .next = 0, .after_next = 0};  // none yet
};

Suppressions::Suppressions(std::string_view source, SuppressionSyntax syntax, std::span<const Span> comments,
                           const RuleNames& names) {
    Lines lines(source);
    for (const Span& comment : comments) read(source, lines, syntax, comment, names);
    open_.clear();
}

void Suppressions::read(std::string_view source, Lines& lines, SuppressionSyntax syntax, Span comment,
                        const RuleNames& names) {
    const Cut all =
        Cut{.text = source.substr(comment.begin, comment.end - comment.begin), .begin = comment.begin}
            .trimmed();
    const auto span_of = [&](const Cut& cut) {
        return Span{.file = comment.file,
                    .begin = cut.begin,
                    .end = cut.begin + static_cast<std::uint32_t>(cut.text.size())};
    };
    const std::size_t word_end = std::min(all.text.find_first_of(" \t\r\n:,"), all.text.size());
    const Cut typed = all.part(0, word_end);
    const auto* const word = std::ranges::find_if(
        words, [&](const Word& known) { return known.text == typed.text && known.syntax == syntax; });
    if (word == words.end()) {
        if (!is_meant_for_us(typed.text)) return;
        unknown_.push_back(
            {.kind = SuppressionProblem::Kind::unknown_rule,
             .where = span_of(typed),
             .message = fmt::format("{} is not a directive for this kind of file", shown_word(typed.text)),
             .help = fmt::format("write one of {}", words_of(syntax))});
        return;
    }

    const Cut rest = all.part(word_end, std::string_view::npos);
    const std::size_t colon = std::min(rest.text.find(':'), rest.text.size());
    const bool has_reason = !reason_of(all.text).empty();
    const Cut list = rest.part(0, colon);
    std::uint32_t begin = comment.end;
    std::uint32_t end = no_end;
    if (word->action == Action::next_line) {
        begin = lines.of(comment.end).next;
        end = lines.of(comment.end).after_next;
    } else if (word->action == Action::line) {
        begin = lines.of(comment.begin).begin;
        end = lines.of(comment.begin).next;
    }

    if (list.trimmed().text.empty()) {
        if (word->action == Action::end_region) {
            if (open_.empty() && unknown_.empty())
                idle_.push_back({.rule = nullptr, .where = span_of(typed), .begins = false});
            while (!open_.empty()) close(open_.begin()->first, comment.begin);
            return;
        }
        unknown_.push_back({.kind = SuppressionProblem::Kind::unknown_rule,
                            .where = span_of(typed),
                            .message = fmt::format("{} has no rule", typed.text),
                            .help = fmt::format("write `{} RULE: reason`", typed.text)});
        return;
    }

    bool is_first = true;
    for (std::size_t at = 0; at <= list.text.size();) {
        const std::size_t comma = std::min(list.text.find(',', at), list.text.size());
        const Cut item = list.part(at, comma - at).trimmed();
        at = comma + 1;
        if (item.text.empty()) continue;
        if (is_first && !has_reason && word->action != Action::end_region)
            no_reason_.push_back(span_of(item));
        is_first = false;
        const Rule* const rule = find_rule({.text = item.text, .where = span_of(item)}, names);
        if (rule == nullptr) continue;
        if (word->action == Action::end_region) {
            // A rule that is misspelt above may be the one that this is to end.
            if (!close(rule, comment.begin) && unknown_.empty())
                idle_.push_back({.rule = rule, .where = span_of(item), .begins = false});
            continue;
        }
        if (word->action == Action::region && open_.contains(rule)) {
            idle_.push_back({.rule = rule, .where = span_of(item), .begins = true});
            continue;
        }
        OfRule& of_rule = by_rule_[rule];
        const std::size_t index = entries_.size();
        entries_.push_back(
            {.rule = rule, .id = span_of(item), .begin = begin, .end = end, .directive = comment});
        if (word->action == Action::region) {
            of_rule.regions.push_back(index);
            open_.emplace(rule, index);
        } else {
            of_rule.lines.push_back(index);
        }
    }
}

const Rule* Suppressions::find_rule(const Name& name, const RuleNames& names) {
    if (const Rule* const rule = names.find(name.text)) return rule;
    SuppressionProblem problem = {
        .kind = SuppressionProblem::Kind::unknown_rule, .where = name.where, .message = no_rule(name.text)};
    const std::string_view first = name.text.substr(0, name.text.find_first_of(white_space));
    if (first.size() < name.text.size() && names.find(first) != nullptr) {
        problem.help =
            fmt::format("write a comma between rules, and a colon before the reason: `{}: reason`", first);
    } else if (const auto near = names.nearest(name.text)) {
        problem.help = fmt::format("did you mean {}?", *near);
    }
    unknown_.push_back(std::move(problem));
    return nullptr;
}

bool Suppressions::close(const Rule* rule, std::uint32_t end) {
    const auto found = open_.find(rule);
    if (found == open_.end()) return false;
    entries_[found->second].end = end;
    open_.erase(found);
    return true;
}

std::optional<Span> Suppressions::covers(const Rule& rule, Span where) {
    const auto found = by_rule_.find(&rule);
    if (found == by_rule_.end() || where == Span{.file = where.file}) return std::nullopt;
    // Both are asked, since each of the two is in use.
    const Entry* const of_line = mark(found->second.lines, where.begin);
    const Entry* const of_region = mark(found->second.regions, where.begin);
    const Entry* const entry = of_line != nullptr ? of_line : of_region;
    return entry == nullptr ? std::nullopt : std::optional<Span>(entry->directive);
}

const Suppressions::Entry* Suppressions::mark(const std::vector<std::size_t>& ranges, std::uint32_t offset) {
    auto last = std::ranges::upper_bound(ranges, offset, {},
                                         [&](std::size_t index) { return entries_[index].begin; });
    const Entry* nearest = nullptr;
    while (last != ranges.begin()) {
        --last;
        Entry& entry = entries_[*last];
        if (entry.end <= offset) break;
        const bool known = std::exchange(entry.used, true);
        if (nearest == nullptr) nearest = &entry;
        // Those before it that cover the place are of the same line.
        if (known) break;
    }
    return nearest;
}

std::vector<SuppressionProblem> Suppressions::problems(bool require_reason,
                                                       const std::function<bool(const Rule&)>& off) const {
    std::vector<SuppressionProblem> result = unknown_;
    for (const Entry& entry : entries_) {
        if (entry.used || off(*entry.rule)) continue;
        SuppressionProblem& problem = result.emplace_back();
        problem.kind = SuppressionProblem::Kind::unused;
        problem.where = entry.id;
        if (entry.rule->across) {
            problem.message = fmt::format(
                "a comment does not suppress {}, which is about files of several servers", entry.rule->id);
            problem.help = fmt::format(
                "remove the suppression; `{}: off` under `rules:` in .dectprov.yaml turns the rule off",
                entry.rule->id);
        } else {
            problem.message = fmt::format("no finding of {} to suppress here", entry.rule->id);
            problem.help = "remove the suppression";
        }
    }
    for (const Idle& idle : idle_) {
        if (idle.rule != nullptr && off(*idle.rule)) continue;
        const std::string_view what = idle.rule != nullptr ? idle.rule->id : std::string_view("nothing");
        result.push_back({.kind = SuppressionProblem::Kind::unused,
                          .where = idle.where,
                          .message = fmt::format("{} is {} here", what,
                                                 idle.begins            ? "already suppressed"
                                                 : idle.rule == nullptr ? "suppressed"
                                                                        : "not suppressed"),
                          .help = "remove the comment"});
    }
    if (require_reason) {
        for (const Span& where : no_reason_) {
            result.push_back({.kind = SuppressionProblem::Kind::no_reason,
                              .where = where,
                              .message = "the suppression has no reason",
                              .help = "write it after a colon: `RULE: reason`"});
        }
    }
    std::ranges::stable_sort(result, {}, [](const SuppressionProblem& problem) {
        return std::pair(problem.where.begin, problem.kind);
    });
    return result;
}

}  // namespace dectprov
