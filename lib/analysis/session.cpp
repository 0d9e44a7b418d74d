// SPDX-License-Identifier: MIT
#include "analysis/session.hpp"

#include <algorithm>

namespace dectprov {

bool Session::wants(std::string_view identity) const {
    return options_.servers.empty() ||
           std::ranges::find(options_.servers, identity) != options_.servers.end();
}

}  // namespace dectprov
