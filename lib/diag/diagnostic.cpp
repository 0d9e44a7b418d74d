// SPDX-License-Identifier: MIT
#include "diag/diagnostic.hpp"

#include <algorithm>
#include <functional>
#include <utility>

namespace dectprov {

Report::Report(std::vector<const Rule*> off) : off_(std::move(off)) {
    // The caller promises the order; two callers that disagree about how addresses compare must not turn a
    // rule on again.
    std::ranges::sort(off_, std::less<>());
}

bool Report::on(const Rule& rule) const {
    return off_.empty() || !std::ranges::binary_search(off_, &rule, std::less<>());
}

bool Report::has_errors() const {
    return std::ranges::any_of(all_,
                               [](const Diagnostic& one) { return severity_of(one) == Severity::error; });
}

void Report::take(Report part) { std::ranges::move(part.all_, std::back_inserter(all_)); }

Diagnostic& Report::add(const Rule& rule, Place place, std::string message, std::string help) {
    return all_.emplace_back(Diagnostic{.rule = &rule,
                                        .place = std::move(place),
                                        .message = std::move(message),
                                        .help = std::move(help),
                                        .related = {},
                                        .fix = {},
                                        .severity = {}});
}

}  // namespace dectprov
