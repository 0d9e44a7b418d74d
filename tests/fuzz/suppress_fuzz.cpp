// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "diag/suppress.hpp"
#include "rules/families.hpp"

using namespace dectprov;

namespace {

const RuleNames names{.find = find_rule, .nearest = [](std::string_view) { return std::nullopt; }};

}  // namespace

// Comments are found as the readers find them, roughly: whatever they say, problems lie within the text.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    std::vector<Span> comments;
    constexpr std::string_view start = "dectprov-";
    for (std::size_t at = text.find(start); at != std::string_view::npos; at = text.find(start, at + 1)) {
        const std::size_t end = std::min({text.find('\n', at), text.find("-->", at), size});
        comments.push_back(
            {.file = {}, .begin = static_cast<std::uint32_t>(at), .end = static_cast<std::uint32_t>(end)});
    }
    for (const SuppressionSyntax syntax : {SuppressionSyntax::xml, SuppressionSyntax::yaml}) {
        Suppressions suppressions(text, syntax, comments, names);
        for (std::uint32_t at = 0; at < size; at += 7)
            suppressions.covers(*all_rules().front(), {.file = {}, .begin = at, .end = at + 1});
        for (const SuppressionProblem& problem :
             suppressions.problems(true, [](const Rule&) { return false; })) {
            if (problem.where.begin > problem.where.end || problem.where.end > size) std::abort();
        }
    }
    return 0;
}
