// SPDX-License-Identifier: MIT
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "catalog/catalog.hpp"
#include "doc/write_xml.hpp"
#include "load/layer_cache.hpp"
#include "load/site.hpp"
#include "model/bind.hpp"
#include "rules/check.hpp"

using namespace dectprov;

namespace {

const char* variable(const char* /*name*/) { return "value"; }

void expect_within(const SourceSet& sources, Span span) {
    if (span.begin > span.end || span.end > sources.text(span.file).size()) std::abort();
}

// Every node can be asked for all it knows, and the tree can be written.
void look_at(const Tree& tree) {
    for (NodeIndex node = 0; node != tree.size(); ++node) {
        const std::size_t length = tree.text(node).size();
        for (const Span span : {tree.name_span(node), tree.value_span(node), tree.marked(node),
                                tree.text_span(node, 0, length), tree.text_span(node, length / 2, 1)})
            expect_within(tree.sources(), span);
        if (tree.name(node).empty() || tree.after(node) <= node) std::abort();
    }
    if (write_xml(tree).empty() != tree.empty()) std::abort();
}

void load(const Files& files, bool resolve) {
    LayerCache layers;
    SourceSet sources;
    Report report;
    Site site = load_site(files, "site.yaml", sources, Catalog::builtin(),
                          {.resolve = resolve, .environment = variable, .layers = &layers}, report);
    for (SiteServer& server : site.servers) {
        infer(server.server, report);
        check(server.server, report);
        if (server.server.config) look_at(*server.server.config);
        if (server.server.users) look_at(*server.server.users);
        for (const HandsetGroup& group : server.server.groups) look_at(group.tree);
    }
    for (const Diagnostic& diagnostic : report.all()) {
        expect_within(sources, diagnostic.place.span);
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
