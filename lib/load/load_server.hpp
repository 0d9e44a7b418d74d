// SPDX-License-Identifier: MIT
#pragma once

#include "catalog/catalog.hpp"
#include "diag/diagnostic.hpp"
#include "doc/read_xml.hpp"
#include "load/inputs.hpp"
#include "model/server.hpp"
#include "source/source_set.hpp"

namespace dectprov {

struct LoadedServer {
    Server server;
    // Suppression comments, with the file they stand in.
    std::vector<Directive> directives;
    std::vector<std::string> failures;  // files that cannot be read
};

// Reads a server's files, binds them and narrows the models. `model`: --model, over all else.
LoadedServer load_server(const Files& files, const ServerInput& input, std::optional<Model> model,
                         SourceSet& sources, const Catalog& catalog, Report& report);

}  // namespace dectprov
