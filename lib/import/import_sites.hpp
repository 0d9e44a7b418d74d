// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "analysis/session.hpp"
#include "lint/lint.hpp"
#include "load/config_file.hpp"
#include "load/inputs.hpp"

namespace dectprov {

// What a run of `import` is to do.
struct ImportPlan {
    std::vector<std::string> paths;  // as given: descriptions in a folder are named by what is below them
    std::string output;              // SITE
    bool folder = false;             // SITE is a folder: a description a folder of the tree
    bool by_server = false;          // there, a description a server
    bool lift = false;               // what most servers have goes into a layer, or `defaults`
    bool tables = false;             // SITE is a folder: one description with tables of servers and users
    // Where users go that can be rows of a table: there where they are many, always, never.
    enum class Users : unsigned char { by_number, csv, yaml };
    Users users = Users::by_number;
    std::string schema = {};  // for the line that editors read
};

struct ImportedFile {
    std::string path;
    std::string text;
    std::string env_path = {};  // beside it; empty where nothing is secret
    std::string env = {};
    struct SecretFile {
        std::string path;
        std::string bytes;
    };
    std::vector<SecretFile> secret_files =
        {};                      // beside it, for secrets that no line of the env file can hold
    std::string_view what = {};  // it holds, where that is not servers and users
    std::size_t servers = 0;
    std::size_t users = 0;
    std::size_t secrets = 0;  // of the env file
};

struct ImportResult {
    std::vector<ImportedFile> files;   // the layer, if there is one, first; nothing where the files are `bad`
    LintResult before;                 // what the files are found to be
    std::vector<Finding> after;        // errors of the descriptions that the files have not
    std::size_t came_along = 0;        // errors of the files that are in the descriptions too
    std::vector<std::string> losses;   // "FILE:LINE:COLUMN: error: …": what the descriptions do not hold
    std::vector<std::string> remarks;  // what was decided
    std::vector<std::string> failures;  // what cannot be read: status 2
    bool bad = false;                   // the files have errors that no description can hold
};

// Makes site descriptions of servers, renders them in memory and compares. Nothing is written. `configs`:
// those of the session's inputs, into which findings point. Throws Failure for what cannot be imported at
// all.
ImportResult import_sites(const Session& session, Inputs inputs, ConfigFiles& configs,
                          const ImportPlan& plan);

}  // namespace dectprov
