// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

namespace dectprov {

// A page of the manual in mdoc(7), as man(1) and mandoc(1) read it.
struct ManPage {
    std::string file;  // "dectprov-lint.1"
    std::string text;
};

// dectprov(1) and a page a subcommand, from what `--help` says; dectprov-site(5) and dectprov.yaml(5) from
// the rows of the keys; dectprov-rules(7) from the rules. `date`: of the release, as "November 29, 2026".
std::vector<ManPage> man_pages(const std::string& date);

}  // namespace dectprov
