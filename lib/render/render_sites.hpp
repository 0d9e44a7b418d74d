// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/session.hpp"
#include "diag/finding.hpp"
#include "load/inputs.hpp"
#include "output/file_set.hpp"
#include "render/render.hpp"
#include "render/render_counts.hpp"
#include "render/rendered_servers.hpp"

namespace dectprov {

struct RenderResult;

// What a run of `render` is to do.
struct RenderPlan {
    std::string output;    // the folder
    std::string previous;  // the folder of the earlier output, for versions
    Layout layout = Layout::flat;
    FileSet::Mode mode = FileSet::Mode::write;
    // What is removed from the output folder besides: nothing, what rendered servers no longer yield, or also
    // the files of servers that no description names.
    enum class Prune : std::uint8_t { none, files, servers };
    Prune prune = Prune::none;
    bool keep_going = false;
    bool diff = false;         // texts of what changes are wanted
    bool listed = false;       // every file is wanted by name, not only those that a plan would change
    std::string explain = {};  // a setting: where it is set is wanted, nothing else
    std::uint32_t shard = 1;
    std::uint32_t shards = 1;
    std::function<void(const Progress&)> progress = {};  // of sites; from any thread, one at a time
    TellWaiting waiting = {};                            // may be called from any thread, once
    // Asked when every file is staged and none is published yet: why none is to be.
    std::function<std::optional<std::string>(const RenderResult&)> refusal = {};
};

struct RenderResult {
    std::vector<Finding> findings;  // sorted; without the suppressed ones
    Summary summary;
    // In the order of the descriptions, none of a bad site: those with files that the plan wants by name.
    RenderedServers servers;
    std::size_t rendered = 0;              // servers, listed or not
    RenderCounts counts;                   // of all their files
    std::vector<std::string> undescribed;  // servers with files in the output that no description names
    std::string text;                      // of --diff or --explain
    std::size_t without_secrets = 0;       // files that were compared without a secret that is not set here
    std::vector<std::string> bad;          // sites with errors
    std::vector<std::string> failures;     // what cannot be read: status 2
    std::vector<std::string> read;         // descriptions, layers and tables, by name
    bool published = false;
    // Why nothing is written although no error says so: no server is there, or what RenderPlan::refusal said.
    std::optional<std::string> refused = {};
};

// Reads, validates and renders every site, several at a time, and stages each as soon as it is found good;
// memory does not grow with the fleet. The result does not depend on the number of threads. Throws Failure
// where the output cannot be written.
RenderResult render_sites(const Session& session, const Inputs& inputs, const RenderPlan& plan);

}  // namespace dectprov
