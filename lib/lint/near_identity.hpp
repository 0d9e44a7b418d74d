// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "analysis/resolve.hpp"
#include "diag/finding.hpp"
#include "lint/read_again.hpp"
#include "load/inputs.hpp"

namespace dectprov {

// `file/near-identity`: servers of one folder whose identities differ in one digit, where one has no
// configuration and the other nothing of what the first has. `info_of` says what is known of a file by its
// path.
std::vector<Finding> compare_identities(ReadAgain& files, const std::vector<ServerInput>& servers,
                                        const std::function<SourceInfo(const std::string&)>& info_of,
                                        const Thresholds& thresholds);

}  // namespace dectprov
