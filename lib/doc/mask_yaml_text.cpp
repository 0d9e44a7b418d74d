// SPDX-License-Identifier: MIT
#include "doc/mask_yaml_text.hpp"

#include "catalog/characters.hpp"
#include "doc/mask_scan.hpp"

namespace dectprov {

std::size_t YamlText::quoted_end(std::size_t begin) const {
    const char quote = text_[begin];
    for (std::size_t at = begin + 1; at < text_.size(); ++at) {
        if (quote == '"' && text_[at] == '\\') {
            ++at;
        } else if (text_[at] == quote) {
            if (quote == '"' || at + 1 >= text_.size() || text_[at + 1] != quote) return at;
            ++at;
        }
    }
    return text_.size();
}

bool YamlText::may_end_there(std::size_t quote) const {
    const std::size_t next = skip_blanks(text_, quote + 1);
    if (next >= text_.size()) return true;
    constexpr std::string_view behind = "\r\n,}]:";
    return behind.find(text_[next]) != std::string_view::npos || (text_[next] == '#' && next > quote + 1);
}

bool YamlText::ends_there(std::size_t quote) const {
    if (!may_end_there(quote)) return false;
    const std::size_t next = skip_blanks(text_, quote + 1);
    constexpr std::string_view ends = ",}]";
    return next >= text_.size() || ends.find(text_[next]) == std::string_view::npos ||
           text_after(next) == next;
}

std::size_t YamlText::flow_end(std::size_t begin) const {
    std::size_t at = begin;
    while ((at = text_.find_first_of(",}]", at)) != std::string_view::npos) {
        const std::size_t after = text_after(at);
        if (after == at) return at;
        at = after;
    }
    return text_.size();
}

std::size_t YamlText::text_after(std::size_t at) const {
    std::size_t next = text_.find_first_not_of(" \t,}]{[-", at);
    if (next == std::string_view::npos || text_[next] == '\n' || text_[next] == '\r') return at;
    if (text_[next] == '#' && is_blank(text_[next - 1])) return at;
    const std::size_t after = next;
    if (text_[next] == '"' || text_[next] == '\'') ++next;
    std::size_t end = next;
    while (end < text_.size() && is_key_character(text_[end])) ++end;
    if (end < text_.size() && (text_[end] == '"' || text_[end] == '\'')) ++end;
    end = skip_blanks(text_, end);
    return end > next && end < text_.size() && text_[end] == ':' ? at : after;
}

bool YamlText::begins_entry(std::size_t at) const {
    constexpr std::string_view marks = "-#}],{[%\"'";
    if (marks.find(text_[at]) != std::string_view::npos) return true;
    std::size_t end = at;
    while (end < text_.size() && is_key_character(text_[end])) ++end;
    end = skip_blanks(text_, end);
    return end > at && end < text_.size() && text_[end] == ':';
}

bool YamlText::is_in_flow(std::string_view key) const {
    const std::string_view before =
        trimmed_end(text_.substr(0, static_cast<std::size_t>(key.data() - text_.data())), " \t\"'");
    return before.ends_with('{') || before.ends_with('[') || before.ends_with(',');
}

std::size_t line_begin(std::string_view text, std::size_t at) {
    while (at > 0 && text[at - 1] != '\n' && text[at - 1] != '\r') --at;
    return at;
}

}  // namespace dectprov
