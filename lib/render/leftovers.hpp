// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analysis/session.hpp"
#include "model/identity_set.hpp"
#include "output/file_set.hpp"

namespace dectprov {

// What the descriptions of a run say of one folder of the output.
struct FolderClaims {
    using Names = std::set<std::string, std::less<>>;

    IdentitySet described;          // all servers of the descriptions, and those that they replace
    IdentitySet rendered;           // the servers that this run renders, where something is pruned
    Names firmware;                 // the firmware files that these name, or named in the previous output
    Names versions;                 // the firmware version files that the descriptions yield
    bool unnamed_versions = false;  // and more, whose names are secrets that are not set here

    void take(FolderClaims more) {
        described.merge(std::move(more.described));
        rendered.merge(std::move(more.rendered));
        firmware.merge(more.firmware);
        versions.merge(more.versions);
        unnamed_versions = unnamed_versions || more.unnamed_versions;
    }
    // Asked for once all is taken.
    void settle() {
        described.settle();
        rendered.settle();
    }
};

// By subfolder; "" is the output folder itself.
using ClaimsByFolder = std::map<std::string, FolderClaims>;

// Adds the other folders below the output folder, which may be those of sites that went or have another name
// now. Of what lies there, no description names what belongs to a server that this run renders elsewhere.
void add_other_folders(const Session& session, FileSet& set, const std::string& output,
                       ClaimsByFolder& folders);

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

// Throws the Failure that says why nobody knows the servers of a description, which so may not be removed.
[[noreturn]] void refuse_to_prune(const std::string& site, const std::string& why);

// Puts what is to be removed in the reverse of the publish order: a list goes before the groups that it
// names.
void lists_first(std::vector<std::string>& removals);

}  // namespace dectprov
