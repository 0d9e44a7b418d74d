// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <atomic>
#include <functional>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "analysis/conclude.hpp"
#include "analysis/rule_index.hpp"
#include "analysis/site_unit.hpp"
#include "diff/compare.hpp"
#include "diff/diff_format.hpp"
#include "diff/open_side.hpp"
#include "doc/mask.hpp"
#include "doc/secret.hpp"
#include "editor/features.hpp"
#include "editor/uri.hpp"
#include "editor/yaml_outline.hpp"
#include "load/config_file.hpp"
#include "load/inputs.hpp"
#include "load/known_keys.hpp"
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
    for (const Span& span : secrets(sources, id, syntax_of(file.path),
                                    {.keys = names_of_description_keys(), .secret = file.secret_names}))
        parts.push_back({.begin = span.begin, .end = span.end});
    return with_stars(sources.text(id), parts);
}

// What a command works on: the texts as they were when it was asked for, whatever is typed meanwhile.
struct Moment {
    Files files;
    WorkspaceOptions options;
    std::string path;
    const std::atomic<bool>& stopped;
};

Moment moment_of(const View& view, const Subject& subject) {
    return {.files = view.workspace.files(),
            .options = view.workspace.options(),
            .path = subject.document.path,
            .stopped = view.workspace.stopped()};
}

// The files that a server of a description yields, counted from 0, or all of its servers.
Json files_of(const Moment& moment, const std::optional<std::size_t>& wanted) {
    ConfigFiles configs(moment.files, moment.options.config, moment.options.no_config, rule_index());
    const Inputs inputs = find_inputs(moment.files, {moment.path}, {}, configs);
    if (inputs.sites.empty())
        throw BadRequest(RpcError::request_failed, "only a site description has files to preview");
    // The pool of the workspace is that of the analysis.
    ThreadPool pool(1, &moment.stopped);
    AnalysisOptions options;
    options.thresholds.quotes = std::nullopt;
    const Session session(moment.files, pool, options);
    SiteUnit unit(session, inputs.sites.front());
    unit.open();
    unit.validate();
    const Files nothing = Files::memory();
    Json files = Json::array();
    // One after the other, in a loop that can be stopped.
    pool.parallel_for(unit.site().servers.size(), [&](std::size_t i) {
        if (wanted && *wanted != i) return;
        const SiteServer& server = unit.site().servers[i];
        for (const OutputFile& file : render(server, settle_versions(server, nothing, "", unit.report()), ""))
            files.push_back({{"name", file.path}, {"text", shown(file)}});
    });
    const Conclusion conclusion = unit.conclude();
    const auto errors = std::ranges::count_if(conclusion.findings, is_error);
    return {{"errors", errors}, {"files", std::move(files)}};
}

std::function<Json()> preview(const View& view, const Subject& subject) {
    return
        [moment = moment_of(view, subject), wanted = server_at(subject)] { return files_of(moment, wanted); };
}

// What `diff` says of these servers, or of a description, against the last commit.
Json effects_of(const Moment& moment, const std::string& where, std::vector<std::string> servers) {
    ThreadPool pool(1, &moment.stopped);
    OpenSideOptions options{.config = moment.options.config, .no_config = moment.options.no_config};
    options.allow_empty = true;
    options.analysis.thresholds.quotes = std::nullopt;
    options.analysis.servers = std::move(servers);
    options.git_folder = folder_of(moment.path);
    options.take_path = [&](const std::string& given, Files& files) {
        files = moment.files;
        return given;
    };
    const OpenSide before("git:HEAD:./" + path_from(options.git_folder, where), pool, options);
    const OpenSide after(where, pool, options);
    const Comparison comparison = compare(before.input(), after.input());
    std::ostringstream text;
    print_diff_text(text, comparison, {});
    return {{"text", text.str()}};
}

std::function<Json()> effects(const View& view, const Subject& subject) {
    Moment moment = moment_of(view, subject);
    const bool description = !view.workspace.sites_of(moment.path).empty();
    std::string where = description ? moment.path : std::string(folder_of(moment.path));
    std::vector<std::string> servers;
    for (const ServerInput* server : view.workspace.servers_of(moment.path)) {
        if (!server->identity.text.empty()) servers.push_back(server->identity.text);
    }
    return [moment = std::move(moment), where = std::move(where), servers = std::move(servers)] {
        return effects_of(moment, where, servers);
    };
}

struct Command {
    std::string_view name;
    std::function<Json()> (*begin)(const View& view, const Subject& subject);
};
constexpr std::array commands{
    Command{.name = "dectprov.preview", .begin = preview},
    Command{.name = "dectprov.effects", .begin = effects},
};

}  // namespace

std::function<Json()> execute_command(const View& view, const Json& params) {
    const std::string& name = text_of(params, "command");
    const auto command = std::ranges::find(commands, name, &Command::name);
    if (command == commands.end())
        throw BadRequest(RpcError::invalid_params, fmt::format("there is no command '{}'", name));
    return command->begin(view, subject_of(view, params));
}

}  // namespace dectprov
