// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace dectprov {

// Bytes of a YAML text that yaml-cpp is given in another form, because it refuses or misreads what YAML 1.2
// allows, or because a blank is missing.
struct YamlEdit {
    std::uint32_t begin;
    std::uint32_t end;
    std::string replacement;
};

// What stands for a '?' in plain text of flow style, which yaml-cpp takes for the mark of a key. No file
// holds it: see find_forbidden().
inline constexpr char question_mark = '\x01';

// What YAML 1.2 allows and yaml-cpp does not: a '?' within plain text of flow style, surrogate pairs and `\N`
// and
// `\_` in double quotes, tabs in lines that are empty but for white space, keys over two lines in flow style.
std::vector<YamlEdit> refused_yaml(std::string_view text);
// Whether some of that is there which yaml-cpp misreads without a word.
bool has_misread_escape(std::string_view text);

// A key that has run into its value for want of a blank: `name:value`, `name=value`.
struct RunIn {
    std::uint32_t begin;
    std::uint32_t mark;  // where the ':' or '=' stands
};
// Where a plain text has such a mark; npos where it has none ("https://h", "00:13:d1:80:00:32", "12:30").
std::size_t run_in_mark(std::string_view text);
// What is told of such a key, and how it is mended.
std::string_view run_in_message(char mark);
inline constexpr std::string_view run_in_help = "write `name: value`, with a space";
// Those that keep a text from being YAML: at the begin of a line between keys of one mapping, and in front of
// a bracket or quote.
std::vector<RunIn> run_in_keys(std::string_view text);
// The same text as it is meant: `name: value`.
YamlEdit mended(std::string_view text, const RunIn& key);

// A text with edits made, and where its bytes come from.
class EditedYaml {
public:
    // Edits do not overlap; of two that begin alike the first is made.
    EditedYaml(std::string_view source, const std::vector<YamlEdit>& edits);

    [[nodiscard]] const std::string& text() const { return text_; }
    // The place in the source of a place in the text.
    [[nodiscard]] std::uint32_t source(std::uint32_t at) const;

private:
    struct Step {
        std::uint32_t text;    // where an edit stands
        std::uint32_t length;  // what it has put there
        std::uint32_t begin;   // what it stands for
        std::uint32_t end;
    };

    std::string text_;
    std::vector<Step> steps_;
};

}  // namespace dectprov
