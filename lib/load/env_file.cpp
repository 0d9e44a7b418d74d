// SPDX-License-Identifier: MIT
#include "load/env_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>

#include "catalog/characters.hpp"
#include "source/encoding.hpp"
#include "source/failure.hpp"

namespace dectprov {
namespace {

// A value that begins with a quote is as a shell reads it: quotes are none of it, and within double ones a
// backslash keeps what a shell would take for something else. Any other stands as it is, since container
// runtimes take it so. False where a quote is not closed.
bool unquote(std::string_view value, std::string& out) {
    if (!value.starts_with('\'') && !value.starts_with('"')) {
        out = value;
        return true;
    }
    for (std::size_t at = 0; at < value.size(); ++at) {
        const char quote = value[at];
        if (quote != '\'' && quote != '"') {
            if (quote == '\\' && at + 1 < value.size()) ++at;
            out += value[at];
            continue;
        }
        for (++at; at < value.size() && value[at] != quote; ++at) {
            constexpr std::string_view kept = "\\\"$`";
            const bool escaped = quote == '"' && value[at] == '\\' && at + 1 < value.size() &&
                                 kept.find(value[at + 1]) != std::string_view::npos;
            if (escaped) ++at;
            out += value[at];
        }
        if (at >= value.size()) return false;
    }
    return true;
}

}  // namespace

bool is_environment_name(std::string_view name) {
    return !name.empty() && !is_digit(name.front()) &&
           std::ranges::all_of(name, [](char c) { return is_alphanumeric(c) || c == '_'; });
}

void EnvFiles::add(const std::string& path, std::string_view text) {
    const Decoded decoded = decode_text(std::string(text));
    std::string_view rest = decoded.text;
    for (std::size_t number = 1; !rest.empty(); ++number) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        std::string_view line = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        if (line.ends_with('\r')) line.remove_suffix(1);
        line = trimmed(line, line_blanks);
        if (line.empty() || line.front() == '#') continue;
        constexpr std::string_view word = "export ";
        if (line.starts_with(word)) line = trimmed(line.substr(word.size()));
        const std::size_t equals = line.find('=');
        const std::string_view name = line.substr(0, equals);
        if (equals == std::string_view::npos || !is_environment_name(name))
            throw Failure(
                fmt::format("{}:{}:1: error: the line does not have the form NAME=VALUE", path, number));
        std::string value;
        if (!unquote(line.substr(equals + 1), value))
            throw Failure(fmt::format("{}:{}:1: error: the quote of the value is not closed", path, number));
        values_.insert_or_assign(std::string(name), std::move(value));
    }
}

const char* EnvFiles::find(std::string_view name) const {
    const auto found = values_.find(name);
    return found == values_.end() ? nullptr : found->second.c_str();
}

}  // namespace dectprov
