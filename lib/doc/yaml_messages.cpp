// SPDX-License-Identifier: MIT
#include "doc/yaml_messages.hpp"

#include <algorithm>
#include <iterator>

namespace dectprov {
namespace {

struct Translation {
    std::string_view theirs;
    std::string_view ours;
    std::string_view help;
};

// yaml-cpp's messages that can be said better; the others are taken over.
constexpr Translation translations[] = {
    {"illegal map value", "a ':' where no value can start", "put a text that contains ': ' in quotes"},
    {"end of map not found", "a line that does not belong to a mapping",
     "compare its indentation with the lines above"},
    {"end of sequence not found", "a line that does not belong to a list",
     "compare its indentation with the lines above"},
    {"end of map flow not found", "a '{' that is not closed before this place", ""},
    {"end of sequence flow not found", "a '[' that is not closed before this place", ""},
    {"illegal flow end", "a closing bracket without an opening one", ""},
    {"illegal block entry", "a '-' where no list can start", ""},
    {"illegal map key", "a '?' where no mapping can start", ""},
    {"unknown token", "a character that cannot begin an unquoted text", "put the text in quotes"},
    {"bad file", "nested too deep", ""},
    {"the referenced anchor is not defined", "an alias to an anchor that is not defined before it", ""},
};

}  // namespace

YamlMessage said_better(std::string_view message) {
    const Translation* const found = std::ranges::find(translations, message, &Translation::theirs);
    if (found == std::end(translations)) return {.message = std::string(message)};
    return {.message = std::string(found->ours), .help = std::string(found->help)};
}

}  // namespace dectprov
