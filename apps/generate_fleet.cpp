// SPDX-License-Identifier: MIT
#include "generate_fleet.hpp"

#include <fmt/format.h>

#include <vector>

#include "options.hpp"
#include "output/file_set.hpp"
#include "output/write_file.hpp"
#include "render/generate.hpp"
#include "source/failure.hpp"
#include "source/files.hpp"

namespace dectprov {

int generate_fleet(const FleetRequest& request, const Context& context) {
    if (request.kind != "site")
        throw Failure(fmt::format("generate {}: --fleet is only for generate site", request.kind));
    if (request.model.empty()) throw Failure("generate site --fleet: --model is needed");
    if (request.has_identity)
        throw Failure("generate site --fleet: the servers are in servers.csv, so remove --mac and --uuid");
    if (request.folder.empty()) throw Failure("generate site --fleet: no folder; give one with -o");
    const std::vector<FleetFile> made = fleet_starter(model_named(request.model));
    const Files files;
    for (const FleetFile& file : made) {
        const std::string path = join(request.folder, file.name);
        if (!request.force && is_there(files, path))
            throw Failure(fmt::format("{} exists; --force replaces it", path));
    }
    make_folder(request.folder);
    const StagingFolder held(request.folder, context.tells_waiting());
    for (const FleetFile& file : made) {
        const std::string path = join(request.folder, file.name);
        write_whole(path, file.text, request.force, false, &held);
        if (!context.global.quiet) context.tell(fmt::format("wrote {}", path));
    }
    return 0;
}

}  // namespace dectprov
