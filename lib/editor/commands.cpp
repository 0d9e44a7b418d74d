// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "analysis/conclude.hpp"
#include "analysis/site_unit.hpp"
#include "diff/compare.hpp"
#include "diff/diff_format.hpp"
#include "diff/open_side.hpp"
#include "doc/mask.hpp"
#include "doc/secret.hpp"
#include "editor/features.hpp"
#include "editor/uri.hpp"
#include "editor/yaml_outline.hpp"
#include "render/render.hpp"
#include "render/versions.hpp"

namespace dectprov {
namespace {

// What a command is about: a text, and a place in it where the editor gives one.
struct Subject {
    const Document& document;
    std::size_t offset;
    bool whole;  // no place was given
};

Subject subject_of(const View& view, const Json& params) {
    const Json& arguments = member(params, "arguments");
    if (!arguments.is_array() || arguments.empty())
        throw BadRequest(RpcError::invalid_params, "the first argument is {\"uri\": …, \"position\": …}");
    const Json& first = arguments.front();
    const Document& document = document_of(view, {{"textDocument", first}});
    const Json& position = member(first, "position");
    if (position.is_null()) return {.document = document, .offset = 0, .whole = true};
    return {.document = document,
            .offset = document.text.offset(read_position(position), view.encoding),
            .whole = false};
}

// The server of a description that a place belongs to, from 0; nothing for a place outside of them.
std::optional<std::size_t> server_at(const Subject& subject) {
    if (subject.whole) return std::nullopt;
    const YamlSpot spot = yaml_spot(subject.document.text.text(), subject.offset);
    if (spot.path.size() < 2 || spot.path.front().key != "servers" || spot.path[1].item == 0)
        return std::nullopt;
    return spot.path[1].item - 1;
}

// The text of a file as it may be shown.
std::string shown(const OutputFile& file) {
    if (file.all_secret) return std::string(secret_stars) + "\n";
    SourceSet sources;
    const FileId id = sources.add(file.path, file.bytes);
    std::vector<TextPart> parts;
    for (const Span& span : secrets(sources, id, syntax_of(file.path), file.secret_names))
        parts.push_back({.begin = span.begin, .end = span.end});
    return with_stars(sources.text(id), parts);
}

// The files that the server at a place of a description yields, or all of its servers.
Json preview(const View& view, const Subject& subject) {
    const std::string& path = subject.document.path;
    const auto sites = view.workspace.sites_of(path);
    const auto own = std::ranges::find(sites, path, [](const SiteInput* one) { return one->path; });
    if (own == sites.end())
        throw BadRequest(RpcError::request_failed, "only a site description has files to preview");
    // The pool of the workspace is that of the analysis.
    ThreadPool pool(1);
    AnalysisOptions options;
    options.thresholds.quotes = std::nullopt;
    const Session session(view.workspace.files(), pool, options);
    SiteUnit unit(session, **own);
    unit.open();
    unit.validate();
    const Files nothing = Files::memory();
    const auto wanted = server_at(subject);
    Json files = Json::array();
    for (std::size_t i = 0; i < unit.site().servers.size(); ++i) {
        if (wanted && *wanted != i) continue;
        const SiteServer& server = unit.site().servers[i];
        for (const OutputFile& file : render(server, settle_versions(server, nothing, "", unit.report()), ""))
            files.push_back({{"name", file.path}, {"text", shown(file)}});
    }
    const Conclusion conclusion = unit.conclude();
    const auto errors = std::ranges::count_if(conclusion.findings, is_error);
    return {{"errors", errors}, {"files", std::move(files)}};
}

// What `diff` says of the server of a text against the last commit.
Json effects(const View& view, const Subject& subject) {
    const std::string& path = subject.document.path;
    const bool description = !view.workspace.sites_of(path).empty();
    const std::string where = description ? path : std::string(folder_of(path));
    const std::string from_here = path_from(view.workspace.files().working_folder(), where);
    ThreadPool pool(1);
    OpenSideOptions options{.config = view.workspace.options().config,
                            .no_config = view.workspace.options().no_config};
    options.allow_empty = true;
    options.analysis.thresholds.quotes = std::nullopt;
    for (const ServerInput* server : view.workspace.servers_of(path)) {
        if (!server->identity.text.empty()) options.analysis.servers.push_back(server->identity.text);
    }
    options.take_path = [&](const std::string& given, Files& files) {
        files.allow_outside(view.workspace.files().allowed_outside());
        for (const auto& [open, document] : view.workspace.documents())
            files.lay_over(open, document.text.text());
        return given;
    };
    const OpenSide before("git:HEAD:./" + from_here, pool, options);
    const OpenSide after(from_here, pool, options);
    const Comparison comparison = compare(before.input(), after.input());
    std::ostringstream text;
    print_diff_text(text, comparison, {});
    return {{"text", text.str()}};
}

struct Command {
    std::string_view name;
    Json (*run)(const View& view, const Subject& subject);
};
constexpr std::array commands{
    Command{.name = "dectprov.preview", .run = preview},
    Command{.name = "dectprov.effects", .run = effects},
};

}  // namespace

Json execute_command(const View& view, const Json& params) {
    const std::string& name = text_of(params, "command");
    const auto command = std::ranges::find(commands, name, &Command::name);
    if (command == commands.end())
        throw BadRequest(RpcError::invalid_params, fmt::format("there is no command '{}'", name));
    return command->run(view, subject_of(view, params));
}

}  // namespace dectprov
