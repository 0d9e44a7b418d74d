// SPDX-License-Identifier: MIT
#include "diag/rule.hpp"

#include <algorithm>
#include <array>

namespace dectprov {
namespace {

// In the order of the enumerators.
constexpr std::array<std::string_view, 4> severity_names = {"off", "note", "warning", "error"};

}  // namespace

std::string_view to_text(Severity severity) { return severity_names.at(static_cast<std::size_t>(severity)); }

std::optional<Severity> find_severity(std::string_view text) {
    const auto found = std::ranges::find(severity_names, text);
    if (found == severity_names.end()) return std::nullopt;
    return static_cast<Severity>(found - severity_names.begin());
}

}  // namespace dectprov
