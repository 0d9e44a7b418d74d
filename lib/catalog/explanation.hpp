// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "catalog/catalog.hpp"

namespace dectprov {

// The documentation of one thing, before it is laid out: the same parts make a page on the terminal and a
// chapter in docs/.
struct Explanation {
    enum class Form : unsigned char { line, text, code };
    struct Part {
        std::string heading;  // "default", "why"; `line` parts are short facts
        std::string text;
        Form form = Form::line;
    };

    std::string title;
    std::string summary;  // a sentence without its full stop
    std::vector<Part> parts;
};

// Of a parameter or a section of the catalogue.
Explanation explain(const Catalog& catalog, EntryId id);

// Of the one attribute that there is, under the name that it has in the file.
inline constexpr std::string_view merge_type_name = "merge_type";
Explanation explain_merge_type();

// As findings give it: without the root for a server configuration ("sip.dtmf.duration"), from the root's
// child for the others ("user.username", "data.ringing_volume.volume").
std::string short_path(const Catalog& catalog, EntryId id);

// For a terminal: text is wrapped at `width` columns.
std::string to_text(const Explanation& explanation, std::size_t width = 100);
// A chapter at the given heading level.
std::string to_markdown(const Explanation& explanation, int level);

// Breaks at blanks, so that no line is longer than `width`; each line begins with `indent`.
std::string wrapped(std::string_view text, std::size_t width, std::string_view indent);

}  // namespace dectprov
