// SPDX-License-Identifier: MIT
#include "diff_inputs.hpp"

#include <fmt/format.h>

#include <utility>

#include "options.hpp"
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

DiffSide::DiffSide(const std::string& given, const std::string& stdin_name, bool allow_empty,
                   const Context& context, ThreadPool& threads, AnalysisOptions options) {
    std::string path = given;
    if (given.starts_with(git_scheme)) {
        const GitAddress address = parse_git_address(std::string_view(given).substr(git_scheme.size()));
        if (address.revision.empty()) throw Failure(fmt::format("{}: no revision is named", given));
        revision_ = std::make_unique<GitRevision>(address.revision);
        files_ = Files::of(*revision_);
        path = git_path(*revision_, address.path);
        const Files::Type type = files_.type(path);
        if (type == Files::Type::none)
            throw Failure(fmt::format("{}: {} is not in that commit", given, path));
        if (type == Files::Type::other)
            throw Failure(fmt::format("{}: {} is a submodule, and is not looked into", given, path));
        // What is named by hand is read from where the hand is.
        if (context.global.config)
            files_.lay_over(*context.global.config, Files().read(*context.global.config));
    } else {
        path = normal(input_paths({given}, {}, stdin_name, context.streams.in, files_).front());
    }
    configs_.emplace(files_, context.global.config, context.global.no_config, rule_index());
    options.servers = context.global.servers;
    input_.session = &session_.emplace(files_, threads, std::move(options));
    input_.inputs = find_inputs(files_, {path}, {.servers = context.global.servers}, *configs_);
    const bool folder = files_.type(path) == Files::Type::folder;
    input_.root = folder ? path : std::string(folder_of(path));
    input_.file = !folder && !input_.inputs.servers.empty();
    const Inputs& inputs = input_.inputs;
    if (!inputs.servers.empty() || !inputs.sites.empty()) return;
    // A side that cannot be read is not a side on which everything is gone.
    if (!inputs.failures.empty()) throw Failure(inputs.failures.front());
    // With --server one side may well be without it: it came or went.
    if (!allow_empty && context.global.servers.empty()) {
        throw Failure(fmt::format("no provisioning file in {}; --allow-empty accepts that", given));
    }
}

DiffSide::~DiffSide() = default;

const Catalog& DiffSide::catalog() const {
    const Inputs& inputs = input_.inputs;
    if (!inputs.servers.empty()) return catalog_of(inputs.servers.front().config);
    return catalog_of(inputs.sites.empty() ? nullptr : inputs.sites.front().config);
}

std::vector<HeldSetting> held_settings(const std::string& path, const Catalog& catalog,
                                       const Context& context) {
    if (path != "-") return read_settings(path, Files().read(path), catalog);
    return read_settings("standard input", read_all(context.streams.in), catalog);
}

}  // namespace dectprov
