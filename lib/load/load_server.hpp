// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "catalog/catalog.hpp"
#include "diag/diagnostic.hpp"
#include "doc/read_xml.hpp"
#include "load/inputs.hpp"
#include "model/server.hpp"
#include "source/source_set.hpp"

namespace dectprov {

// What is known of a file before its server is loaded.
struct ReadAhead {
    enum class Need : std::uint8_t {
        now,
        to_know_the_model,  // left out where the model is declared
        left_out,           // read_groups() may fetch it yet
    };

    std::optional<std::string> bytes = {};  // where it was read already
    Need need = Need::now;
};

struct LoadedServer {
    Server server;
    // Suppression comments, with the file they stand in.
    std::vector<Directive> directives;
    std::vector<std::string> failures;  // files that cannot be read
};

// What stands of a server beside its files: `servers:` of its configuration file, then `paths:`, and the
// catalogue with what `parameters:` adds.
struct Declared {
    ServerOptions options = {};
    const Catalog* catalog = nullptr;
};
Declared declared_of(const ServerInput& input);

// Reads a server's files and narrows the models; check() is the caller's. `model`: --model, over all else.
// `known`: one for each of the input's files, or none at all.
LoadedServer load_server(const Files& files, const ServerInput& input, std::optional<Model> model,
                         const Declared& declared, SourceSet& sources, Report& report,
                         std::vector<ReadAhead> known = {});

// Reads handset groups that were left out. They stand behind the groups that are there, which stay in place.
void read_groups(const Files& files, const ServerInput& input, const std::set<std::uint32_t>& numbers,
                 SourceSet& sources, const Catalog& catalog, Report& report, LoadedServer& to);

// Reads the version files of firmware that the server's own configuration does not name.
void read_firmware(const Files& files, const ServerInput& input, const std::vector<std::string>& names,
                   SourceSet& sources, const Catalog& catalog, Report& report, LoadedServer& to);

}  // namespace dectprov
