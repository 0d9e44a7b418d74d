// SPDX-License-Identifier: MIT
#include <algorithm>
#include <optional>
#include <vector>

#include "load/config_file.hpp"

namespace dectprov {
namespace {

std::vector<std::string_view> split(std::string_view path) {
    std::vector<std::string_view> names;
    while (true) {
        const std::size_t slash = path.find('/');
        names.push_back(path.substr(0, slash));
        if (slash == std::string_view::npos) return names;
        path.remove_prefix(slash + 1);
    }
}

bool has_wildcard(std::string_view name) { return name.find_first_of("*?[") != std::string_view::npos; }

// Whether `c` is in the set that `pattern` starts with ("[a-z]"); `length` is that of the set. Nothing where
// the bracket is not closed: then it stands for itself.
std::optional<bool> in_set(std::string_view pattern, char c, std::size_t& length) {
    std::size_t i = 1;
    const bool negated = i < pattern.size() && (pattern[i] == '!' || pattern[i] == '^');
    if (negated) ++i;
    bool found = false;
    const std::size_t first = i;
    for (; i < pattern.size() && (pattern[i] != ']' || i == first); ++i) {
        const char low = pattern[i];
        char high = low;
        if (i + 2 < pattern.size() && pattern[i + 1] == '-' && pattern[i + 2] != ']') {
            high = pattern[i + 2];
            i += 2;
        }
        found = found || (low <= c && c <= high);
    }
    if (i >= pattern.size()) return {};
    length = i + 1;
    return found != negated;
}

// One character of a name against the front of a pattern: how much of the pattern it takes, 0 for no match.
std::size_t match_one(std::string_view pattern, char c) {
    if (pattern.empty()) return 0;
    if (pattern[0] == '?') return 1;
    if (pattern[0] == '[') {
        std::size_t length = 0;
        if (const std::optional<bool> is_in = in_set(pattern, c, length)) return *is_in ? length : 0;
    }
    if (pattern[0] == '\\' && pattern.size() > 1) return pattern[1] == c ? 2 : 0;
    return pattern[0] == c ? 1 : 0;
}

// A mismatch goes back to the last '*' alone, so the work is at most the product of the lengths.
bool name_matches(std::string_view pattern, std::string_view name) {
    std::size_t p = 0;
    std::size_t n = 0;
    std::optional<std::size_t> star;
    std::size_t star_name = 0;
    while (n < name.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = ++p;
            star_name = n;
        } else if (const std::size_t taken = match_one(pattern.substr(p), name[n]); taken != 0) {
            p += taken;
            ++n;
        } else if (star) {
            p = *star;
            n = ++star_name;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == '*') ++p;
    return p == pattern.size();
}

// The same over the names of a path, "**" being the star. `below`: what is left of the path does not matter.
bool path_matches(const std::vector<std::string_view>& pattern, const std::vector<std::string_view>& path,
                  bool below) {
    std::size_t p = 0;
    std::size_t n = 0;
    std::optional<std::size_t> star;
    std::size_t star_name = 0;
    while (n < path.size()) {
        if (p == pattern.size() && below) return true;
        if (p < pattern.size() && pattern[p] == "**") {
            star = ++p;
            star_name = n;
        } else if (p < pattern.size() && name_matches(pattern[p], path[n])) {
            ++p;
            ++n;
        } else if (star) {
            p = *star;
            n = ++star_name;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == "**" && p + 1 != pattern.size()) ++p;
    // "a/**" is what is in a, not a itself; where the star took the last name, it is used up.
    return p == pattern.size();
}

}  // namespace

bool glob_matches(std::string_view pattern, std::string_view path) {
    std::string whole(pattern);
    if (whole.ends_with('/')) whole += "**";
    std::string_view left = whole;
    if (left.starts_with("./")) left.remove_prefix(2);
    const bool anywhere = left.find('/') == std::string_view::npos && left != "**";
    if (left.starts_with('/')) left.remove_prefix(1);
    if (path.starts_with("./")) path.remove_prefix(2);
    const std::vector<std::string_view> names = split(path);
    if (anywhere) {
        return std::ranges::any_of(
            names, [&](std::string_view name) { return !name.empty() && name_matches(left, name); });
    }
    const std::vector<std::string_view> parts = split(left);
    return path_matches(parts, names, !has_wildcard(parts.back()));
}

}  // namespace dectprov
