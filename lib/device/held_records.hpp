// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "catalog/catalog.hpp"
#include "device/settings.hpp"
#include "doc/tree.hpp"
#include "model/server.hpp"

namespace dectprov {

// What a server or its handsets hold besides the server's own settings, as an export of it says: a users
// file, or the file of a handset group. Users are "user[9997].displayname", settings of a group
// "data.vibrate.active".
struct HeldRecords {
    std::optional<std::uint32_t> group;  // its number; nothing: users
    std::vector<HeldSetting> settings;
    std::string version = {};  // of the group; "" where the export does not say it
};

// Of the XML of such a file; nothing where its root is another. Throws Failure with the place of what is
// wrong.
std::optional<HeldRecords> read_records(const std::string& name, std::string bytes, const Catalog& catalog);

// The same after the import of what `server` has. The list of users becomes the one of the file; what a group
// does not set stays in the handsets as it is, and so does all of it where the group is not sent. Throws
// Failure where the server has no such file.
std::vector<HeldSetting> after_import(const HeldRecords& held, const Server& server, std::string_view what);

// Why the handsets do not get what the group has: "the version of group 5 is still 1", "group 5 is not in
// the list". Empty where they get it, or may.
std::string why_not_sent(const HeldRecords& held, const Server& server);

}  // namespace dectprov
