// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include "diag/suppress.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

using namespace dectprov;

namespace {

constexpr Rule type = {.id = "value/type",
                       .severity = Severity::error,
                       .summary = "t",
                       .why = "",
                       .origin = "",
                       .example = Example::none};
constexpr Rule range = {.id = "value/range",
                        .severity = Severity::error,
                        .summary = "r",
                        .why = "",
                        .origin = "",
                        .example = Example::none};

const RuleNames names = {.find = [](std::string_view id) -> const Rule* {
                             for (const Rule* const rule : {&type, &range}) {
                                 if (rule->id == id) return rule;
                             }
                             return id == "value/kind" ? &type : nullptr;  // a renamed rule
                         },
                         .nearest = [](std::string_view typed) -> std::optional<std::string_view> {
                             if (typed == "value/typo") return type.id;
                             return std::nullopt;
                         }};

bool nothing_is_off(const Rule& /*rule*/) { return false; }

// A source whose comments are found as the readers find them.
struct Source {
    std::string text;
    SuppressionSyntax syntax;
    Suppressions suppressions;

    explicit Source(std::string source, SuppressionSyntax kind = SuppressionSyntax::xml)
        : text(std::move(source)), syntax(kind) {
        std::vector<Span> comments;
        for (std::size_t at = text.find("dectprov-"); at != std::string::npos;
             at = text.find("dectprov-", at + 1)) {
            const std::size_t end =
                syntax == SuppressionSyntax::xml ? text.find(" -->", at) : text.find_first_of("\r\n", at);
            comments.push_back({.begin = static_cast<std::uint32_t>(at),
                                .end = static_cast<std::uint32_t>(std::min(end, text.size()))});
        }
        suppressions = Suppressions(text, syntax, comments, names);
    }

    bool covers(const Rule& rule, std::string_view needle) {
        const std::size_t at = text.find(needle);
        REQUIRE(at != std::string::npos);
        const auto begin = static_cast<std::uint32_t>(at);
        return suppressions.covers(rule, {.begin = begin, .end = begin + 1}).has_value();
    }
    // "unused value/type 3:30 …": kind, the text at the place and the offset of that text.
    std::vector<std::string> problems(bool require_reason = false) const {
        std::vector<std::string> list;
        for (const SuppressionProblem& problem : suppressions.problems(require_reason, nothing_is_off)) {
            constexpr std::array<std::string_view, 3> kinds = {"unused ", "unknown ", "no reason "};
            list.push_back(std::string(kinds.at(static_cast<std::size_t>(problem.kind))) +
                           text.substr(problem.where.begin, problem.where.end - problem.where.begin));
        }
        return list;
    }
};

using List = std::vector<std::string>;

}  // namespace

TEST_CASE("disable-next-line covers its rule on the next line and nowhere else") {
    for (const char* const line_end : {"\n", "\r\n", "\r"}) {
        std::string text =
            "<a>0</a> <!-- dectprov-disable-next-line value/type: known --> <b>1</b>|<c>2</c>|<d>3</d>";
        for (std::size_t at = text.find('|'); at != std::string::npos; at = text.find('|'))
            text.replace(at, 1, line_end);
        Source source(text);
        CHECK(!source.covers(type, "0"));
        CHECK(!source.covers(type, "1"));
        CHECK(source.problems() == List{"unused value/type"});
        CHECK(source.covers(type, "2"));
        CHECK(!source.covers(range, "2"));
        CHECK(!source.covers(type, "3"));
        CHECK(source.problems().empty());
    }
}

TEST_CASE("disable-next-line on the last line covers nothing, before the last one all of it") {
    CHECK(Source("<a/><!-- dectprov-disable-next-line value/type -->").problems() ==
          List{"unused value/type"});
    Source source("<!-- dectprov-disable-next-line value/type -->\n<a>2");
    CHECK(source.suppressions.covers(type, {.begin = static_cast<std::uint32_t>(source.text.size()),
                                            .end = static_cast<std::uint32_t>(source.text.size())}));
}

TEST_CASE("a region runs from its comment to the one that ends it, else to the end") {
    Source source(
        "0 <!-- dectprov-disable value/type, value/range: both --> 1\n2\n<!-- dectprov-enable value/type --> "
        "3\n4");
    CHECK(!source.covers(type, "0"));
    CHECK(source.covers(type, "1"));
    CHECK(source.covers(type, "2"));
    CHECK(!source.covers(type, "3"));
    CHECK(!source.covers(type, "4"));
    CHECK(source.covers(range, "4"));
    CHECK(source.problems().empty());
}

TEST_CASE("an enable without a rule ends every region") {
    Source source("<!-- dectprov-disable value/type, value/range --> 1 <!-- dectprov-enable --> 2");
    CHECK(source.covers(type, "1"));
    CHECK(source.covers(range, "1"));
    CHECK(!source.covers(type, "2"));
    CHECK(!source.covers(range, "2"));
}

TEST_CASE("a region that begins within another of its rule is unused, and ends with it") {
    Source source(
        "<!-- dectprov-disable value/type --> 1 <!-- dectprov-disable value/type --> 2 "
        "<!-- dectprov-enable value/type --> 3 <!-- dectprov-disable value/type --> 4");
    CHECK(source.covers(type, "1"));
    CHECK(!source.covers(type, "3"));
    CHECK(source.problems() == List{"unused value/type", "unused value/type"});
    CHECK(source.covers(type, "2"));
    CHECK(source.covers(type, "4"));
    CHECK(source.problems() == List{"unused value/type"});
    CHECK(source.suppressions.problems(false, [](const Rule& /*rule*/) { return true; }).empty());
}

TEST_CASE("an end of what has not begun is unused") {
    CHECK(Source("<!-- dectprov-enable value/type -->").problems() == List{"unused value/type"});
    CHECK(Source("<!-- dectprov-enable -->").problems() == List{"unused dectprov-enable"});
    Source other("<!-- dectprov-disable value/range --> 1 <!-- dectprov-enable value/type -->");
    CHECK(other.covers(range, "1"));
    CHECK(other.problems() == List{"unused value/type"});
    CHECK(Source("<!-- dectprov-disable value/typo --> 1 <!-- dectprov-enable value/type -->").problems() ==
          List{"unknown value/typo"});
}

TEST_CASE("a finding of a whole file is not suppressed in the file") {
    Source source("<!-- dectprov-disable value/type -->");
    CHECK(!source.suppressions.covers(type, {}));
}

TEST_CASE("yaml comments cover their own line") {
    Source source("a: 0\nb: 1   # dectprov-disable-line value/type: later\nc: 2\n", SuppressionSyntax::yaml);
    CHECK(!source.covers(type, "0"));
    CHECK(source.covers(type, "1"));
    CHECK(!source.covers(type, "2"));
    Source first("yes: 1 # dectprov-disable-line value/type", SuppressionSyntax::yaml);
    CHECK(first.covers(type, "yes"));
}

TEST_CASE("of several rules each is validated") {
    Source source("<!-- dectprov-disable-next-line value/type, value/range, value/typo: all -->\n1");
    CHECK(source.covers(type, "1"));
    CHECK(source.problems() == List{"unused value/range", "unknown value/typo"});
}

TEST_CASE("an unknown rule is not also unused, and the nearest name is offered") {
    const Source source("<!-- dectprov-disable-next-line value/typo: oops -->\n1");
    const auto problems = source.suppressions.problems(true, nothing_is_off);
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].kind == SuppressionProblem::Kind::unknown_rule);
    CHECK(problems[0].help == "did you mean value/type?");
    CHECK(problems[0].where.begin == source.text.find("value/typo"));
}

TEST_CASE("a reason without its colon is told apart from a rule") {
    const Source source("<!-- dectprov-disable value/type because of it -->\n1");
    const auto problems = source.suppressions.problems(false, nothing_is_off);
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].help.find("`value/type: reason`") != std::string::npos);
}

TEST_CASE("a renamed rule is known by its old name") {
    Source source("<!-- dectprov-disable value/kind --> 1");
    CHECK(source.covers(type, "1"));
    CHECK(source.problems().empty());
}

TEST_CASE("a rule that is off is not unused") {
    const Source source("<!-- dectprov-disable value/type, value/range -->");
    const auto problems =
        source.suppressions.problems(false, [](const Rule& rule) { return rule.id == type.id; });
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].where.begin == source.text.find("value/range"));
}

TEST_CASE("a reason is asked for where it is required, once a comment") {
    Source source(
        "<!-- dectprov-disable value/type,value/range -->\n1 <!-- dectprov-enable value/type -->\n"
        "<!-- dectprov-disable value/type: --> 2 <!-- dectprov-enable value/type -->\n"
        "<!-- dectprov-disable value/type: why --> 3 <!-- dectprov-enable value/type -->");
    for (const char* const place : {"1", "2", "3"}) source.covers(type, place);
    source.covers(range, "1");
    CHECK(source.problems(true) == List{"no reason value/type", "no reason value/type"});
    CHECK(source.problems(false).empty());
}

TEST_CASE("a mistyped or misplaced directive is not passed over") {
    CHECK(Source("<!-- dectprov-disable-line value/type -->").problems() ==
          List{"unknown dectprov-disable-line"});
    CHECK(Source("<!-- dectprov-disabel value/type -->").problems() == List{"unknown dectprov-disabel"});
    CHECK(Source("<!-- dectprov-disable -->").problems() == List{"unknown dectprov-disable"});
    CHECK(Source("a: 1 # dectprov-disable value/type\n", SuppressionSyntax::yaml).problems() ==
          List{"unknown dectprov-disable"});
    CHECK(Source("<!-- dectprov-made this -->").problems().empty());
}

TEST_CASE("many suppressions are asked quickly") {
    std::string text;
    for (int i = 0; i < 20'000; ++i) {
        text += "<!-- dectprov-disable-next-line value/type -->\nx\n";
        text += "<!-- dectprov-disable value/range -->\ny\n<!-- dectprov-enable value/range -->\n";
    }
    Source source(text);
    std::size_t covered = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const auto begin = static_cast<std::uint32_t>(at);
        if (text[at] == 'x' && source.suppressions.covers(type, {.begin = begin, .end = begin + 1}))
            ++covered;
        if (text[at] == 'y' && source.suppressions.covers(range, {.begin = begin, .end = begin + 1}))
            ++covered;
    }
    // The x of "next" is on a line that nothing covers.
    CHECK(covered == 40'000);
    CHECK(source.problems().empty());
}
