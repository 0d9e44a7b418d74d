// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "diag/rule.hpp"
#include "source/span.hpp"

namespace dectprov {

// How this room learns of the rules, which lib/rules keeps. `find` gives null for what is no rule (a policy
// of the file's configuration is one, a renamed rule its new self); `nearest` the rule id that was meant.
struct RuleNames {
    std::function<const Rule*(std::string_view id)> find;
    std::function<std::optional<std::string_view>(std::string_view typed)> nearest;
};

// XML:  dectprov-disable-next-line RULE, RULE: reason
//       dectprov-disable RULE: reason … dectprov-enable RULE
// YAML: dectprov-disable-line RULE: reason
enum class SuppressionSyntax : std::uint8_t { xml, yaml };

// The reason that a directive gives, "" where it gives none.
std::string_view reason_of(std::string_view directive);

// What is wrong with a suppression, at the rule id (or the word) it is about.
struct SuppressionProblem {
    enum class Kind : std::uint8_t { unused, unknown_rule, no_reason };
    Kind kind;
    Span where;
    std::string message;
    std::string help = {};
};

// The suppressions of one source. Ask covers() for every finding in it, whichever check it comes from, and
// then for the problems().
class Suppressions {
public:
    Suppressions() = default;
    // `comments`: the spans of the directives in `source`, from "dectprov-" to the end of the comment's text,
    // in the order of the file. Other comments among them are no harm.
    Suppressions(std::string_view source, SuppressionSyntax syntax, std::span<const Span> comments,
                 const RuleNames& names);

    [[nodiscard]] bool empty() const { return entries_.empty() && unknown_.empty(); }

    // The directive that suppresses a finding of that rule which begins where `where` does, the last of
    // several; nothing where none does. Marks what suppresses it as used. A finding of a whole file, the
    // empty span at 0, is never suppressed.
    std::optional<Span> covers(const Rule& rule, Span where);

    // In the order of the file. Unused is what suppresses nothing, begins where it has begun already, or ends
    // where none has begun. A suppression of a rule that is `off` is never unused.
    [[nodiscard]] std::vector<SuppressionProblem> problems(bool require_reason,
                                                           const std::function<bool(const Rule&)>& off) const;

private:
    // One rule of one directive, and the bytes [begin, end) in which findings begin that it suppresses.
    struct Entry {
        const Rule* rule;
        Span id;
        std::uint32_t begin;
        std::uint32_t end;
        Span directive;
        bool used = false;
    };
    // Of a rule, as indices into entries_. Both begins and ends rise in each, so that one binary search does.
    struct OfRule {
        std::vector<std::size_t> lines;
        std::vector<std::size_t> regions;
    };
    // A region that begins within another one of its rule, or an end without a beginning.
    struct Idle {
        const Rule* rule;  // null: all of them
        Span where;
        bool begins;
    };
    struct Name {
        std::string_view text;
        Span where;
    };

    class Lines;

    void read(std::string_view source, Lines& lines, SuppressionSyntax syntax, Span comment,
              const RuleNames& names);
    const Rule* find_rule(const Name& name, const RuleNames& names);
    const Entry* mark(const std::vector<std::size_t>& ranges, std::uint32_t offset);
    bool close(const Rule* rule, std::uint32_t end);

    std::vector<Entry> entries_;
    std::map<const Rule*, OfRule> by_rule_;
    std::map<const Rule*, std::size_t> open_;  // regions without an end so far, as indices
    std::vector<Idle> idle_;
    std::vector<SuppressionProblem> unknown_;
    std::vector<Span> no_reason_;
};

}  // namespace dectprov
