// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <utility>

#include "analysis/session.hpp"
#include "diff/compare.hpp"
#include "lint/lint.hpp"
#include "source/thread_pool.hpp"

// What a command does with files that a test has made, in a session of its own.
namespace analyse {

inline dectprov::LintResult lint(const dectprov::Files& files, const dectprov::Inputs& inputs,
                                 dectprov::AnalysisOptions options = {}, unsigned threads = 1) {
    dectprov::ThreadPool pool(threads);
    const dectprov::Session session(files, pool, std::move(options));
    return dectprov::lint(session, inputs);
}

// One side of a comparison.
struct Side {
    const dectprov::Files& files;
    dectprov::Inputs inputs;
    std::string root = ".";
};

inline dectprov::Comparison compare(Side before, Side after, unsigned threads = 1) {
    dectprov::ThreadPool pool(threads);
    const dectprov::Session old_session(before.files, pool, {});
    const dectprov::Session new_session(after.files, pool, {});
    return dectprov::compare(
        {.session = &old_session, .inputs = std::move(before.inputs), .root = std::move(before.root)},
        {.session = &new_session, .inputs = std::move(after.inputs), .root = std::move(after.root)});
}

}  // namespace analyse
