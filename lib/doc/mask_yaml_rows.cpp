// SPDX-License-Identifier: MIT
#include "doc/mask_yaml_rows.hpp"

#include <algorithm>

#include "catalog/characters.hpp"
#include "doc/mask_yaml_text.hpp"

namespace dectprov {
namespace {

class YamlRows {
public:
    YamlRows(std::string_view text, SecretNames& names, std::vector<TextPart>& hidden)
        : text_(text), names_(names), hidden_(hidden) {}

    void run(std::size_t colon) {
        const std::string_view key = key_before(text_, colon);
        const auto key_begin = static_cast<std::size_t>(key.data() - text_.data());
        const std::size_t column = key_begin - line_begin(text_, key_begin);
        std::size_t at = skip_blanks(text_, colon + 1);
        if (at < text_.size() && text_[at] == '[') {
            flow_rows(at);
            return;
        }
        hide_row(at);
        for (at = line_end(text_, at); at < text_.size(); at = line_end(text_, at)) {
            while (at < text_.size() && is_white(text_[at])) ++at;
            if (at == text_.size()) return;
            const std::size_t indent = at - line_begin(text_, at);
            const bool item = text_[at] == '-';
            if (text_[at] != '#' && (indent < column || (indent == column && !item))) return;
            if (item) hide_row(skip_blanks(text_, at + 1));
        }
    }

private:
    // The items of a list in flow style, up to its end or that of its line.
    void flow_rows(std::size_t open) {
        const std::size_t end = line_end(text_, open);
        std::size_t depth = 0;
        for (std::size_t at = open; at < end; ++at) {
            const char c = text_[at];
            if (c == '[' || c == '{') ++depth;
            if (c == ']' || c == '}') --depth;
            if (depth == 0) return;
            const bool begins = (c == '[' && depth <= 2) || (c == ',' && depth == 1);
            if (begins) hide_row(skip_blanks(text_, at + 1));
        }
    }

    // The rest of a line in which a user should stand and no mapping does.
    void hide_row(std::size_t begin) {
        constexpr std::string_view no_text = "\r\n]}#&*!:?,";
        if (begin >= text_.size() || is_one_of(no_text, text_[begin])) return;
        const std::size_t end = line_end(text_, begin);
        if (text_[begin] == '{') {
            hide_fields(begin + 1, end);
            return;
        }
        if (text_[begin] == '[') {
            hidden_.push_back({.begin = begin + 1, .end = end});
            return;
        }
        std::size_t key = begin;
        if (text_[key] == '"' || text_[key] == '\'') ++key;
        while (key < end && is_key_character(text_[key])) ++key;
        if (key < end && (text_[key] == '"' || text_[key] == '\'')) ++key;
        key = skip_blanks(text_, key);
        if (key > begin && key < end && (text_[key] == ':' || text_[key] == '=')) return;
        hidden_.push_back({.begin = begin, .end = end});
    }

    // What is no field of the user in flow style that begins at `at`: it has no key.
    void hide_fields(std::size_t at, std::size_t end) {
        const YamlText line(text_.substr(0, end));
        std::size_t begin = at;
        bool has_key = false;
        for (std::size_t depth = 0; at <= end; ++at) {
            const char c = at < end ? text_[at] : '}';
            if (c == '[' || c == '{') ++depth;
            if (c == ':' || c == '=') has_key = true;
            if (c == '"' || c == '\'') at = std::min(line.quoted_end(at), end - 1);
            const bool closes = c == ']' || c == '}';
            if ((depth == 0 && (c == ',' || closes)) || at == end) {
                const std::string_view item = trimmed(text_.substr(begin, at - begin));
                const std::string_view name = item.substr(0, item.find_first_of(line_blanks));
                if (!has_key && !names_.kind(name).known && is_telling(trimmed(item, "\"'")))
                    hidden_.push_back({.begin = begin, .end = at});
                begin = at + 1;
                has_key = false;
                if (closes) return;
            }
            if (closes && depth > 0) --depth;
        }
    }

    std::string_view text_;
    SecretNames& names_;
    std::vector<TextPart>& hidden_;
};

}  // namespace

void hide_rows(std::string_view text, std::size_t colon, SecretNames& names, std::vector<TextPart>& hidden) {
    YamlRows(text, names, hidden).run(colon);
}

}  // namespace dectprov
