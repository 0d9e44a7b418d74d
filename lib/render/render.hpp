// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "diag/diagnostic.hpp"
#include "load/site.hpp"
#include "output/file_set.hpp"

namespace dectprov {

enum class Layout : std::uint8_t { flat, site };

// The folder of a site's files below the output folder: "" for the flat layout, else the name of the site,
// or of its file where it has none. Reports a name that is no folder's name.
std::string subfolder_of(const Site& site, Layout layout, Report& report);
// The same of a server, which may have a site of its own; `of_site`: what the description's is.
std::string subfolder_of(const SiteServer& server, const std::string& of_site, Layout layout, Report& report);

// What is settled of a handset group before its file is made; see settle_versions().
struct SettledGroup {
    std::string version;
    std::string bytes = {};  // of the file, where it had to be written to be compared; else empty
    bool unchanged = false;  // the earlier output holds these bytes
};

// The files of one server in publish order: group files, users, configuration and then the lists, since a
// server that reads a `.ver` at once asks for what it lists. `users_file`: the text of the users file, where
// it has been written already.
std::vector<OutputFile> render(const SiteServer& site, std::vector<SettledGroup> groups,
                               const std::string& subfolder, std::string users_file = {});

// Why nothing may be written of a description without an error, in which a name that is not known stands for
// what is missing (Site::stands_in).
std::string refusal_of_stand_in(const std::string& site);

// Which of `parts` equal parts of a fleet a server belongs to, from 1; by identity alone, so that jobs agree
// on it without talking to each other.
std::uint32_t shard_of(std::string_view identity, std::uint32_t parts);

}  // namespace dectprov
