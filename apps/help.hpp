// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace CLI {
class App;
}

namespace dectprov {

// What `--help` prints of a subcommand, or of the whole program, in lines of at most 80 columns: how it is
// called, its options and those that every subcommand takes, what its exit statuses mean, and two commands as
// one types them.
std::string help_of(const CLI::App& app);

}  // namespace dectprov
