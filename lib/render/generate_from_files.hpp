// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "analysis/conclude.hpp"
#include "analysis/session.hpp"
#include "catalog/catalog.hpp"
#include "diag/diagnostic.hpp"
#include "load/config_file.hpp"
#include "source/files.hpp"
#include "source/source_set.hpp"
#include "source/thread_pool.hpp"

namespace dectprov {

// What `generate` makes from files that the user has. `text` is complete where no finding is an error.
struct GeneratedFile {
    std::vector<Finding> findings;
    std::string text;
};

// From a table of users, their file for a server of `model`. What is laid over `table` is taken instead of
// the file. Throws Failure where the table cannot be read.
GeneratedFile users_of_table(Files files, ThreadPool& pool, const ConfigFile* config,
                             const AnalysisOptions& options, Model model, const std::string& table);

// From the group files of a folder, the list of their versions. Throws Failure where the folder has no group
// file, or group files of several servers of those that the session asks for.
GeneratedFile version_list_of_folder(const Session& session, const Catalog& catalog,
                                     const std::string& folder);

// The findings about files and settings that no server was read for.
std::vector<Finding> findings_of(const Session& session, const SourceSet& sources, Report& report);

}  // namespace dectprov
