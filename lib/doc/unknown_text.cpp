// SPDX-License-Identifier: MIT
#include "doc/unknown_text.hpp"

#include <algorithm>
#include <map>
#include <vector>

namespace dectprov {
namespace {

// Cuts off the next part of a text, up to `end`, which goes with it.
std::string_view take_up_to(std::string_view& rest, std::string_view end) {
    const std::size_t at = rest.find(end);
    const std::string_view part = rest.substr(0, at);
    rest.remove_prefix(at == std::string_view::npos ? rest.size() : at + end.size());
    return part;
}

std::string with_blanks(std::string_view text) {
    std::string result;
    while (!text.empty()) {
        const bool unknown = holds_unknown(text);
        result += take_up_to(text, unknown_text);
        // Two beside each other are no more to be told apart than their texts are.
        while (text.starts_with(unknown_text)) text.remove_prefix(unknown_text.size());
        if (unknown) result += "***";
    }
    return result;
}

// The lines of a text that hold unknown parts, by what stands in front of the first one.
std::multimap<std::string_view, std::string_view> unknown_lines(std::string_view text) {
    std::multimap<std::string_view, std::string_view> lines;
    while (!text.empty()) {
        const std::string_view line = take_up_to(text, "\n");
        const std::string_view before = line.substr(0, line.find(unknown_text));
        if (before.size() == line.size()) continue;
        const auto [first, last] = lines.equal_range(before);
        const bool known = std::any_of(first, last, [&](const auto& one) { return one.second == line; });
        if (!known) lines.emplace(before, line);
    }
    return lines;
}

}  // namespace

bool matches(std::string_view text, std::string_view bytes) {
    if (text == bytes) return true;
    const std::string_view first = text.substr(0, text.find(unknown_text));
    if (first.size() == text.size() || !bytes.starts_with(first)) return false;
    std::size_t at = first.size();
    text.remove_prefix(first.size() + unknown_text.size());
    while (true) {
        const bool last = !holds_unknown(text);
        const std::string_view piece = take_up_to(text, unknown_text);
        const std::size_t tag = std::min(bytes.find('<', at), bytes.size());
        // Behind the unknown part the piece begins before the next tag, or with it.
        const std::size_t own_tag = piece.find('<');
        std::size_t found = bytes.substr(0, tag).find(piece, at);
        if (own_tag != std::string_view::npos)
            found = own_tag <= tag - at && bytes.substr(tag - own_tag).starts_with(piece)
                        ? tag - own_tag
                        : std::string_view::npos;
        if (last && own_tag == std::string_view::npos)
            found = tag == bytes.size() && bytes.substr(at).ends_with(piece) ? bytes.size() - piece.size()
                                                                             : std::string_view::npos;
        if (found == std::string_view::npos) return false;
        at = found + piece.size();
        if (last) return at == bytes.size();
    }
}

Blanked without_unknown(std::string_view text, std::string_view bytes) {
    Blanked blanked{.text = with_blanks(text), .bytes = {}};
    const auto lines = unknown_lines(text);
    while (!bytes.empty()) {
        const bool ended = bytes.find('\n') != std::string_view::npos;
        const std::string_view line = take_up_to(bytes, "\n");
        // Up to the text of an element; a line of another file begins with the unknown part.
        std::string_view meant = line;
        for (std::size_t end = line.find('>') + 1; end <= line.size(); ++end) {
            const auto [first, last] = lines.equal_range(line.substr(0, end));
            const auto same =
                std::find_if(first, last, [&](const auto& one) { return matches(one.second, line); });
            if (same == last) continue;
            meant = same->second;
            break;
        }
        blanked.bytes += with_blanks(meant);
        if (ended) blanked.bytes += '\n';
    }
    return blanked;
}

}  // namespace dectprov
