// SPDX-License-Identifier: MIT
#include "import/compare_rendered.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analysis/server_unit.hpp"
#include "import/compare_meaning.hpp"
#include "render/render.hpp"

namespace dectprov {

void compare_rendered(const Session& session, const ServerInput& input, const SiteServer& described,
                      const std::function<void(const Loss&, const SourceSet&)>& tell) {
    std::vector<SettledGroup> groups;
    for (const HandsetGroup& group : described.server.groups) {
        const NodeIndex node = group.tree.find(entry("cota.info.version"));
        const std::string_view version = node == Tree::none ? std::string_view() : group.tree.value(node);
        groups.push_back({.version = std::string(version)});
    }
    Files rendered = Files::memory();
    ServerInput again{.folder = "", .identity = input.identity, .files = {}, .config = input.config};
    for (OutputFile& file : render(described, std::move(groups), "")) {
        FileName name = read_name(file.path);
        if (name.state != FileName::State::other)
            again.files.push_back({.path = file.path, .name = std::move(name)});
        rendered.lay_over(file.path, std::move(file.bytes));
    }
    std::ranges::sort(again.files, {}, &Candidate::path);
    AnalysisOptions options;
    options.model = session.options().model;
    const Session in_memory(rendered, session.pool(), std::move(options));
    ServerUnit before(session, input);
    ServerUnit after(in_memory, again);
    before.open();
    after.open();
    const Side ours{.server = &before.server(), .sources = &before.sources()};
    const Side theirs{.server = &after.server(), .sources = &after.sources()};
    for (const Loss& loss : compare_meaning(ours, theirs)) tell(loss, before.sources());
}

}  // namespace dectprov
