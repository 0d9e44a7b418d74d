// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compare/side_index.hpp"
#include "load/site.hpp"
#include "model/server.hpp"
#include "source/source_set.hpp"

namespace dectprov {

// What a firmware's version file says as it is compared, whatever way it is written.
std::string firmware_version_text(std::string_view text);

// The text of a firmware's version file by its name, and whether it holds what only `render` knows.
struct KnownText {
    std::string text;
    bool opaque = false;
};
using FirmwareTexts = std::map<std::string, KnownText, std::less<>>;
// What the servers of a description yield together: they share an output folder.
FirmwareTexts firmware_texts(const Site& site);

// One side of the comparison of a server.
struct Side {
    const Server* server = nullptr;    // null: the server is not there
    const SiteServer* site = nullptr;  // where it comes from a site description
    const SourceSet* sources = nullptr;
    const FirmwareTexts* beside = nullptr;  // the version files that other servers of the description yield
    std::string root = {};                  // the folder that was named; names of files are told from there
    // Firmware files that the server fetches although its configuration on this side does not name them.
    std::vector<std::string> held_firmware = {};
    SideIndex index = SideIndex(server, site);  // made again where the server gets another file or group
};

// The server's file for a role; null where there is none. `group` counts for groups alone.
const InputFile* file_of(const Side& side, Role role, std::uint32_t group = 0);

// The bytes of one of its files; empty where it was not read.
std::string_view text_of(const Side& side, const InputFile& file);

// A path as it is told: from the folder that was named.
std::string below_root(const Side& side, const std::string& path);

// The group of that number; null where there is none.
const HandsetGroup* group_of(const Side& side, std::uint32_t number);

// The first line of the list that is of a group; null where there is none.
const VersionLine* line_of(const Side& side, std::uint32_t group);

// The version of a group on a side as the list gives it: nothing where there is none, or where it is `auto`.
struct GroupVersion {
    std::string listed;  // "" where the list does not name the group
    std::string stated;  // info.version of its file
    bool automatic = false;
};
GroupVersion version_of(const Side& side, std::uint32_t group);

// Whether a server that fetches groups sends this one: its list names it, and its file is there. Files that
// cannot be read may do so.
bool may_send(const Side& side, std::uint32_t group);

// The number that digits say; 0 for what is no number.
std::uint32_t group_number(std::string_view digits);

// What the version file of a firmware says: nothing where there is none.
struct FirmwareText {
    std::optional<std::string> text = {};
    bool opaque = false;  // holds a reference that only `render` reads
    bool secret = false;  // came out of a secret
    bool maybe = false;   // nothing is known of a file, but there may be one: its name is a reference
};

// The names of the firmware files that a configuration gives or the server holds, with the texts of their
// version files.
std::map<std::string, FirmwareText> firmware_of(const Side& side);

}  // namespace dectprov
