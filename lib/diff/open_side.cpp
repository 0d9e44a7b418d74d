// SPDX-License-Identifier: MIT
#include "diff/open_side.hpp"

#include <fmt/format.h>

#include <utility>

#include "analysis/rule_index.hpp"
#include "source/failure.hpp"
#include "source/git_revision.hpp"

namespace dectprov {
namespace {

constexpr std::string_view git_scheme = "git:";

// Where a git address leads in its revision. As git has it: PATH is from the top of the repository, ./PATH
// from here; without one it is the folder we are in.
std::string git_path(const GitRevision& revision, const std::string& path) {
    std::string here = normal(revision.prefix());
    if (path.empty()) return here;
    const bool from_here = path == "." || path.starts_with("./") || path.starts_with("../") || path == "..";
    return normal(from_here ? join(here, path) : path);
}

}  // namespace

OpenSide::OpenSide(const std::string& given, ThreadPool& pool, const OpenSideOptions& options) {
    const std::string path = given.starts_with(git_scheme) ? open_revision(given, options)
                                                           : normal(options.take_path(given, files_));
    configs_.emplace(files_, options.config, options.no_config, rule_index());
    const std::vector<std::string>& servers = options.analysis.servers;
    input_.session = &session_.emplace(files_, pool, options.analysis);
    input_.inputs = find_inputs(files_, {path}, {.servers = servers}, *configs_);
    const bool folder = files_.type(path) == Files::Type::folder;
    input_.root = folder ? path : std::string(folder_of(path));
    input_.file = !folder && !input_.inputs.servers.empty();
    const Inputs& inputs = input_.inputs;
    if (!inputs.servers.empty() || !inputs.sites.empty()) return;
    // A side that cannot be read is not a side on which everything is gone.
    if (!inputs.failures.empty()) throw Failure(inputs.failures.front());
    // With --server one side may well be without it: it came or went.
    if (!options.allow_empty && servers.empty()) {
        throw Failure(fmt::format("no provisioning file in {}; --allow-empty accepts that", given));
    }
}

OpenSide::~OpenSide() = default;

std::string OpenSide::open_revision(const std::string& address, const OpenSideOptions& options) {
    const GitAddress git = parse_git_address(std::string_view(address).substr(git_scheme.size()));
    if (git.revision.empty()) throw Failure(fmt::format("{}: no revision is named", address));
    revision_ = std::make_unique<GitRevision>(git.revision);
    files_ = Files::of(*revision_);
    std::string path = git_path(*revision_, git.path);
    const Files::Type type = files_.type(path);
    if (type == Files::Type::none) throw Failure(fmt::format("{}: {} is not in that commit", address, path));
    if (type == Files::Type::other)
        throw Failure(fmt::format("{}: {} is a submodule, and is not looked into", address, path));
    // What is named by hand is read from where the hand is.
    if (options.config) files_.lay_over(*options.config, Files().read(*options.config));
    return path;
}

const Catalog& OpenSide::catalog() const {
    const Inputs& inputs = input_.inputs;
    if (!inputs.servers.empty()) return catalog_of(inputs.servers.front().config);
    return catalog_of(inputs.sites.empty() ? nullptr : inputs.sites.front().config);
}

}  // namespace dectprov
