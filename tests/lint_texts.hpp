// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "analysis/rule_index.hpp"
#include "analysis/session.hpp"
#include "diag/format.hpp"
#include "lint/lint.hpp"
#include "load/config_file.hpp"
#include "load/inputs.hpp"
#include "source/failure.hpp"
#include "source/files.hpp"
#include "source/thread_pool.hpp"

// `lint` of a tree in memory, without a disk and without the command line.
namespace lint_texts {

using NamedTexts = std::vector<std::pair<std::string, std::string>>;

struct Linted {
    // The rules of policies are theirs.
    std::unique_ptr<dectprov::Files> files;
    std::unique_ptr<dectprov::ConfigFiles> configs;
    dectprov::Results results;
    std::vector<std::string> told;  // what could not be read, and what was passed over
};

inline Linted lint(const NamedTexts& texts, unsigned threads) {
    using namespace dectprov;
    Linted linted;
    linted.files = std::make_unique<Files>(Files::memory());
    Files& files = *linted.files;
    for (const auto& [name, text] : texts) files.lay_over(name, text);
    try {
        linted.configs = std::make_unique<ConfigFiles>(files, std::nullopt, false, rule_index());
        ConfigFiles& configs = *linted.configs;
        ThreadPool pool(threads);
        const Session session(files, pool, {.thresholds = {.keep_suppressed = true}});
        const Inputs inputs = find_inputs(files, {"."}, {.tell_passed_over = true}, configs);
        for (const PassedOver& one : inputs.passed_over) linted.told.push_back(one.path + one.why);
        LintResult result = dectprov::lint(session, inputs);
        for (std::string& failure : result.failures) linted.told.push_back(std::move(failure));
        linted.results = {.findings = std::move(result.findings),
                          .hidden = std::move(result.suppressed_findings),
                          .summary = {}};
    } catch (const Failure& failure) {
        linted.told.emplace_back(failure.what());
    }
    return linted;
}

// What the formats print that show something of their own.
inline std::string printed(const Linted& linted) {
    using namespace dectprov;
    std::ostringstream out;
    for (const std::string& line : linted.told) out << line << '\n';
    for (const auto print : {print_text, print_json, print_sarif, print_html, print_github})
        print(out, linted.results, {});
    return std::move(out).str();
}

}  // namespace lint_texts
