// SPDX-License-Identifier: MIT
#include "editor/uri.hpp"

#include "diag/escape.hpp"
#include "source/files.hpp"

namespace dectprov {
namespace {

int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

// Nothing where a '%' is followed by no byte, or by the one that no path has.
std::optional<std::string> decoded(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            out += text[i];
            continue;
        }
        if (i + 2 >= text.size()) return std::nullopt;
        const int high = hex_value(text[i + 1]);
        const int low = hex_value(text[i + 2]);
        if (high < 0 || low < 0) return std::nullopt;
        out += static_cast<char>(high * 16 + low);
        i += 2;
    }
    if (out.find('\0') != std::string::npos) return std::nullopt;
    return out;
}

}  // namespace

std::optional<std::string> path_of_uri(std::string_view uri) {
    constexpr std::string_view scheme = "file://";
    if (!uri.starts_with(scheme)) return std::nullopt;
    uri.remove_prefix(scheme.size());
    constexpr std::string_view this_machine = "localhost/";
    if (uri.starts_with(this_machine)) uri.remove_prefix(this_machine.size() - 1);
    if (!uri.starts_with('/')) return std::nullopt;
    const auto path = decoded(uri.substr(0, uri.find_first_of("?#")));
    if (!path) return std::nullopt;
    return normal(*path);
}

std::string uri_of_path(std::string_view path) {
    std::string uri;
    append_uri(uri, path);
    return uri;
}

}  // namespace dectprov
