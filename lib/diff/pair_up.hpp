// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "analysis/site_unit.hpp"
#include "compare/side.hpp"
#include "load/inputs.hpp"

namespace dectprov {

// A site description that stays for as long as its servers are compared. Its sources and trees are for one
// thread at a time.
struct OpenSite {
    OpenSite(const Session& session, const SiteInput& input, std::vector<const Rule*> off)
        : unit(session, input, std::move(off)), config(input.config) {}

    SiteUnit unit;
    const ConfigFile* config;
    FirmwareTexts firmware = {};  // what its servers yield together
    std::optional<std::string> failure = {};
    std::mutex mutex = {};
};

// A server on one side, before its files are read.
struct SideServer {
    std::string identity;
    std::string folder;                  // below the folder that was named
    const ServerInput* input = nullptr;  // its files, or
    OpenSite* site = nullptr;            // its description, and which of the description's servers it is
    std::size_t index = 0;
    std::optional<std::string> replaces = {};
    std::string name = {};  // of the description, where it has one
};

// A server on both sides, or on one.
struct ServerPair {
    const SideServer* before = nullptr;
    const SideServer* after = nullptr;
};

// By identity in the same folder, then by identity, then by what a new server replaces. `alone`: one file was
// named on each side, and whatever they are called they are to be compared. In the order of the identities.
std::vector<ServerPair> pair_up(const std::deque<SideServer>& before, const std::deque<SideServer>& after,
                                bool alone);

}  // namespace dectprov
