// SPDX-License-Identifier: MIT
#include "doc/xml_prolog.hpp"

#include <algorithm>

#include "catalog/characters.hpp"
#include "catalog/letter_case.hpp"
#include "doc/raw_text.hpp"
#include "doc/read_xml.hpp"

namespace dectprov {
namespace {

constexpr std::string_view doctype = "<!DOCTYPE";

bool is_doctype(std::string_view text) {
    return equals_ignoring_case(text.substr(0, doctype.size()), doctype);
}

std::size_t behind(std::string_view text, std::string_view end, std::size_t from) {
    const std::size_t found = text.find(end, from);
    return found == std::string_view::npos ? text.size() : found + end.size();
}

// The first place from `at` on that is no white space, comment or processing instruction.
std::size_t skip_misc(std::string_view text, std::size_t at) {
    while (true) {
        at = std::min(text.find_first_not_of(white_space, at), text.size());
        const std::string_view rest = text.substr(at);
        if (rest.starts_with("<!--")) {
            at = behind(text, "-->", at + 4);
        } else if (rest.starts_with("<?")) {
            at = behind(text, "?>", at + 2);
        } else {
            return at;
        }
    }
}

// Behind the declaration at `at`: its internal subset stands in brackets.
std::size_t skip_doctype(std::string_view text, std::size_t at) {
    const std::size_t end = std::min(text.find_first_of("[>", at), text.size());
    if (end == text.size() || text[end] == '>') return behind(text, ">", at);
    return behind(text, ">", behind(text, "]", end));
}

// The number of quoted values from `at` to the end of the tag.
std::size_t count_values(std::string_view text, std::size_t at) {
    std::size_t count = 0;
    while (true) {
        at = text.find_first_of("\"'<>", at);
        if (at == std::string_view::npos || text[at] == '<' || text[at] == '>') return count;
        at = text.find(text[at], at + 1);
        if (at == std::string_view::npos) return count;
        ++count;
        ++at;
    }
}

}  // namespace

std::optional<std::size_t> find_doctype(std::string_view text) {
    const std::size_t at = skip_misc(text, 0);
    if (!is_doctype(text.substr(at))) return std::nullopt;
    return at;
}

std::optional<std::size_t> find_crowded_tag(std::string_view text) {
    constexpr std::size_t block = 4096;
    std::size_t last = 0;  // no tag before it needs a look
    for (std::size_t at = 0; at < text.size(); at += block) {
        if (text.substr(at, block).find('<') != std::string_view::npos) continue;
        const std::size_t tag = text.substr(0, at).rfind('<');
        if (tag != std::string_view::npos && tag >= last && count_values(text, tag + 1) > most_attributes)
            return tag;
        last = text.find('<', at);
        if (last == std::string_view::npos) break;
        at = last;
    }
    return std::nullopt;
}

std::string_view fault_of_declared(std::string_view key, std::string_view value) {
    const bool is_known = value.starts_with("1.") && std::ranges::all_of(value.substr(2), is_digit);
    if (key == "version" && !is_known) return "a version of XML that is not 1.0";
    if (key == "standalone" && value != "yes" && value != "no") return "'standalone' is not yes or no";
    return {};
}

std::string_view root_name(std::string_view text) {
    std::size_t at = skip_misc(text, 0);
    if (is_doctype(text.substr(at))) at = skip_misc(text, skip_doctype(text, at));
    if (at + 1 >= text.size() || text[at] != '<') return {};
    const std::size_t end = std::min(text.find_first_of(" \n\t\r/>", at + 1), text.size());
    return text.substr(at + 1, end - at - 1);
}

}  // namespace dectprov
