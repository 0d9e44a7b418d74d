// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "load/config_file.hpp"
#include "model/server.hpp"
#include "source/files.hpp"

namespace dectprov {

// A file to look at, before it is read.
struct Candidate {
    std::string path;
    FileName name;
    bool reported = true;
    bool dangling = false;  // a link that leads nowhere
};

// A file that a walk leaves out, though its name or its content look like ours.
struct PassedOver {
    std::string path;
    std::string why;
    bool is_description = false;  // by all but the order of its keys, or perhaps: it is empty
};

// What a run looks at: servers (an identity in one folder) and site descriptions, in byte order.
struct ServerInput {
    // Names of files.
    using Names = std::set<std::string, std::less<>>;

    std::string folder;
    Identity identity;             // Kind::none for a file whose name tells none
    std::vector<Candidate> files;  // by path
    const ConfigFile* config = nullptr;
    // The other files in the folder, where it was listed; hidden ones are left out.
    const Names* neighbours = nullptr;
};
struct SiteInput {
    std::string path;
    const ConfigFile* config = nullptr;
};
struct Inputs {
    std::vector<ServerInput> servers;
    std::vector<SiteInput> sites;
    std::map<std::string, ServerInput::Names, std::less<>> neighbours;  // by folder
    std::vector<PassedOver> passed_over;  // descriptions; others where that was asked for
    std::vector<std::string> failures;    // inputs that cannot be read, a message each: status 2 in the end
};

struct InputOptions {
    std::vector<std::string> servers = {};  // --server, identity texts; empty: all
    bool force_exclude = false;
    bool sites_only = false;  // render: other files are not wanted
    // Whether a file of a name that no server asks for stands in for the right one, where that is not there.
    // One that was named does in any case.
    bool stand_ins = true;
    bool tell_passed_over = false;
    // YAML files without a word: what is left of a description where a disk was full.
    bool tell_empty = false;
    // Once it is true, the walk ends as soon as it can, with a Failure; null: never.
    const std::atomic<bool>* stopped = nullptr;
    // Which paths are ignored (folders end in '/'), instead of what the configuration there says.
    std::function<bool(const std::string& path)> is_ignored = {};
};

// Walks folders in byte order (hidden ones skipped, `ignore:` honoured), takes named files whatever
// `ignore:` says, and adds the other files of their servers as context. Throws nothing for a bad path: it
// becomes a failure.
Inputs find_inputs(const Files& files, const std::vector<std::string>& paths, const InputOptions& options,
                   ConfigFiles& configs);

}  // namespace dectprov
