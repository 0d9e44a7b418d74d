// SPDX-License-Identifier: MIT
#include "doc/yaml_scan.hpp"

#include <algorithm>
#include <iterator>
#include <string>

#include "catalog/characters.hpp"

namespace dectprov {

std::optional<std::size_t> find_forbidden(std::string_view text) {
    const auto found = std::ranges::find_if(text, [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return (byte < 0x20 && c != '\t' && c != '\n' && c != '\r') || byte == 0x7F;
    });
    if (found == text.end()) return {};
    return static_cast<std::size_t>(found - text.begin());
}

std::vector<YamlComment> find_comments(std::string_view text, FileId file, const std::vector<Span>& hashes) {
    constexpr std::string_view word = "dectprov-";
    std::vector<YamlComment> comments;
    for (std::size_t at = text.find(word); at != std::string_view::npos;
         at = text.find(word, at + word.size())) {
        const std::size_t before = text.substr(0, at).find_last_not_of(line_blanks);
        if (before == std::string_view::npos || text[before] != '#') continue;
        if (before > 0 && white_space.find(text[before - 1]) == std::string_view::npos) continue;
        const auto behind = std::ranges::upper_bound(hashes, before, {}, &Span::begin);
        if (behind != hashes.begin() && std::prev(behind)->end > before) continue;
        std::size_t end = std::min(text.find_first_of("\r\n", at), text.size());
        end = text.substr(0, end).find_last_not_of(line_blanks) + 1;
        comments.push_back({.span = {.file = file,
                                     .begin = static_cast<std::uint32_t>(at),
                                     .end = static_cast<std::uint32_t>(end)},
                            .text = std::string(text.substr(at, end - at))});
    }
    return comments;
}

std::uint32_t null_at(std::string_view text, std::uint32_t at) {
    std::string_view above = text.substr(0, at);
    while (!above.empty()) {
        const std::size_t begin = above.find_last_of("\r\n") + 1;  // 0 on the first line
        const std::string_view line = trimmed(above.substr(begin));
        if (line.empty() || line.front() == '#') {
            above = above.substr(0, begin == 0 ? 0 : begin - 1);
            continue;
        }
        const std::string_view item = trimmed(line.substr(0, line.find(" #")));
        const bool dashes = item.back() == '-' && item.find_first_not_of("- \t") == std::string_view::npos &&
                            item.find("--") == std::string_view::npos;
        return dashes ? static_cast<std::uint32_t>(&item.back() - text.data()) : at;
    }
    return at;
}

}  // namespace dectprov
