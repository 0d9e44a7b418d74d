// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string_view>

namespace dectprov {

// Where values end in a YAML text that may be broken, for hide_in_yaml(). It looks at characters alone; where
// an end cannot be told, it is the later one, so that too much is hidden rather than too little.
class YamlText {
public:
    explicit YamlText(std::string_view text) : text_(text) {}

    // The closing quote; in single quotes two stand for one, in double ones `\"` is none.
    [[nodiscard]] std::size_t quoted_end(std::size_t begin) const;
    // Whether a character that may follow a closing quote follows the one at `quote`.
    [[nodiscard]] bool may_end_there(std::size_t quote) const;
    // The same, and that a ',' or bracket there ends an item: else it is a quote in a secret.
    [[nodiscard]] bool ends_there(std::size_t quote) const;
    // Where a plain value in flow style ends: at a ',' or bracket behind which the next item, or nothing
    // more, stands on the line. Others are in the secret.
    [[nodiscard]] std::size_t flow_end(std::size_t begin) const;
    // Whether a line begins as one of a description does; else it may be the rest of a secret.
    [[nodiscard]] bool begins_entry(std::size_t at) const;
    // Whether a key stands behind a '{', '[' or ','.
    [[nodiscard]] bool is_in_flow(std::string_view key) const;

private:
    // The text that follows the ',' or bracket at `at` on its line; `at` where that is the next item, a
    // comment or nothing.
    [[nodiscard]] std::size_t text_after(std::size_t at) const;

    std::string_view text_;
};

// Where the line that holds `at` begins.
std::size_t line_begin(std::string_view text, std::size_t at);

}  // namespace dectprov
