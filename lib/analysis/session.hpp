// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/resolve.hpp"
#include "catalog/models.hpp"
#include "load/layer_cache.hpp"
#include "source/files.hpp"
#include "source/thread_pool.hpp"

namespace dectprov {

// How inputs are analysed: what the command line says of it.
struct AnalysisOptions {
    std::optional<Model> model = {};  // --model, over all else
    Thresholds thresholds = {};
    bool suppressions = true;               // comments that suppress findings are honoured
    std::vector<std::string> servers = {};  // --server, as identity texts; empty: all
    // Descriptions: `${env:…}` and `${file:…}` are replaced, as `render` does it; else such values are
    // opaque.
    bool resolve = false;
    // With it: what is not set or empty is unknown (unknown_text) instead of an error.
    bool unset_is_unknown = false;
    bool statements = false;  // of descriptions: SiteOptions::statements
    // Of the servers of tables, those that are read as a whole; empty: all.
    std::function<bool(const std::string& identity)> wanted = {};
    // Looks a variable up, which is null where it is not set; empty: the environment.
    std::function<const char*(const char*)> environment = {};
};

// How far a run has come: units of so many, and the files that they read or made.
struct Progress {
    std::size_t done;
    std::size_t all;
    std::size_t files;
};

// What the units of one run share: where files come from, the thread pool, the layers that were read, and the
// options. The text that an editor has not saved is a session over other Files. Units work in several threads
// at once. The configuration files (ConfigFiles), into which inputs and findings point, belong to the caller
// and outlive it.
class Session {
public:
    // `files` and `pool` must outlive this.
    Session(const Files& files, ThreadPool& pool, AnalysisOptions options)
        : files_(files), pool_(pool), options_(std::move(options)) {}
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;
    Session(Session&&) = delete;
    Session& operator=(Session&&) = delete;
    ~Session() = default;

    [[nodiscard]] const Files& files() const { return files_; }
    [[nodiscard]] ThreadPool& pool() const { return pool_; }
    [[nodiscard]] LayerCache& layers() const { return layers_; }
    [[nodiscard]] const AnalysisOptions& options() const { return options_; }
    [[nodiscard]] const Thresholds& thresholds() const { return options_.thresholds; }
    // Whether a server is among those that --server names.
    [[nodiscard]] bool wants(std::string_view identity) const;

private:
    const Files& files_;
    ThreadPool& pool_;
    mutable LayerCache layers_;
    AnalysisOptions options_;
};

}  // namespace dectprov
