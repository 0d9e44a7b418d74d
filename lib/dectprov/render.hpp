// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "dectprov/lint.hpp"

namespace dectprov::api {

struct RenderOptions {
    LintOptions lint = {};
    // The folder of the files that were published last, for `version: auto` and rules that compare with it;
    // empty: none.
    std::string previous = {};
};

struct RenderedFile {
    std::string name;  // "0013d1800032-config.xml"
    std::string bytes;
    bool secret = false;  // holds a password or the like: to be written for its owner and group alone
};

struct RenderReport {
    std::vector<RenderedFile> files;  // in the order in which they are to be published; none where it is bad
    std::vector<Finding> findings;    // of the description
    std::vector<std::string> failures;  // what could not be read, a message each
    bool bad = false;                   // there are errors
};

// The files that a site description yields, with its secrets read from the environment and from files.
// Nothing is written.
RenderReport render(const std::string& site, const RenderOptions& options = {});

}  // namespace dectprov::api
