// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace dectprov {

// One code point of a text that claims to be UTF-8. A byte that starts none is `valid == false`, one byte
// long.
struct CodePoint {
    char32_t value;
    unsigned char length;
    bool valid;
};

// The code point at `at`, which is below text.size().
CodePoint code_point(std::string_view text, std::size_t at);
// In columns of a terminal: 0, 1 or 2.
unsigned display_width(char32_t value);

// Every text of a finding may come from a file that somebody else wrote, and every output may end in a
// terminal, a browser or a parser. These are the only ways in which the printers let it out.

// As it is, but what cannot be seen or would steer a terminal (control and direction characters, bytes that
// are no UTF-8) as \xHH or \u{HHHH}, and so the first character of what a CI system takes for a command to it
// wherever that stands in its log: "##[", "##vso[", "##teamcity[".
void append_visible(std::string& out, std::string_view text);
std::string visible(std::string_view text);

// The same of a text that begins a line, where "::" is such a command too, with blanks in front or without.
void append_visible_line(std::string& out, std::string_view line);
std::string visible_line(std::string_view line);

// A code point as \xHH or \u{HHHH}, whatever it is.
void append_escape(std::string& out, const CodePoint& point);

// Whether such a command begins at `at`; `line` is where the line begins.
bool begins_command(std::string_view text, std::size_t at, std::size_t line);

// A JSON string with its quotes. Bytes that are no UTF-8 become U+FFFD.
void append_json(std::string& out, std::string_view text);

// For the content and the quoted attributes of XML and HTML: visible, and with references.
void append_markup(std::string& out, std::string_view text);

// For running text and table cells of Markdown.
void append_markdown(std::string& out, std::string_view text);

// A file name as the relative reference of RFC 3986 (an absolute one as file://).
void append_uri(std::string& out, std::string_view path);

void append_number(std::string& out, std::uint64_t number);

}  // namespace dectprov
