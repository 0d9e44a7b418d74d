// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <string>
#include <vector>

#include "load/inputs.hpp"

namespace dectprov {

// What the descriptions of folders are called. "north/clinic" below the folder that was named makes
// "north-clinic"; where that is taken, as by a folder of this very name, a number makes it another.
class SiteNames {
public:
    // `paths`: what was named.
    SiteNames(const std::vector<ServerInput>& servers, const std::vector<std::string>& paths);

    [[nodiscard]] const std::string& of(const std::string& folder) const { return names_.at(folder); }

    // A folder whose name another one has.
    struct Clash {
        std::string folder;
        std::string name;  // that it has instead
        std::string other;
    };
    [[nodiscard]] const std::vector<Clash>& clashes() const { return clashes_; }

private:
    std::map<std::string, std::string> names_;
    std::vector<Clash> clashes_;
};

}  // namespace dectprov
