// SPDX-License-Identifier: MIT
#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/session.hpp"
#include "analysis/site_unit.hpp"
#include "diag/finding.hpp"
#include "load/inputs.hpp"
#include "load/site.hpp"
#include "output/file_set.hpp"
#include "source/files.hpp"

namespace dectprov {

// A server that is asked for, and its files as a tree has them or a description yields them.
struct DescribedServer {
    ServerInput input;
    std::string below = {};            // its folder below the one that was named: where copies are kept
    std::string source = {};           // the description; empty for a tree
    const SiteServer* site = nullptr;  // of a description

    // Whether there is a file of exactly this name.
    [[nodiscard]] bool has(std::string_view name) const;
    [[nodiscard]] std::string path_of(std::string_view name) const { return join(input.folder, name); }
};

// What the inputs of a run say that provisioning servers are to serve: files on disk, and those that site
// descriptions yield, in memory beside their descriptions.
class Described {
public:
    // `session` and `inputs` must outlive this; `paths`: as they were named. Descriptions are rendered, so
    // the session resolves references. One with errors has findings instead of servers.
    Described(const Session& session, const Inputs& inputs, const std::vector<std::string>& paths);

    // A server of which nothing is described.
    void add(const Identity& identity, const ConfigFile* config);

    [[nodiscard]] const std::vector<DescribedServer>& servers() const { return servers_; }
    [[nodiscard]] const Files& files() const { return files_; }
    [[nodiscard]] const std::vector<Finding>& findings() const { return findings_; }
    [[nodiscard]] const std::vector<std::string>& failures() const { return failures_; }

    // Settles `version: auto` as `render` does over an earlier output: a group that is served with the same
    // settings keeps its version. `served`: what is served, by the paths of this.
    void settle(std::size_t number, const Files& served);

private:
    void add_site(const SiteInput& input);
    void add_files(DescribedServer& to, std::vector<OutputFile> made);

    const Session& session_;
    Files files_;
    std::deque<SiteUnit> sites_;
    std::deque<ServerInput::Names> neighbours_;
    std::vector<DescribedServer> servers_;
    std::vector<Finding> findings_;
    std::vector<std::string> failures_;
};

}  // namespace dectprov
