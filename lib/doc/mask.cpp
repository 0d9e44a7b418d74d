// SPDX-License-Identifier: MIT
#include "doc/mask.hpp"

#include <algorithm>

#include "diag/escape.hpp"
#include "doc/mask_scan.hpp"
#include "doc/raw_text.hpp"
#include "doc/secret.hpp"

namespace dectprov {
namespace {

// White space tells nothing, and lines of it are better shown as they are.
TextPart without_space(std::string_view text, TextPart range) {
    while (range.begin < range.end && is_white(text[range.begin])) ++range.begin;
    while (range.begin < range.end && is_white(text[range.end - 1])) --range.end;
    return range;
}

std::vector<Span> to_spans(std::string_view text, FileId file, std::vector<TextPart>& hidden) {
    std::ranges::sort(hidden, {}, &TextPart::begin);
    std::vector<Span> spans;
    for (TextPart range : hidden) {
        range = without_space(text, range);
        if (range.begin >= range.end) continue;
        const auto begin = static_cast<std::uint32_t>(range.begin);
        const auto end = static_cast<std::uint32_t>(range.end);
        if (!spans.empty() && begin <= spans.back().end) {
            spans.back().end = std::max(spans.back().end, end);
        } else {
            spans.push_back({.file = file, .begin = begin, .end = end});
        }
    }
    return spans;
}

// A line of a minified file may have a megabyte: what is shown of it lies around the caret.
constexpr std::size_t most_shown = 160;  // characters
constexpr std::size_t shown_before = 60;
constexpr std::size_t most_bytes = 4 * most_shown;
constexpr std::string_view ellipsis = "\u2026";

bool continues(char c) { return (static_cast<unsigned char>(c) & 0xc0U) == 0x80U; }

// A line as it is written down, with the places of its characters.
struct Shown {
    std::string text;
    std::vector<std::size_t> starts;  // of each character of `text`
    std::size_t caret_begin = 0;      // characters
    std::size_t caret_end = 0;

    void append(std::string_view piece) {
        for (std::size_t i = 0; i < piece.size(); ++i) {
            if (!continues(piece[i])) starts.push_back(text.size() + i);
        }
        text += piece;
    }
    [[nodiscard]] std::size_t offset(std::size_t character) const {
        return character < starts.size() ? starts[character] : text.size();
    }
};

class Painter {
public:
    Painter(std::string_view text, Span caret, const std::vector<Span>& masked)
        : text_(text), caret_(caret), masked_(masked) {}

    Shown paint(std::uint32_t begin, std::uint32_t end) {
        auto mask = std::ranges::upper_bound(masked_, begin, {}, &Span::end);
        std::uint32_t at = begin;
        while (at < end) {
            if (mask != masked_.end() && mask->begin <= at) {
                const std::uint32_t behind = std::min(mask->end, end);
                // Within a mask the caret is one star wide, which tells no length.
                place_caret(at, behind, 1);
                shown_.append(secret_stars);
                at = behind;
                ++mask;
                continue;
            }
            const CodePoint point = code_point(text_, at);
            const std::uint32_t behind = at + point.length;
            std::string piece;
            if (text_[at] == '\t') {
                piece = " ";
            } else if (begins_command(text_, at, begin)) {
                append_escape(piece, point);
            } else {
                append_visible(piece, text_.substr(at, point.length));
            }
            place_caret(at, behind, 0);
            shown_.append(piece);
            at = behind;
        }
        if (caret_.begin >= end) shown_.caret_begin = shown_.starts.size();
        if (caret_.end >= end) shown_.caret_end = shown_.starts.size();
        shown_.caret_end = std::max(shown_.caret_end, shown_.caret_begin);
        return std::move(shown_);
    }

private:
    // What stands for [begin, behind) is about to be appended.
    void place_caret(std::uint32_t begin, std::uint32_t behind, std::size_t inner) {
        const std::size_t here = shown_.starts.size();
        if (caret_.begin >= begin && caret_.begin < behind) shown_.caret_begin = here;
        if (caret_.end >= begin && caret_.end < behind) {
            shown_.caret_end = here + (caret_.end > begin ? inner : 0);
        }
    }

    std::string_view text_;
    Span caret_;
    const std::vector<Span>& masked_;
    Shown shown_;
};

// Bytes around the caret that surely hold what is shown; both ends on characters.
Span window(std::string_view text, Span line, Span caret) {
    Span part = line;
    if (caret.begin - line.begin > most_bytes) {
        part.begin = caret.begin - static_cast<std::uint32_t>(most_bytes);
    }
    while (part.begin > line.begin && continues(text[part.begin])) --part.begin;
    if (line.end - caret.begin > most_bytes) part.end = caret.begin + static_cast<std::uint32_t>(most_bytes);
    while (part.end < line.end && continues(text[part.end])) ++part.end;
    return part;
}

// Whether a character of three bytes begins at `at` that is one of ASCII in UTF-16, shifted by a byte.
bool is_shifted(std::string_view text, std::size_t at) {
    if (at + 3 > text.size()) return false;
    const auto byte = [&](std::size_t i) {
        return static_cast<unsigned>(static_cast<unsigned char>(text[at + i]));
    };
    return byte(0) >= 0xE2 && byte(0) <= 0xE7 && (byte(1) & 0xC3U) == 0x80 && byte(2) == 0x80;
}

// The lines of a text in UTF-16 from which a byte is lost: no name can be read in them.
void hide_shifted(std::string_view text, std::vector<TextPart>& hidden) {
    for (std::size_t at = text.find('\x80'); at != std::string_view::npos; at = text.find('\x80', at)) {
        if (at < 2 || !is_shifted(text, at - 2) || !is_shifted(text, at + 1)) {
            ++at;
            continue;
        }
        const std::size_t end = line_end(text, at);
        hidden.push_back({.begin = text.substr(0, at).find_last_of(line_breaks) + 1, .end = end});
        at = end;
    }
}

}  // namespace

std::vector<Span> secrets(const SourceSet& sources, FileId file, Syntax syntax, const TextNames& names) {
    const std::string_view text = sources.text(file);
    SecretNames known(names);
    std::vector<TextPart> hidden;
    switch (syntax) {
        case Syntax::xml:
            hide_in_xml(text, known, hidden);
            break;
        case Syntax::yaml:
            hide_in_yaml(text, known, hidden);
            break;
        case Syntax::csv:
            hide_in_csv(text, sources.columns(file), hidden);
            break;
        case Syntax::version:
            hide_in_versions(text, hidden);
            break;
        case Syntax::plain:
            hide_pairs(text, known, hidden);
            break;
    }
    for (const auto& [begin, end] : sources.hidden(file)) hidden.push_back({.begin = begin, .end = end});
    hide_in_urls(text, syntax == Syntax::xml, hidden);
    hide_shifted(text, hidden);
    // Zero bytes come of a text in another encoding or of a torn file: names may not be where they are read.
    for (std::size_t at = text.find('\0'); at != std::string_view::npos; at = text.find('\0', at)) {
        const std::size_t end = line_end(text, at);
        hidden.push_back({.begin = text.substr(0, at).find_last_of(line_breaks) + 1, .end = end});
        at = end;
    }
    return to_spans(text, file, hidden);
}

Quote quote(const SourceSet& sources, Span span, const std::vector<Span>& masked) {
    const std::string_view text = sources.text(span.file);
    const Span line = sources.line(span.file, span.begin);
    Span caret = span;
    caret.begin = std::clamp(span.begin, line.begin, line.end);
    caret.end = std::clamp(span.end, caret.begin, line.end);
    const Span part = window(text, line, caret);
    const Shown shown = Painter(text, caret, masked).paint(part.begin, part.end);

    const std::size_t size = shown.starts.size();
    std::size_t begin = 0;
    std::size_t end = size;
    if (size > most_shown) {
        begin = shown.caret_begin > shown_before ? shown.caret_begin - shown_before : 0;
        end = std::min(size, begin + most_shown);
        begin = end - std::min(end, most_shown);
    }
    Quote result;
    const bool cut_before = begin > 0 || part.begin > line.begin;
    if (cut_before) result.text = ellipsis;
    result.text +=
        std::string_view(shown.text).substr(shown.offset(begin), shown.offset(end) - shown.offset(begin));
    if (end < size || part.end < line.end) result.text += ellipsis;
    const auto placed = [&](std::size_t character) {
        return static_cast<std::uint32_t>(std::clamp(character, begin, end) - begin + (cut_before ? 1 : 0));
    };
    result.caret_begin = placed(shown.caret_begin);
    result.caret_end = placed(shown.caret_end);
    return result;
}

}  // namespace dectprov
