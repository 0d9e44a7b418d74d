// SPDX-License-Identifier: MIT
#include "diag/header_line.hpp"

#include "diag/escape.hpp"
#include "diag/terminal_style.hpp"

namespace dectprov {
namespace {

std::string_view color_of(Severity severity) {
    switch (severity) {
        case Severity::error:
            return style::bold_red;
        case Severity::warning:
            return style::bold_magenta;
        case Severity::note:
        case Severity::off:
            return style::bold_cyan;
    }
    return style::plain;
}

}  // namespace

void append_location(std::string& out, std::string_view file, Position position) {
    append_visible_line(out, file);
    out += ':';
    append_number(out, position.line);
    out += ':';
    append_number(out, position.column);
    out += ": ";
}

void append_header(std::string& out, const Finding& finding, bool color) {
    if (color) out += style::bold;
    append_location(out, finding.file, finding.begin);
    if (color) out += color_of(finding.severity);
    out += to_text(finding.severity);
    out += ": ";
    if (color) {
        out += style::plain;
        out += style::bold;
    }
    append_visible(out, finding.message);
    if (color) out += style::plain;
    out += " [";
    append_visible(out, finding.rule->id);
    out += ']';
}

}  // namespace dectprov
