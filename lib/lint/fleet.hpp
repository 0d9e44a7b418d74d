// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "analysis/resolve.hpp"
#include "diag/finding.hpp"
#include "lint/read_again.hpp"
#include "model/server.hpp"

namespace dectprov {

// The handsets of one server, kept for the comparison across servers when its records are gone: some bytes a
// user. Places are worked out from the files again where two servers have one handset.
class Handsets {
public:
    // `sources` names the files in which the users stand.
    void collect(const Server& server, const SourceSet& sources);
    // One user of the server.
    void add(const UserView& user, const SourceSet& sources);

    struct Handset {
        std::uint64_t number;  // EMC and PSN
        std::uint32_t file;    // into `files`
        std::uint32_t begin;   // of the value, in bytes
        std::uint32_t end;
        std::uint32_t user;  // from 1
    };
    std::string identity;
    std::string folder;  // servers are compared within one
    std::string prefix;  // of the users' paths: "user", "servers[1].users"
    struct File {
        std::string path;
        std::string encoding;  // that a table is said to be in; mostly empty
    };
    std::vector<File> files;
    std::vector<Handset> handsets;

private:
    // The files met so far by their place in `files`, the last one last.
    std::vector<std::pair<FileId, std::uint32_t>> known_;
};

// `fleet/duplicate-ipei`: one finding a pair of servers that follow each other in order, at the later.
// `info_of` says what is known of a file by its path.
std::vector<Finding> compare_handsets(ReadAgain& files, const std::vector<Handsets>& servers,
                                      const std::function<SourceInfo(const std::string&)>& info_of,
                                      const Thresholds& thresholds);

}  // namespace dectprov
