// SPDX-License-Identifier: MIT
#include <algorithm>
#include <iterator>
#include <limits>
#include <utility>

#include "doc/yaml_prepare.hpp"
#include "doc/yaml_reading.hpp"
#include "doc/yaml_scan.hpp"

namespace dectprov {
namespace {

void add_edits(std::vector<YamlEdit>& edits, std::string_view text, const std::vector<RunIn>& keys) {
    for (const RunIn& key : keys) edits.push_back(mended(text, key));
    std::ranges::stable_sort(edits, {}, &YamlEdit::begin);
}

YamlProblem run_in_problem(std::string_view text, FileId file, const RunIn& key) {
    return {.span = {.file = file, .begin = key.begin, .end = key.mark},
            .message = std::string(run_in_message(text[key.mark])),
            .help = std::string(run_in_help),
            .related = {},
            .kind = YamlProblem::Kind::key};
}

}  // namespace

// A text that is YAML is read as it stands. Another one may be YAML all the same, which yaml-cpp refuses, or
// lack blanks; so it is read again with that mended.
YamlDocument read_yaml(SourceSet& sources, FileId file) {
    const std::string_view text = sources.text(file);
    // Marks of yaml-cpp are ints.
    if (text.size() > static_cast<std::size_t>(std::numeric_limits<int>::max()))
        return {.yaml = {},
                .problems = {{.span = {.file = file}, .message = "more text than one file may have"}},
                .comments = {}};
    if (const std::optional<std::size_t> at = find_forbidden(text)) {
        const auto begin = static_cast<std::uint32_t>(*at);
        return {
            .yaml = {},
            .problems = {{.span = {.file = file, .begin = begin, .end = begin + 1},
                          .message =
                              "a control character, which YAML allows only as an escape in double quotes"}},
            .comments = {}};
    }
    std::vector<YamlEdit> edits;
    // yaml-cpp skips a byte order mark and counts from behind it.
    constexpr std::string_view mark = "\xEF\xBB\xBF";
    if (text.starts_with(mark)) edits.push_back({.begin = 0, .end = mark.size(), .replacement = {}});
    if (has_misread_escape(text)) std::ranges::move(refused_yaml(text), std::back_inserter(edits));
    YamlReading reading = read_yaml_pass(sources, file, edits);
    std::vector<RunIn> keys;
    if (reading.failed_at) {
        std::vector<YamlEdit> more = edits;
        if (!has_misread_escape(text)) std::ranges::move(refused_yaml(text), std::back_inserter(more));
        std::vector<RunIn> found = run_in_keys(text);
        add_edits(more, text, found);
        if (more.size() != edits.size()) {
            YamlReading again = read_yaml_pass(sources, file, more);
            // What stands behind keys that have run into their values is another fault.
            const bool further = !found.empty() && again.failed_at && *again.failed_at > *reading.failed_at;
            if (!again.failed_at || further) {
                reading = std::move(again);
                edits = std::move(more);
                keys = std::move(found);
            }
        }
    }
    if (!reading.failed_at && !reading.run_ins.empty()) {
        keys.insert(keys.end(), reading.run_ins.begin(), reading.run_ins.end());
        add_edits(edits, text, reading.run_ins);
        reading = read_yaml_pass(sources, file, edits);
    }
    for (const RunIn& key : keys) reading.document.problems.push_back(run_in_problem(text, file, key));
    return std::move(reading.document);
}

}  // namespace dectprov
