// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "dectprov/lint.hpp"

namespace dectprov::api {

// A value as the file says it, with the white space around it taken off. A secret that a description names
// (`${env:NAME}`) stands there as it is written; one that a file holds is given, so mind where it goes.
using Setting = std::pair<std::string, std::string>;  // "sip.dtmf.duration", "270"

// The settings of a user, by the names of the elements: "username", "ipei".
using User = std::vector<Setting>;

struct HandsetGroup {
    std::uint32_t number = 0;
    std::string version;            // "auto" where a description says so
    std::vector<Setting> settings;  // "ringing_volume.volume"
};

struct Server {
    std::string identity;             // twelve hexadecimal digits, or a UUID in lower case
    std::string name;                 // of a description; may be empty
    std::string source;               // the folder of the files, or the description
    std::vector<std::string> models;  // those that fit all that is known; one where it is declared
    bool merge = false;               // the configuration is merged into what the server holds
    std::vector<Setting> settings;    // in the order of the catalogue
    std::vector<User> users;
    std::vector<HandsetGroup> groups;
};

struct ReadResult {
    std::vector<Server> servers;
    std::vector<std::string> failures;  // what could not be read, a message each
};

// The servers of files, folders and site descriptions. Files with errors give what could be read of them:
// lint() says what is wrong.
ReadResult read(const std::vector<std::string>& paths, const LintOptions& options = {});

}  // namespace dectprov::api
