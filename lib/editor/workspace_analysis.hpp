// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "analysis/rule_index.hpp"
#include "diag/baseline.hpp"
#include "editor/workspace.hpp"
#include "source/failure.hpp"

namespace dectprov {

// A walk over the folders, and what was found there.
struct Workspace::Analysis {
    Analysis(Files texts, ThreadPool& pool, const WorkspaceOptions& options,
             const std::vector<std::string>& paths, const std::vector<std::string>& config_folders,
             const std::atomic<bool>& stopped)
        : files(std::move(texts)),
          configs(files, options.config, options.no_config, rule_index()),
          inputs(find_inputs(files, paths, {.servers = options.servers, .stopped = &stopped}, configs)),
          session(files, pool, options_of(options)),
          lint(session, inputs) {
        if (options.baseline) {
            names = names_beside(files, *options.baseline);
            if (const auto text = files.read_if_there(*options.baseline))
                baseline = Baseline(*options.baseline, *text);
        }
        // A configuration file that is open is looked at though it may apply to nothing yet.
        for (const std::string& folder : config_folders) {
            try {
                configs.for_folder(folder);
            } catch (const Failure& failure) {
                config_failures.emplace_back(failure.what());
            }
        }
    }

    static AnalysisOptions options_of(const WorkspaceOptions& workspace) {
        AnalysisOptions options;
        options.servers = workspace.servers;
        // The editor shows the lines.
        options.thresholds.quotes = std::nullopt;
        return options;
    }

    Files files;
    ConfigFiles configs;
    Inputs inputs;
    Session session;
    IncrementalLint lint;
    std::vector<std::string> config_failures = {};
    Baseline baseline = {};
    FileNames names = {};  // that the baseline has for files
};

}  // namespace dectprov
