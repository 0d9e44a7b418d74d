// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "analysis/session.hpp"
#include "dectprov/lint.hpp"
#include "diag/finding.hpp"
#include "load/config_file.hpp"
#include "load/inputs.hpp"
#include "source/files.hpp"
#include "source/thread_pool.hpp"

namespace dectprov::api {

// What a call works with, made of its options and gone with it.
class Run {
public:
    // Throws Failure for an unknown model and for what is no identity.
    Run(const LintOptions& options, AnalysisOptions analysis);

    [[nodiscard]] const Session& session() const { return session_; }
    [[nodiscard]] Inputs find(const std::vector<std::string>& paths);

private:
    Files files_;
    ThreadPool pool_;
    ConfigFiles configs_;
    Session session_;
};

std::vector<Finding> published(const std::vector<dectprov::Finding>& findings);

}  // namespace dectprov::api
