// SPDX-License-Identifier: MIT
#include "lint/lint.hpp"

#include <numeric>

#include "lint/incremental.hpp"

namespace dectprov {

LintResult lint(const Session& session, const Inputs& inputs,
                const std::function<void(const Progress&)>& progress) {
    IncrementalLint all(session, inputs);
    std::vector<std::size_t> units(all.units());
    std::iota(units.begin(), units.end(), std::size_t{0});
    all.work(units, progress);
    return all.take();
}

}  // namespace dectprov
