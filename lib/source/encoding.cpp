// SPDX-License-Identifier: MIT
#include "source/encoding.hpp"

#include <iconv.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <utility>

namespace dectprov {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";  // U+FFFD

// What the bytes say about themselves before any declaration is looked at.
struct Mark {
    std::string_view bytes;
    std::string_view encoding;
};
// Longest first: the mark of UTF-16LE begins that of UTF-32LE.
constexpr std::array<Mark, 5> byte_order_marks{{
    {{"\xFF\xFE\0\0", 4}, "UTF-32LE"},
    {{"\0\0\xFE\xFF", 4}, "UTF-32BE"},
    {"\xEF\xBB\xBF", "UTF-8"},
    {"\xFF\xFE", "UTF-16LE"},
    {"\xFE\xFF", "UTF-16BE"},
}};
// How `<?` looks without a byte order mark (XML 1.0, appendix F).
constexpr std::array<Mark, 4> xml_patterns{{
    {{"<\0\0\0", 4}, "UTF-32LE"},
    {{"\0\0\0<", 4}, "UTF-32BE"},
    {{"<\0?\0", 4}, "UTF-16LE"},
    {{"\0<\0?", 4}, "UTF-16BE"},
}};

template <std::size_t size>
const Mark* find_mark(const std::array<Mark, size>& marks, std::string_view bytes) {
    const auto* found =
        std::ranges::find_if(marks, [&](const Mark& mark) { return bytes.starts_with(mark.bytes); });
    return found == marks.end() ? nullptr : found;
}

unsigned char byte_at(std::string_view text, std::size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0;
}

// The length of the well-formed sequence at `i`, 0 where there is none (Unicode, table 3-7).
std::size_t sequence_length(std::string_view text, std::size_t i) {
    const unsigned first = byte_at(text, i);
    if (first < 0x80) return 1;
    if (first < 0xC2 || first > 0xF4) return 0;
    unsigned low = 0x80;
    unsigned high = 0xBF;
    if (first == 0xE0) low = 0xA0;
    if (first == 0xED) high = 0x9F;
    if (first == 0xF0) low = 0x90;
    if (first == 0xF4) high = 0x8F;
    const unsigned second = byte_at(text, i + 1);
    if (second < low || second > high) return 0;
    const std::size_t length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    for (std::size_t k = 2; k < length; ++k) {
        if ((byte_at(text, i + k) & 0xC0U) != 0x80) return 0;
    }
    return length;
}

// Whether the next `words` times eight bytes from `i` on are there, and all are ASCII.
template <std::size_t words>
bool has_ascii(std::string_view text, std::size_t i) {
    constexpr std::uint64_t high_bits = 0x8080'8080'8080'8080;
    std::array<std::uint64_t, words> bytes;
    if (text.size() - i < sizeof bytes) return false;
    std::memcpy(bytes.data(), text.data() + i, sizeof bytes);
    std::uint64_t all = 0;
    for (const std::uint64_t word : bytes) all |= word;
    return (all & high_bits) == 0;
}

// Behind the ASCII characters from `i` on. Many bytes at a time: nearly every file is ASCII.
std::size_t skip_ascii(std::string_view text, std::size_t i) {
    constexpr std::size_t many = 8;
    while (has_ascii<many>(text, i)) i += many * sizeof(std::uint64_t);
    while (has_ascii<1>(text, i)) i += sizeof(std::uint64_t);
    while (i < text.size() && byte_at(text, i) < 0x80) ++i;
    return i;
}

// The offset of the first byte that is not UTF-8, the size where all are.
std::size_t first_wrong(std::string_view text, std::size_t from = 0) {
    std::size_t i = skip_ascii(text, from);
    while (i < text.size()) {
        const std::size_t length = sequence_length(text, i);
        if (length == 0) return i;
        i = skip_ascii(text, i + length);
    }
    return i;
}

void mark_bad(Decoded& decoded, std::string problem) {
    if (decoded.bad) return;
    decoded.bad = static_cast<std::uint32_t>(decoded.text.size());
    decoded.problem = std::move(problem);
}

Decoded from_utf8(std::string bytes, bool byte_order_mark) {
    if (byte_order_mark) bytes.erase(0, 3);
    Decoded decoded{.text = {}, .byte_order_mark = byte_order_mark};
    std::size_t wrong = first_wrong(bytes);
    if (wrong == bytes.size()) {
        decoded.text = std::move(bytes);
        return decoded;
    }
    decoded.utf8 = false;
    std::size_t good = 0;
    while (wrong < bytes.size()) {
        decoded.text.append(bytes, good, wrong - good);
        mark_bad(decoded, "bytes that are not UTF-8");
        decoded.text += replacement;
        good = wrong + 1;
        wrong = first_wrong(bytes, good);
    }
    decoded.text.append(bytes, good);
    return decoded;
}

class Converter {
public:
    explicit Converter(const std::string& encoding) : iconv_(iconv_open("UTF-8", encoding.c_str())) {}
    Converter(const Converter&) = delete;
    Converter& operator=(const Converter&) = delete;
    ~Converter() {
        if (good()) iconv_close(iconv_);
    }
    // Whether iconv knows the encoding.
    [[nodiscard]] bool good() const { return reinterpret_cast<std::intptr_t>(iconv_) != -1; }

    // Appends the text of `bytes`; `wrong(position)` is called before U+FFFD is put for bytes that have no
    // meaning. `unit` is how many bytes are then passed over.
    template <class Wrong>
    void convert(std::string_view bytes, std::size_t unit, std::string& text, Wrong wrong) {
        std::array<char, 16384> buffer;
        // iconv does not write to its input; its type is older than const.
        char* in = const_cast<char*>(bytes.data());
        std::size_t left = bytes.size();
        bool flushing = false;
        while (true) {
            char* out = buffer.data();
            std::size_t room = buffer.size();
            const std::size_t result = flushing ? iconv(iconv_, nullptr, nullptr, &out, &room)
                                                : iconv(iconv_, &in, &left, &out, &room);
            const int error = result == static_cast<std::size_t>(-1) ? errno : 0;
            text.append(buffer.data(), buffer.size() - room);
            if (error == E2BIG) continue;
            if (error == 0 && flushing) return;
            if (error != 0) {
                wrong();
                text += replacement;
                // EINVAL: the text ends in the middle of a character.
                const std::size_t pass = error == EILSEQ ? std::min(unit, left) : left;
                in += pass;
                left -= pass;
            }
            flushing = left == 0;
        }
    }

private:
    iconv_t iconv_;
};

std::size_t unit_of(std::string_view encoding) {
    if (encoding.starts_with("UTF-16")) return 2;
    return encoding.starts_with("UTF-32") ? 4 : 1;
}

Decoded from_other(std::string_view bytes, const std::string& encoding, bool byte_order_mark) {
    Decoded decoded{.text = {}, .encoding = encoding, .byte_order_mark = byte_order_mark, .utf8 = false};
    Converter converter(encoding);
    if (!converter.good()) {
        mark_bad(decoded, "an unknown encoding");
        return decoded;
    }
    converter.convert(bytes, unit_of(encoding), decoded.text,
                      [&] { mark_bad(decoded, "bytes that are not " + encoding); });
    return decoded;
}

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

// The place of the encoding's name in an XML declaration in ASCII; empty where it does not say.
std::string_view declared_encoding(std::string_view text) {
    if (!text.starts_with("<?xml") || text.size() < 6 || !is_space(text[5])) return {};
    const std::string_view declaration = text.substr(0, std::min<std::size_t>(text.find("?>"), 1024));
    std::size_t at = declaration.find("encoding");
    if (at == std::string_view::npos || !is_space(declaration[at - 1])) return {};
    at += std::string_view("encoding").size();
    const auto skip_space = [&] {
        while (at < declaration.size() && is_space(declaration[at])) ++at;
    };
    skip_space();
    if (at >= declaration.size() || declaration[at] != '=') return {};
    ++at;
    skip_space();
    if (at >= declaration.size() || (declaration[at] != '"' && declaration[at] != '\'')) return {};
    const std::size_t end = declaration.find(declaration[at], at + 1);
    if (end == std::string_view::npos) return {};
    return declaration.substr(at + 1, end - at - 1);
}

// XML 1.0, production 81. What iconv would take for its own options ("//IGNORE") is no name.
bool is_encoding_name(std::string_view name) {
    const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    const auto is_name = [&](char c) {
        return is_letter(c) || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
    };
    return !name.empty() && name.size() < 64 && is_letter(name[0]) && std::ranges::all_of(name, is_name);
}

bool is_utf8_name(std::string_view name) {
    const auto same = [](char a, char b) {
        return a == b || (b >= 'a' && b <= 'z' && a == static_cast<char>(b - 'a' + 'A'));
    };
    return std::ranges::equal(name, std::string_view("utf-8"), same) ||
           std::ranges::equal(name, std::string_view("utf8"), same);
}

// A declaration that names what the file cannot be in: read as UTF-8, reported at the name.
Decoded wrongly_declared(std::string bytes, std::string_view name, std::string problem) {
    const auto at = static_cast<std::uint32_t>(name.data() - bytes.data());
    std::string encoding(name);
    Decoded decoded = from_utf8(std::move(bytes), false);
    decoded.bad = at;
    decoded.problem = std::move(problem);
    decoded.encoding = std::move(encoding);
    return decoded;
}

Decoded from_declared(std::string bytes) {
    const std::string_view name = declared_encoding(bytes);
    if (name.empty()) return from_utf8(std::move(bytes), false);
    if (is_utf8_name(name)) {
        std::string encoding(name);
        Decoded decoded = from_utf8(std::move(bytes), false);
        decoded.encoding = std::move(encoding);
        return decoded;
    }
    const std::string encoding(name);
    if (!is_encoding_name(name) || !Converter(encoding).good()) {
        return wrongly_declared(std::move(bytes), name, "an unknown encoding");
    }
    // The declaration is in ASCII, so it must read the same in the encoding that it names: UTF-16 does not.
    const std::string_view head =
        std::string_view(bytes).substr(0, static_cast<std::size_t>(name.data() - bytes.data()) + name.size());
    if (from_other(head, encoding, false).text != head) {
        return wrongly_declared(std::move(bytes), name,
                                "the declaration says " + encoding + ", but the bytes are not valid in it");
    }
    Decoded decoded = from_other(bytes, encoding, false);
    // Some of iconv's tables yield what UTF-8 has no room for.
    if (first_wrong(decoded.text) != decoded.text.size()) {
        return wrongly_declared(std::move(bytes), name, "bytes that are not " + encoding);
    }
    return decoded;
}

Decoded from_mark(std::string bytes, const Mark& mark) {
    if (mark.encoding == "UTF-8") return from_utf8(std::move(bytes), true);
    return from_other(std::string_view(bytes).substr(mark.bytes.size()), std::string(mark.encoding), true);
}

// A text whose own first characters show its encoding, against what its declaration says: an encoding in
// which ASCII stands as it is cannot be that of bytes that are wider.
Decoded against_declaration(Decoded decoded) {
    if (decoded.utf8 || decoded.bad) return decoded;
    const std::string_view name = declared_encoding(decoded.text);
    if (!is_encoding_name(name)) return decoded;
    const std::string_view head =
        std::string_view(decoded.text).substr(0, static_cast<std::size_t>(name.data() - decoded.text.data()));
    if (!Converter(std::string(name)).good() || from_other(head, std::string(name), false).text != head) {
        return decoded;
    }
    decoded.bad = static_cast<std::uint32_t>(head.size());
    decoded.problem = "the declaration says " + std::string(name) + ", but the bytes are " + decoded.encoding;
    return decoded;
}

}  // namespace

Decoded decode_xml(std::string bytes) {
    if (const Mark* mark = find_mark(byte_order_marks, bytes))
        return against_declaration(from_mark(std::move(bytes), *mark));
    if (const Mark* pattern = find_mark(xml_patterns, bytes)) {
        return against_declaration(from_other(bytes, std::string(pattern->encoding), false));
    }
    return from_declared(std::move(bytes));
}

Decoded decode_text(std::string bytes) {
    if (const Mark* mark = find_mark(byte_order_marks, bytes)) return from_mark(std::move(bytes), *mark);
    return from_utf8(std::move(bytes), false);
}

Decoded decode_text(std::string bytes, const std::string& encoding) {
    if (find_mark(byte_order_marks, bytes) != nullptr || is_utf8_name(encoding))
        return decode_text(std::move(bytes));
    return from_other(bytes, encoding, false);
}

}  // namespace dectprov
