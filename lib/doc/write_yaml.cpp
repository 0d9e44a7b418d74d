// SPDX-License-Identifier: MIT
#include "doc/write_yaml.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <iterator>

#include "catalog/characters.hpp"
#include "catalog/letter_case.hpp"
#include "diag/escape.hpp"
#include "doc/yaml.hpp"

namespace dectprov {
namespace {

// Words that one reader or another makes a boolean or nothing of, whatever their case.
bool is_reserved(std::string_view text) {
    constexpr std::string_view words[] = {"y", "n", "yes", "no", "on", "off", "true", "false", "null"};
    return std::ranges::any_of(words,
                               [text](std::string_view word) { return equals_ignoring_case(text, word); });
}

// A character that means itself inside a plain scalar, in braces too.
bool is_plain(char32_t c) {
    constexpr std::string_view marks = " _./@+-()'";
    if (c < 0x80) {
        const char one = static_cast<char>(c);
        return is_letter(one) || is_digit(one) || marks.find(one) != std::string_view::npos;
    }
    // Controls, and what some readers take for the end of a line.
    return c >= 0xa1 && c != 0x2028 && c != 0x2029 && c != 0xfeff && c < 0xfffe;
}

bool fits_plain(std::string_view text) {
    if (text.empty() || text.back() == ' ') return false;
    // What starts with a digit may be a number, a date or a time somewhere.
    const char first = text.front();
    if (!is_letter(first) && first != '/' && static_cast<unsigned char>(first) < 0x80) return false;
    if (is_reserved(text) || yaml_1_1_reading(text)) return false;
    for (std::size_t at = 0; at < text.size();) {
        const CodePoint point = code_point(text, at);
        at += point.length;
        if (!point.valid) return false;
        // A colon within a word: "https://…".
        const bool colon = point.value == ':' && at < text.size() && text[at] != ' ';
        if (!colon && !is_plain(point.value)) return false;
    }
    return true;
}

void append_quoted(std::string& out, std::string_view text) {
    out += '"';
    for (std::size_t at = 0; at < text.size();) {
        const CodePoint point = code_point(text, at);
        const std::string_view bytes = text.substr(at, point.length);
        at += point.length;
        if (point.value == '"' || point.value == '\\') {
            out += '\\';
            out += bytes;
        } else if (point.value == '\n') {
            out += "\\n";
        } else if (point.value == '\r') {
            out += "\\r";
        } else if (point.value == '\t') {
            out += "\\t";
        } else if (point.value < 0x20 || (point.value >= 0x7f && point.value <= 0xa0)) {
            out += fmt::format("\\x{:02x}", static_cast<std::uint32_t>(point.value));
        } else if (point.value == 0x2028 || point.value == 0x2029 || point.value == 0xfeff) {
            out += fmt::format("\\u{:04x}", static_cast<std::uint32_t>(point.value));
        } else {
            out += bytes;
        }
    }
    out += '"';
}

// A whole number stands as it is: a key is a name to every reader of a description.
std::string key_text(const std::string& key) {
    const bool number = !key.empty() && key.front() != '0' && std::ranges::all_of(key, is_digit);
    return number ? key : yaml_scalar(key);
}

bool is_scalar(const YamlValue& value) {
    return value.kind == YamlValue::Kind::text || value.kind == YamlValue::Kind::typed;
}

bool on_one_line(const YamlValue& value) {
    if (value.kind == YamlValue::Kind::rows) return value.text.empty();
    if (is_scalar(value) || value.items.empty()) return true;
    return value.kind == YamlValue::Kind::sequence && std::ranges::all_of(value.items, is_scalar);
}

// Depth is that of the documents that were read, which their readers limit.
void append_line(std::string& out, const YamlValue& value) {
    switch (value.kind) {
        case YamlValue::Kind::text:
            out += yaml_scalar(value.text);
            return;
        case YamlValue::Kind::typed:
            out += value.text;
            return;
        case YamlValue::Kind::rows:
            out += '[';
            std::ranges::transform(std::string_view(value.text), std::back_inserter(out),
                                   [](char c) { return c == '\n' ? ',' : c; });
            out += ']';
            return;
        case YamlValue::Kind::mapping:
        case YamlValue::Kind::sequence:
            break;
    }
    const bool mapping = value.kind == YamlValue::Kind::mapping;
    out += mapping ? '{' : '[';
    for (std::size_t i = 0; i != value.items.size(); ++i) {
        if (i != 0) out += ", ";
        if (mapping) out += key_text(value.keys[i]) + ": ";
        append_line(out, value.items[i]);
    }
    out += mapping ? '}' : ']';
}

class BlockWriter {
public:
    std::string run(const YamlValue& value, std::size_t indent) {
        if (on_one_line(value)) {
            margin(indent);
            append_line(out_, value);
            out_ += '\n';
        } else {
            block(value, indent, false);
        }
        return std::move(out_);
    }

private:
    void margin(std::size_t indent) { out_.append(indent, ' '); }

    // `started`: the first line has its margin and a dash already.
    void block(const YamlValue& value, std::size_t indent, bool started) {
        if (value.kind == YamlValue::Kind::rows) {
            rows(value.text, indent);
            return;
        }
        for (std::size_t i = 0; i != value.items.size(); ++i) {
            if (!started || i != 0) margin(indent);
            const YamlValue& item = value.items[i];
            const bool mapping = value.kind == YamlValue::Kind::mapping;
            out_ += mapping ? key_text(value.keys[i]) + ":" : "-";
            if (on_one_line(item)) {
                // A key without a value has nothing behind it.
                if (item.kind != YamlValue::Kind::typed || !item.text.empty()) out_ += ' ';
                append_line(out_, item);
                out_ += '\n';
            } else if (mapping) {
                out_ += '\n';
                block(item, indent + 2, false);
            } else {
                out_ += ' ';
                block(item, indent + 2, true);
            }
        }
    }

    void rows(std::string_view lines, std::size_t indent) {
        while (!lines.empty()) {
            const std::size_t end = std::min(lines.find('\n'), lines.size());
            margin(indent);
            out_ += "- ";
            out_ += lines.substr(0, end);
            out_ += '\n';
            lines.remove_prefix(std::min(end + 1, lines.size()));
        }
    }

    std::string out_;
};

}  // namespace

const YamlValue* YamlValue::find(std::string_view key) const {
    const auto found = std::ranges::find(keys, key);
    return found == keys.end() ? nullptr : &items[static_cast<std::size_t>(found - keys.begin())];
}

std::string yaml_scalar(std::string_view text) {
    if (fits_plain(text)) return std::string(text);
    std::string out;
    append_quoted(out, text);
    return out;
}

std::string write_yaml(const YamlValue& value, std::size_t indent) {
    return BlockWriter().run(value, indent);
}

std::string write_yaml_line(const YamlValue& value) {
    std::string out;
    append_line(out, value);
    return out;
}

}  // namespace dectprov
