// SPDX-License-Identifier: MIT
#include "diff/diff_format.hpp"

#include <fmt/format.h>

#include <array>

#include "diag/tally.hpp"

namespace dectprov {
namespace {

constexpr std::array format_table{
    DiffFormat{.name = "text",
               .summary = "for people: a forecast for each server, then the changes",
               .print = print_diff_text},
    DiffFormat{.name = "json", .summary = "one object with every change", .print = print_diff_json},
    DiffFormat{.name = "markdown", .summary = "a comment on a merge request", .print = print_diff_markdown},
    DiffFormat{.name = "html", .summary = "one self-contained page", .print = print_diff_html},
};

}  // namespace

std::span<const DiffFormat> diff_formats() { return format_table; }

std::string diff_counts(const Comparison& comparison) {
    std::string text;
    if (comparison.servers.empty()) {
        text = fmt::format("no difference in {}", count_of(comparison.compared, "server"));
    } else {
        text =
            fmt::format("{} removed, {} changed, {} added in {} of {}", comparison.count(ChangeKind::removed),
                        comparison.count(ChangeKind::changed), comparison.count(ChangeKind::added),
                        comparison.servers.size(), count_of(comparison.compared, "server"));
    }
    if (comparison.unknown != 0)
        text += fmt::format("; {} not known here", count_of(comparison.unknown, "value"));
    return text;
}

}  // namespace dectprov
