// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "source/span.hpp"

namespace dectprov {

// What an editor counts on a line: bytes, or 16-bit units.
enum class PositionEncoding : std::uint8_t { utf8, utf16 };

// A place in a text as editors count: both from 0.
struct EditorPosition {
    std::uint32_t line = 0;
    std::uint32_t character = 0;

    friend bool operator==(const EditorPosition&, const EditorPosition&) = default;
};
struct EditorRange {
    EditorPosition start;
    EditorPosition end;
};

// A text that changes, with the ways between its bytes, the places of an editor and those of findings. CR, LF
// and CRLF end a line. A place beyond its line is the end of the line, one beyond the last line the end of
// the text, and one within a character the begin of the character.
class LineText {
public:
    LineText() : LineText(std::string()) {}
    explicit LineText(std::string text);

    [[nodiscard]] const std::string& text() const { return text_; }
    [[nodiscard]] std::size_t lines() const { return starts_.size(); }
    // Of a line, from 0, without its line end.
    [[nodiscard]] std::string_view line(std::size_t number) const;
    [[nodiscard]] std::size_t line_start(std::size_t number) const { return starts_[number]; }
    [[nodiscard]] std::size_t line_of(std::size_t offset) const;

    void replace(std::size_t begin, std::size_t end, std::string_view with);

    [[nodiscard]] std::size_t offset(EditorPosition position, PositionEncoding encoding) const;
    // Of a finding, which does not count a byte order mark.
    [[nodiscard]] std::size_t offset(Position position) const;
    [[nodiscard]] EditorPosition position(std::size_t offset, PositionEncoding encoding) const;
    [[nodiscard]] EditorRange range(std::size_t begin, std::size_t end, PositionEncoding encoding) const {
        return {.start = position(begin, encoding), .end = position(end, encoding)};
    }

    // The bytes of a byte order mark in front, which readers take away before they count.
    [[nodiscard]] std::size_t mark_size() const;

private:
    [[nodiscard]] std::vector<std::size_t> lines_behind(std::size_t from, std::size_t until) const;

    std::string text_;
    std::vector<std::size_t> starts_;
};

}  // namespace dectprov
