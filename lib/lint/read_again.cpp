// SPDX-License-Identifier: MIT
#include "lint/read_again.hpp"

#include "source/failure.hpp"

namespace dectprov {

std::string ReadAgain::read(const std::string& path) {
    try {
        return files_.read(path);
    } catch (const Failure& failure) {
        failures_.emplace(path, failure.what());
        return {};
    }
}

bool ReadAgain::holds(const std::string& path, std::string_view text, std::size_t end) {
    if (end <= text.size()) return true;
    failures_.emplace(path, "cannot read " + path + ": another program changed it during the run");
    return false;
}

}  // namespace dectprov
