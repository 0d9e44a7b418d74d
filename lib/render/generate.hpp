// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "catalog/catalog.hpp"
#include "diag/diagnostic.hpp"
#include "doc/tree.hpp"
#include "model/identity.hpp"
#include "source/source_set.hpp"

namespace dectprov {

// A site description of one server to begin with: commented, and without findings.
std::string site_starter(Model model, const Identity& identity);

// A description of a fleet with its two tables, of which the headings stand there: likewise.
struct FleetFile {
    std::string_view name;
    std::string text;
};
std::vector<FleetFile> fleet_starter(Model model);

// A .dectprov.yaml to begin with, all of it commented out.
std::string config_file_starter();

// A setting that the command line asks for: "sip.dtmf.duration=300".
struct Assignment {
    std::string path;
    std::string value;
};

// A configuration of what every server needs, and the settings asked for; one that is merged has these alone,
// since the server keeps the rest. The places of the tree are in a
// source that is added to `sources`, a line an assignment, so that what is wrong with one can be reported.
// Throws Failure where a path names a section, or a setting that is one to another path.
Tree config_of(const Catalog& catalog, SourceSet& sources, const std::vector<Assignment>& settings,
               bool merge = false);

// A handset group; paths begin at `data` or below it.
Tree group_of(const Catalog& catalog, SourceSet& sources, std::uint32_t group, std::uint32_t version,
              const std::vector<Assignment>& settings);

// Reports what no XML file can hold in the texts of such a tree, which a shell passes on.
void check_texts(const Tree& tree, Report& report);

// The version that a file of a handset group gives. Of all that may be wrong with the file, what is in the
// way of its version alone is reported; empty then.
std::string version_in(const SourceSet& sources, FileId file, std::uint32_t group, const Catalog& catalog,
                       Report& report);

}  // namespace dectprov
