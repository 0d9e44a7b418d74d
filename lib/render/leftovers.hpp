// SPDX-License-Identifier: MIT
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/session.hpp"
#include "output/file_set.hpp"

namespace dectprov {

// What the descriptions of a run say of one folder of the output.
struct FolderClaims {
    using Names = std::set<std::string, std::less<>>;

    Names described;  // identities of all servers of the descriptions, and of those that they replace
    Names rendered;   // identities of the servers that this run renders
    Names firmware;   // the firmware files that these name, or named in the previous output
    Names versions;   // the firmware version files that the descriptions yield

    void take(FolderClaims more) {
        described.merge(more.described);
        rendered.merge(more.rendered);
        firmware.merge(more.firmware);
        versions.merge(more.versions);
    }
};

// Adds the firmware files that a server's configuration in the output folder names.
void add_previous_firmware(const Session& session, const std::string& folder, const std::string& identity,
                           FolderClaims::Names& names);

// The firmware version files (`NAME.ver`) in a folder that nobody yields any more: a rendered server names or
// named the firmware, no description yields its version file, and no server that this run does not render
// names it. `output`: the output folder; `subfolder` below it.
std::vector<std::string> unclaimed_versions(const Session& session, FileSet& set, const std::string& output,
                                            const std::string& subfolder, const FolderClaims& claims);

// The identities that have files in a folder and that no description names, in byte order.
std::vector<std::string> undescribed_servers(FileSet& set, const std::string& subfolder,
                                             const FolderClaims& claims);

}  // namespace dectprov
