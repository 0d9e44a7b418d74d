// SPDX-License-Identifier: MIT
#include "editor/line_text.hpp"

#include <algorithm>
#include <utility>

#include "diag/escape.hpp"

namespace dectprov {
namespace {

constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";

std::uint32_t units(const CodePoint& one, PositionEncoding encoding) {
    constexpr char32_t last_of_one_unit = 0xffff;
    if (encoding == PositionEncoding::utf8) return one.length;
    return one.valid && one.value > last_of_one_unit ? 2 : 1;
}

}  // namespace

LineText::LineText(std::string text) : text_(std::move(text)), starts_{0} {
    const std::vector<std::size_t> others = lines_behind(0, text_.size());
    starts_.insert(starts_.end(), others.begin(), others.end());
}

// Of the line ends in [from, until): where the next lines begin.
std::vector<std::size_t> LineText::lines_behind(std::size_t from, std::size_t until) const {
    std::vector<std::size_t> starts;
    const auto next = [&](char end, std::size_t at) { return std::min(text_.find(end, at), until); };
    std::size_t feed = next('\n', from);
    std::size_t carriage = next('\r', from);
    while (feed < until || carriage < until) {
        std::size_t at = std::min(feed, carriage);
        at += text_.compare(at, 2, "\r\n") == 0 ? 2 : 1;
        starts.push_back(at);
        if (feed < at) feed = next('\n', at);
        if (carriage < at) carriage = next('\r', at);
    }
    return starts;
}

std::string_view LineText::line(std::size_t number) const {
    const std::size_t begin = starts_[number];
    std::size_t end = number + 1 < starts_.size() ? starts_[number + 1] : text_.size();
    while (end > begin && (text_[end - 1] == '\n' || text_[end - 1] == '\r')) --end;
    return std::string_view(text_).substr(begin, end - begin);
}

std::size_t LineText::line_of(std::size_t offset) const {
    return static_cast<std::size_t>(std::ranges::upper_bound(starts_, offset) - starts_.begin()) - 1;
}

void LineText::replace(std::size_t begin, std::size_t end, std::string_view with) {
    // A CR in front may be a line end of its own, or now the first half of one.
    const std::size_t line = line_of(begin == 0 ? 0 : begin - 1);
    // Lines that begin behind what goes keep their beginnings, which only move.
    const auto behind = std::ranges::upper_bound(starts_, end);
    text_.replace(begin, end - begin, with);
    const std::size_t now = begin + with.size();
    std::transform(behind, starts_.end(), behind, [&](std::size_t start) { return start - end + now; });
    std::vector<std::size_t> fresh = lines_behind(starts_[line], now);
    // Of a CRLF that begins in it and ends behind it, the line behind is known.
    while (!fresh.empty() && fresh.back() > now) fresh.pop_back();
    const auto old = starts_.erase(starts_.begin() + static_cast<std::ptrdiff_t>(line) + 1, behind);
    starts_.insert(old, fresh.begin(), fresh.end());
}

std::size_t LineText::offset(EditorPosition position, PositionEncoding encoding) const {
    if (position.line >= starts_.size()) return text_.size();
    const std::string_view on = line(position.line);
    std::size_t at = 0;
    std::uint32_t passed = 0;
    while (at < on.size() && passed < position.character) {
        const CodePoint one = code_point(on, at);
        passed += units(one, encoding);
        if (passed > position.character) break;
        at += one.length;
    }
    return starts_[position.line] + at;
}

std::size_t LineText::offset(Position position) const {
    const std::size_t number = position.line - 1;
    if (number >= starts_.size()) return text_.size();
    const std::string_view on = line(number);
    std::size_t at = number == 0 ? mark_size() : 0;
    for (std::uint32_t column = 1; at < on.size() && column < position.column; ++column)
        at += code_point(on, at).length;
    return starts_[number] + at;
}

EditorPosition LineText::position(std::size_t offset, PositionEncoding encoding) const {
    const std::size_t number = line_of(std::min(offset, text_.size()));
    const std::string_view on = line(number);
    const std::size_t until = std::min(offset - starts_[number], on.size());
    EditorPosition place{.line = static_cast<std::uint32_t>(number), .character = 0};
    for (std::size_t at = 0; at < until;) {
        const CodePoint one = code_point(on, at);
        at += one.length;
        if (at <= until) place.character += units(one, encoding);
    }
    return place;
}

std::size_t LineText::mark_size() const {
    return text_.starts_with(byte_order_mark) ? byte_order_mark.size() : 0;
}

}  // namespace dectprov
