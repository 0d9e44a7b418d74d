// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace dectprov {

// What stands in a text for a part that is not known: a secret that is not set on this machine. U+FFFF, which
// no description, table or XML file can hold.
inline constexpr std::string_view unknown_text = "\xEF\xBF\xBF";

inline bool holds_unknown(std::string_view text) { return text.find(unknown_text) != std::string_view::npos; }

// Whether `bytes` are the text, with any text that is no markup for each of its unknown parts.
bool matches(std::string_view text, std::string_view bytes);

// The text with "***" for its unknown parts, and `bytes` with "***" where a line of the text has them and is
// else the same: what is left to be seen is what differs for sure.
struct Blanked {
    std::string text;
    std::string bytes;
};
Blanked without_unknown(std::string_view text, std::string_view bytes);

}  // namespace dectprov
