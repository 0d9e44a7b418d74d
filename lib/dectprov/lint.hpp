// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

// The library as other programs use it: lint.hpp, read.hpp and render.hpp, and nothing else that it is built
// of. What they declare keeps its meaning within a major version. Everything throws std::runtime_error where
// the file system refuses or a name is wrong (a model that there is not); what a file says wrongly is a
// finding.
namespace dectprov::api {

struct LintOptions {
    // 200, 400, 6500, vso, 2500 or 8000; empty: as .dectprov.yaml and the files say.
    std::string model = {};
    // MAC addresses or UUIDs in any usual notation; empty: all servers.
    std::vector<std::string> servers = {};
    // This configuration file instead of the nearest .dectprov.yaml; an empty text: none at all.
    std::optional<std::string> config = {};
    // Folders that what descriptions name may lead to besides their own repository.
    std::vector<std::string> allow_outside = {};
    unsigned threads = 1;
};

enum class Severity : std::uint8_t { note, warning, error };

// A place in a file, from 1; columns count code points. The end is the first column that is not part of it.
struct Place {
    std::string file;
    std::uint32_t line = 1;
    std::uint32_t column = 1;
    std::uint32_t end_line = 1;
    std::uint32_t end_column = 1;
};

// As `dectprov lint --format json` gives it. No text of it holds a secret.
struct Finding {
    std::string rule;  // "value/range"
    Severity severity = Severity::note;
    Place place;
    std::string path;    // "user[2].username"; may be empty
    std::string server;  // the MAC address or UUID; may be empty
    std::string message;
    std::string help;    // may be empty
    bool fails = false;  // at or above the severity that makes `dectprov lint` end with 1
};

struct LintReport {
    std::vector<Finding> findings;      // sorted by place; without those that a comment suppresses
    std::vector<std::string> failures;  // what could not be read, a message each
    std::size_t files = 0;
    std::size_t servers = 0;
};

// Checks files, folders of them and site descriptions, as `dectprov lint` does.
LintReport lint(const std::vector<std::string>& paths, const LintOptions& options = {});

}  // namespace dectprov::api
