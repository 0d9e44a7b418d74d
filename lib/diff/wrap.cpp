// SPDX-License-Identifier: MIT
#include "diff/wrap.hpp"

#include <algorithm>

#include "diag/escape.hpp"

namespace dectprov {
namespace {

constexpr std::size_t width = 80;

std::size_t columns_of(std::string_view text) {
    std::size_t columns = 0;
    for (std::size_t at = 0; at < text.size();) {
        const CodePoint point = code_point(text, at);
        columns += display_width(point.value);
        at += point.length;
    }
    return columns;
}

}  // namespace

std::size_t append_wrapped(std::string& out, std::string_view text, std::size_t column, std::size_t indent) {
    const std::string shown = visible(text);
    std::size_t begin = 0;
    bool first = true;
    while (begin <= shown.size()) {
        const std::size_t end = std::min(shown.find(' ', begin), shown.size());
        const std::string_view word = std::string_view(shown).substr(begin, end - begin);
        begin = end + 1;
        const std::size_t columns = columns_of(word);
        const std::size_t blank = first ? 0 : 1;
        if (column + blank + columns > width && column > indent) {
            out += '\n';
            out.append(indent, ' ');
            column = indent;
        } else if (blank != 0) {
            out += ' ';
            ++column;
        }
        if (column == indent || column == 0) {
            append_visible_line(out, word);
        } else {
            out += word;
        }
        column += columns;
        first = false;
    }
    return column;
}

}  // namespace dectprov
