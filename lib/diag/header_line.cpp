// SPDX-License-Identifier: MIT
#include "diag/header_line.hpp"

#include "diag/escape.hpp"

namespace dectprov {
namespace {

constexpr std::string_view bold = "\x1b[1m";
constexpr std::string_view plain = "\x1b[0m";

std::string_view color_of(Severity severity) {
    switch (severity) {
        case Severity::error:
            return "\x1b[1;31m";
        case Severity::warning:
            return "\x1b[1;35m";
        case Severity::note:
        case Severity::off:
            return "\x1b[1;36m";
    }
    return plain;
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
    if (color) out += bold;
    append_location(out, finding.file, finding.begin);
    if (color) out += color_of(finding.severity);
    out += to_text(finding.severity);
    out += ": ";
    if (color) {
        out += plain;
        out += bold;
    }
    append_visible(out, finding.message);
    if (color) out += plain;
    out += " [";
    append_visible(out, finding.rule->id);
    out += ']';
}

}  // namespace dectprov
