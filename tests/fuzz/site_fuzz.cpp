// SPDX-License-Identifier: MIT
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "catalog/catalog.hpp"
#include "load/site.hpp"
#include "model/bind.hpp"
#include "rules/check.hpp"

using namespace dectprov;

namespace {

const char* variable(const char* /*name*/) { return "value"; }

void load(const Files& files, bool resolve) {
    SourceSet sources;
    Report report;
    Site site = load_site(files, "site.yaml", sources, Catalog::builtin(),
                          {.resolve = resolve, .environment = variable}, report);
    for (SiteServer& server : site.servers) {
        infer(server.server, report);
        check(server.server, report);
    }
    for (const Diagnostic& diagnostic : report.all()) {
        const Span span = diagnostic.place.span;
        if (span.begin > span.end || span.end > sources.text(span.file).size()) std::abort();
        if (diagnostic.place.tree != nullptr) {
            if (diagnostic.place.tree->path(diagnostic.place.node).empty() && diagnostic.place.node != 0)
                std::abort();
        }
    }
}

}  // namespace

// Any bytes as a description: loaded, bound and checked, closed and resolved.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Files files = Files::memory();
    files.lay_over("site.yaml", std::string(reinterpret_cast<const char*>(data), size));
    files.lay_over(
        "users.csv",
        "username,displayname,ipei,authpassword\n9997,\"Rank, \"\"S\"\"\",00077 0000001,${env:A}\n1\n");
    files.lay_over(
        "layer.yaml",
        "dectprov: 1\nextends: [layer.yaml]\ndefaults:\n  users: [{from: users.csv}]\n  settings:\n"
        "    sip: {dtmf: {duration: 270}}\n");
    load(files, false);
    load(files, true);
    return 0;
}
