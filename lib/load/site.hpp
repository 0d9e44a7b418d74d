// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "catalog/catalog.hpp"
#include "diag/diagnostic.hpp"
#include "doc/yaml.hpp"
#include "load/secret_variables.hpp"
#include "model/server.hpp"
#include "source/files.hpp"
#include "source/source_set.hpp"

namespace dectprov {

class LayerCache;
class TableCache;

// One server of a site description, bound to the same records that files give, with places in the YAML or
// CSV. Trees have a row a node (see Tree).
struct SiteServer {
    Server server;
    std::size_t number = 0;  // among the servers of the description, from 1
    Place identity_place;    // of the value of `mac` or `uuid`
    std::string name;        // as in the description; may be empty
    std::vector<VariablePart> name_parts;
    std::optional<std::string> replaces;  // identity text
    struct SiteName {
        std::string name;
        Place place;
    };
    std::optional<SiteName> site;  // its own, instead of the description's
    bool whole = true;             // no layer of it is missing or broken
    std::vector<FileId> layers;    // that it extends itself
    bool has_users = false;        // a `users` key: a users file is rendered, be it an empty one
    struct GroupVersion {
        std::uint32_t group;
        bool automatic;  // `version: auto`
        Place where;
    };
    std::vector<GroupVersion> versions;  // one a group, in the order of `server.groups`
    struct FirmwareVersionText {
        std::string file;  // "kws.bin": the .ver is written as file + ".ver"
        std::string text;
        Place where;
        bool opaque = false;  // holds a reference that is not replaced
        bool secret = false;  // came out of one, or of a variable that is a secret
        std::vector<VariablePart> parts = {};
    };
    std::vector<FirmwareVersionText> firmware_versions;
    // What a layer, or the server itself, says of something, whether it holds in the end or not.
    struct Statement {
        std::string path;  // below the server: "settings.sip.dtmf.duration"
        std::string text;  // as it stands there; of a list, how many items it has
        Span span;
        bool takes_back;  // a key without a value
    };
    std::vector<Statement> statements;      // the lowest first; with SiteOptions::statements alone
    std::vector<Span> license_places;       // of the names in `server.options.licenses`
    bool unnamed_firmware_version = false;  // and one more, for a file whose name is a reference
};

struct Site {
    std::string path;
    std::string name;  // `site:`
    Place name_place;  // of that, or the begin of the file
    std::vector<SiteServer> servers;
    std::vector<FileId> layers;         // that all of them extend
    std::size_t rows = 0;               // of tables, that are servers: all of them
    bool layer = false;                 // no `servers:`: only good to be extended
    bool whole = true;                  // what could not be read names no other server
    bool stands_in = false;             // what is missing may be what a name that is not known stands for
    std::vector<YamlComment> comments;  // of every YAML source that was read
};

// The servers of a description that are read: those of some rows of its tables, counted from 0 through all of
// them. The ones that are written out come with the first row.
struct SitePart {
    std::size_t begin = 0;
    std::size_t end = SIZE_MAX;
    bool closing = false;  // all others have been read: what shows when all are is told
};

struct SiteOptions {
    bool resolve = false;  // render: ${env:…} and ${file:…} are replaced; lint: such values are opaque
    // With it: what is not set or empty is unknown, and no error.
    bool unset_is_unknown = false;
    bool statements = false;  // SiteServer::statements are wanted
    // Looks a variable up, which is null where it is not set; empty: the environment.
    std::function<const char*(const char*)> environment = {};
    // Where layers are kept that other sites have read; null: each site reads its own.
    LayerCache* layers = nullptr;
    // Where tables are kept for the other parts of the same description; null: they are read for this one.
    TableCache* tables = nullptr;
    SitePart part = {};
    // Of the rows of tables, those that are to be read as a whole: of the others no more is read than which
    // server it is, where nothing else of them concerns other servers. Empty: all.
    std::function<bool(const std::string& identity)> wanted = {};
};

// Reads a site description with its layers and CSV files, and reports the `site/*` rules; infer() and check()
// of its servers are the caller's. Every problem of a part leaves the others readable. Trees are where they
// stay (see Server), so diagnostics may point at them.
Site load_site(const Files& files, const std::string& path, SourceSet& sources, const Catalog& catalog,
               const SiteOptions& options, Report& report);

}  // namespace dectprov
