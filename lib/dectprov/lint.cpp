// SPDX-License-Identifier: MIT
#include "dectprov/lint.hpp"

#include <utility>

#include "dectprov/run.hpp"
#include "lint/lint.hpp"

namespace dectprov::api {

LintReport lint(const std::vector<std::string>& paths, const LintOptions& options) {
    Run run(options, {.thresholds = {.quotes = std::nullopt}});
    LintResult result = dectprov::lint(run.session(), run.find(paths));
    return {.findings = published(result.findings),
            .failures = std::move(result.failures),
            .files = result.files,
            .servers = result.servers};
}

}  // namespace dectprov::api
