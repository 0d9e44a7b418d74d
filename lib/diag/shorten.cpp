// SPDX-License-Identifier: MIT
#include "diag/shorten.hpp"

#include <fmt/format.h>

#include <cstddef>
#include <string_view>

namespace dectprov {
namespace {

constexpr std::size_t longest_message = 400;  // bytes; one that is not longer is left alone
constexpr std::size_t longest_quoted = 160;
constexpr std::size_t shown = 60;
constexpr std::size_t longest_whole = 4000;

// As many characters as fit in that many bytes.
std::string_view beginning(std::string_view text, std::size_t bytes) {
    std::size_t end = bytes;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0U) == 0x80U) --end;
    return text.substr(0, end);
}

std::size_t characters(std::string_view text) {
    std::size_t count = 0;
    for (const char c : text) count += (static_cast<unsigned char>(c) & 0xc0U) != 0x80U ? 1 : 0;
    return count;
}

std::string cut(std::string_view text, std::size_t bytes, std::string_view behind) {
    return fmt::format("{}…{} ({} characters)", beginning(text, bytes), behind, characters(text));
}

}  // namespace

std::string shortened_name(std::string_view name) {
    return name.size() <= longest_quoted ? std::string(name) : cut(name, shown, "");
}

std::string shortened(std::string message) {
    if (message.size() <= longest_message) return message;
    std::string out;
    std::string_view rest = message;
    while (true) {
        const std::size_t open = rest.find('\'');
        const std::size_t close = open == std::string_view::npos ? open : rest.find('\'', open + 1);
        if (close == std::string_view::npos) break;
        const std::string_view quoted = rest.substr(open + 1, close - open - 1);
        if (quoted.size() > longest_quoted) {
            out += rest.substr(0, open + 1);
            out += cut(quoted, shown, "'");
        } else {
            out += rest.substr(0, close + 1);
        }
        rest.remove_prefix(close + 1);
    }
    out += rest;
    if (out.size() <= longest_whole) return out;
    return cut(out, longest_whole, "");
}

}  // namespace dectprov
