// SPDX-License-Identifier: MIT
#include "doc/raw_text.hpp"

#include "catalog/characters.hpp"
#include "diag/escape.hpp"
#include "doc/xml_chars.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>

namespace dectprov {
namespace {

struct Named {
    std::string_view name;
    char character;
};
constexpr std::array<Named, 5> predefined{
    {{"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}}};

constexpr std::string_view cdata_begin = "<![CDATA[";
constexpr std::string_view cdata_end = "]]>";

// Behind `end`, looked for from `from` on; the end of the text where there is none.
std::size_t behind(std::string_view text, std::string_view end, std::size_t from) {
    const std::size_t found = text.find(end, from);
    return found == std::string_view::npos ? text.size() : found + end.size();
}

std::string_view to_utf8(std::uint32_t code, std::array<char, 4>& buffer) {
    const auto tail = [&](unsigned shift) { return static_cast<char>(0x80U | (code >> shift & 0x3fU)); };
    if (code < 0x80) {
        buffer[0] = static_cast<char>(code);
        return {buffer.data(), 1};
    }
    if (code < 0x800) {
        buffer = {static_cast<char>(0xc0U | code >> 6U), tail(0)};
        return {buffer.data(), 2};
    }
    if (code < 0x10000) {
        buffer = {static_cast<char>(0xe0U | code >> 12U), tail(6), tail(0)};
        return {buffer.data(), 3};
    }
    buffer = {static_cast<char>(0xf0U | code >> 18U), tail(12), tail(6), tail(0)};
    return {buffer.data(), 4};
}

// The character that "#229" or "#xe5" names; 0 where it names none.
std::uint32_t character_code(std::string_view body) {
    body.remove_prefix(1);
    int base = 10;
    if (body.starts_with('x')) {
        base = 16;
        body.remove_prefix(1);
    }
    std::uint32_t code = 0;
    const auto [end, error] = std::from_chars(body.data(), body.data() + body.size(), code, base);
    if (error != std::errc() || end != body.data() + body.size()) return 0;
    const bool surrogate = code >= 0xd800 && code < 0xe000;
    return code > 0x10ffff || surrogate ? 0 : code;
}

}  // namespace

// Passes over what means nothing in itself; true when something was passed over.
bool RawText::skip_markup() {
    const std::string_view rest = raw_.substr(at_);
    if (in_cdata_) {
        if (!rest.starts_with(cdata_end)) return false;
        in_cdata_ = false;
        at_ += cdata_end.size();
        return true;
    }
    if (rest.starts_with("<!--")) {
        at_ = behind(raw_, "-->", at_ + 4);
        return true;
    }
    if (rest.starts_with("<?")) {
        at_ = behind(raw_, "?>", at_ + 2);
        return true;
    }
    if (!rest.starts_with(cdata_begin)) return false;
    in_cdata_ = true;
    at_ += cdata_begin.size();
    return true;
}

bool RawText::reference(Piece& piece) {
    const std::size_t end = raw_.find(';', at_);
    if (end == std::string_view::npos) return false;
    const std::string_view body = raw_.substr(at_ + 1, end - at_ - 1);
    std::uint32_t code = 0;
    if (body.starts_with('#')) {
        code = character_code(body);
    } else {
        const auto* found = std::ranges::find(predefined, body, &Named::name);
        if (found != predefined.end()) code = static_cast<unsigned char>(found->character);
    }
    if (code == 0) return false;
    piece = {.begin = at_, .end = end + 1, .text = to_utf8(code, decoded_), .whole = true};
    at_ = end + 1;
    return true;
}

bool RawText::is_reference(std::string_view text) {
    Piece piece{};
    RawText raw(text);
    return text.starts_with('&') && raw.reference(piece) && piece.end == text.size() &&
           is_xml_character(code_point(piece.text, 0).value);
}

bool RawText::next(Piece& piece) {
    while (at_ < raw_.size()) {
        const char c = raw_[at_];
        if ((in_cdata_ ? c == ']' : c == '<') && skip_markup()) continue;
        if (c == '&' && !in_cdata_ && reference(piece)) return true;
        const std::size_t begin = at_++;
        if (c == '\r') {
            if (at_ < raw_.size() && raw_[at_] == '\n') ++at_;
            piece = {.begin = begin, .end = at_, .text = "\n", .whole = true};
            return true;
        }
        at_ = std::min(raw_.find_first_of(in_cdata_ ? "]\r" : "<&\r", at_), raw_.size());
        piece = {.begin = begin, .end = at_, .text = raw_.substr(begin, at_ - begin), .whole = false};
        return true;
    }
    return false;
}

std::string decode_raw(std::string_view raw) {
    std::string text;
    text.reserve(raw.size());
    RawText pieces(raw);
    for (RawText::Piece piece{}; pieces.next(piece);) text += piece.text;
    return text;
}

std::size_t raw_end(std::string_view text, std::size_t begin) {
    std::size_t at = std::min(text.find('<', begin), text.size());
    while (at < text.size()) {
        const std::string_view rest = text.substr(at);
        if (rest.starts_with("<!--")) {
            at = behind(text, "-->", at + 4);
        } else if (rest.starts_with(cdata_begin)) {
            at = behind(text, cdata_end, at + cdata_begin.size());
        } else if (rest.starts_with("<?")) {
            at = behind(text, "?>", at + 2);
        } else {
            return at;
        }
        at = std::min(text.find('<', at), text.size());
    }
    return at;
}

std::vector<std::size_t> plain_comments(std::string_view text) {
    constexpr std::string_view comment_begin = "<!--";
    std::vector<std::size_t> all;
    for (std::size_t at = text.find("<!"); at < text.size(); at = text.find("<!", at)) {
        const std::string_view rest = text.substr(at);
        if (rest.starts_with(comment_begin)) {
            const std::size_t word = rest.find_first_not_of(white_space, comment_begin.size());
            if (word != std::string_view::npos && !rest.substr(word).starts_with("dectprov-"))
                all.push_back(at);
            at = behind(text, "-->", at);
        } else if (rest.starts_with(cdata_begin)) {
            at = behind(text, cdata_end, at);
        } else {
            ++at;
        }
    }
    return all;
}

}  // namespace dectprov
