// SPDX-License-Identifier: MIT
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>

#include "command.hpp"
#include "editor/server.hpp"
#include "source/files.hpp"

namespace dectprov {
namespace {

int run_lsp(const Context& context, const std::string& baseline) {
    // The texts of an editor are named from the root, and so is all else.
    Files files = context.files();
    // A session may last for days.
    files.forget_places();
    std::vector<std::string> outside = context.global.allow_outside;
    for (std::string& folder : outside) folder = files.absolute(folder);
    files.allow_outside(std::move(outside));
    std::optional<std::string> config = context.global.config;
    if (config) config = files.absolute(*config);
    ByteSource in(context.streams.in, context.streams.in_descriptor);
    const SessionEnd end =
        serve(in, context.streams.out, files,
              {.jobs = context.global.jobs,
               .config = std::move(config),
               .no_config = context.global.no_config,
               .servers = context.global.servers,
               .baseline = baseline.empty() ? std::nullopt : std::optional(files.absolute(baseline))},
              DECTPROV_VERSION);
    switch (end) {
        case SessionEnd::agreed:
        case SessionEnd::lost:
            return 0;
        case SessionEnd::exited:
            context.complain("the client ended the session without 'shutdown'");
            return 2;
    }
    return 0;
}

}  // namespace

Action add_lsp(CLI::App& app) {
    // Editors and their client libraries give it, whether it is asked for or not.
    const auto stdio = std::make_shared<bool>(false);
    app.add_flag("--stdio", *stdio, "use standard input and output, which is the default");
    const auto baseline = std::make_shared<std::string>();
    app.add_option("--baseline", *baseline,
                   "hide the findings recorded in FILE, and offer to record others in it")
        ->type_name("FILE");
    return [stdio, baseline](const Context& context) { return run_lsp(context, *baseline); };
}

}  // namespace dectprov
