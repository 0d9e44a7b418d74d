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

OpenSide::OpenSide(const std::string& given, ThreadPool& pool, const OpenSideOptions& options)
    : given_(given), options_(options) {
    path_ = given.starts_with(git_scheme) ? open_revision(given, options)
                                          : normal(options.take_path(given, files_));
    configs_.emplace(files_, options.config, options.no_config, rule_index());
    input_.session = &session_.emplace(files_, pool, options.analysis);
    folder_ = files_.type(path_) == Files::Type::folder;
    input_.root = folder_ ? path_ : std::string(folder_of(path_));
    if (!options.later) find();
}

void OpenSide::find(const OpenSide* newer) {
    const std::vector<std::string>& servers = options_.analysis.servers;
    // What counts is what a server gets.
    InputOptions how{.servers = servers, .stand_ins = false, .tell_passed_over = options_.tell_passed_over};
    std::optional<ConfigFiles> of_newer;
    if (newer != nullptr && folder_ && newer->folder_) {
        of_newer.emplace(newer->files_, options_.config, options_.no_config, rule_index());
        how.is_ignored = [&](const std::string& path) {
            const std::string from = normal(input_.root);
            const std::string_view below =
                from == "." ? std::string_view(path) : std::string_view(path).substr(from.size() + 1);
            return newer->ignores(*of_newer, below);
        };
    }
    input_.inputs = find_inputs(files_, {path_}, how, *configs_);
    const Inputs& inputs = input_.inputs;
    input_.file = !folder_ && !inputs.servers.empty();
    if (!inputs.servers.empty() || !inputs.sites.empty()) return;
    // A side that cannot be read is not a side on which everything is gone.
    if (!inputs.failures.empty()) throw Failure(inputs.failures.front());
    // With --server one side may well be without it: it came or went.
    if (!options_.allow_empty && servers.empty()) {
        throw Failure(fmt::format("no provisioning file in {}; --allow-empty accepts that", given_));
    }
}

bool OpenSide::ignores(ConfigFiles& configs, std::string_view below) const {
    const std::string path = join(input_.root == "." ? std::string_view() : input_.root, below);
    const ConfigFile* const config = configs.for_folder(std::string(folder_of(path)));
    return config != nullptr && config->ignores(path);
}

OpenSide::~OpenSide() = default;

std::string OpenSide::open_revision(const std::string& address, const OpenSideOptions& options) {
    const GitAddress git = parse_git_address(std::string_view(address).substr(git_scheme.size()));
    if (git.revision.empty()) throw Failure(fmt::format("{}: the revision is missing", address));
    revision_ = std::make_unique<GitRevision>(git.revision, options.git_folder);
    files_ = Files::of(*revision_);
    std::string path = git_path(*revision_, git.path);
    const Files::Type type = files_.type(path);
    if (type == Files::Type::none) throw Failure(fmt::format("{}: {} is not in that commit", address, path));
    if (type == Files::Type::other)
        throw Failure(fmt::format("{}: {} is a submodule, which is not read", address, path));
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
