// SPDX-License-Identifier: MIT
#include "import/compare_rendered.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analysis/conclude.hpp"
#include "analysis/server_unit.hpp"
#include "doc/conceal.hpp"
#include "doc/mask.hpp"
#include "import/compare_meaning.hpp"
#include "load/known_keys.hpp"
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
    const SourceSet& sources = before.sources();
    std::map<FileId, std::vector<Span>> masked;
    for (Loss& loss : compare_meaning(ours, theirs)) {
        if (quotes_text(loss.message)) {
            const FileId file = loss.where.file;
            const auto [mask, fresh] = masked.try_emplace(file);
            if (fresh) {
                mask->second =
                    secrets(sources, file, syntax_of(sources.name(file)),
                            {.keys = names_of_description_keys(), .catalog = catalog_of(input.config)});
            }
            conceal_quoted(loss.message, sources, loss.where, mask->second);
        }
        tell(loss, sources);
    }
}

}  // namespace dectprov
