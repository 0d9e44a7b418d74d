// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <set>
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
#include "doc/yaml.hpp"
#include "editor/diagnostics.hpp"
#include "editor/features.hpp"
#include "editor/lint_inputs.hpp"
#include "editor/uri.hpp"
#include "load/config_file.hpp"
#include "load/inputs.hpp"
#include "load/known_keys.hpp"
#include "load/yaml_keys.hpp"
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
        throw BadRequest(RpcError::invalid_params,
                         "the first argument must be {\"uri\": …, \"position\": …}");
    const Json& first = arguments.front();
    const Document& document = document_of(view, {{"textDocument", first}});
    const Json& position = member(first, "position");
    if (position.is_null()) return {.document = document, .offset = 0, .whole = true};
    return {.document = document,
            .offset = document.text.offset(read_position(position), view.encoding),
            .whole = false};
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
    LineText text;
    std::optional<std::size_t> offset;
    std::vector<std::string> descriptions;  // that the text is, or that read it as a layer or a table
    const std::atomic<bool>& stopped;
};

// Whether a description has no servers of its own.
bool is_layer(const View& view, const std::string& path) {
    const auto text = view.workspace.text_of(path);
    if (!text) return true;
    SourceSet sources;
    const YamlDocument document = read_yaml(sources, sources.add(path, text->text()));
    return document.yaml.empty() || document.yaml.find(0, "servers") == 0;
}

Moment moment_of(const View& view, const Subject& subject) {
    Moment moment{.files = view.workspace.files(),
                  .options = view.workspace.options(),
                  .path = subject.document.path,
                  .text = subject.document.text,
                  .offset = subject.whole ? std::nullopt : std::optional(subject.offset),
                  .descriptions = {},
                  .stopped = view.workspace.stopped()};
    for (const SiteInput* site : view.workspace.sites_of(moment.path)) {
        if (!is_layer(view, site->path)) moment.descriptions.push_back(site->path);
    }
    return moment;
}

// A part of a file, in bytes.
struct FilePart {
    std::string path;
    std::size_t begin = 0;
    std::size_t end = SIZE_MAX;
};

// The item of `servers:` that a place belongs to; where that is a table, the table.
std::optional<FilePart> item_at(const Moment& moment, std::size_t offset) {
    SourceSet sources;
    const YamlDocument document = read_yaml(sources, sources.add(moment.path, moment.text.text()));
    const Yaml& yaml = document.yaml;
    const std::uint32_t servers = yaml.empty() ? 0 : yaml.find(0, "servers");
    if (servers == 0 || yaml[servers].type != Yaml::Type::sequence) return std::nullopt;
    const std::uint32_t behind = yaml[servers].after;
    FilePart part{.path = moment.path};
    if (behind < yaml.nodes.size()) part.end = yaml[behind].key.begin;
    // A line belongs to the item that begins on it.
    const std::size_t line = moment.text.line_of(offset);
    const std::size_t text = moment.text.line(line).find_first_not_of(" -");
    if (text != std::string_view::npos) offset = std::max(offset, moment.text.line_start(line) + text);
    if (offset >= part.end) return std::nullopt;
    std::uint32_t found = 0;
    for (const std::uint32_t item : children(yaml, servers)) {
        if (yaml[item].span.begin > offset) {
            part.end = yaml[item].span.begin;
            break;
        }
        found = item;
    }
    if (found == 0) return std::nullopt;
    part.begin = yaml[found].span.begin;
    const std::uint32_t table = yaml[found].type == Yaml::Type::mapping ? yaml.find(found, "from") : 0;
    if (table == 0) return part;
    return FilePart{.path = moment.files.named_in(folder_of(moment.path), yaml[table].text)};
}

// What says which servers are meant: an item of a description, or a row of a table; nothing for all of them.
std::optional<FilePart> part_at(const Moment& moment) {
    if (!moment.offset) return std::nullopt;
    if (is_yaml_name(moment.path)) return item_at(moment, *moment.offset);
    const std::size_t line = moment.text.line_of(*moment.offset);
    const std::size_t begin = moment.text.line_start(line);
    return FilePart{.path = moment.path, .begin = begin, .end = begin + moment.text.line(line).size()};
}

// The servers of a description that stand in a part of a file, or have users there.
std::vector<const SiteServer*> servers_in(const SiteUnit& unit, const std::optional<FilePart>& part) {
    std::vector<const SiteServer*> meant;
    if (!part) return meant;
    const auto is_in = [&](const Span& span) {
        return unit.sources().name(span.file) == part->path && span.begin >= part->begin &&
               span.begin < part->end;
    };
    const auto has_users = [&](const Tree* users) {
        for (NodeIndex i = 1; users != nullptr && i < users->size(); ++i) {
            if (is_in(users->value_span(i))) return true;
        }
        return false;
    };
    for (const SiteServer& one : unit.site().servers) {
        if (is_in(one.server.place.span) || has_users(one.server.users.get())) meant.push_back(&one);
    }
    return meant;
}

// Reads a description and calls `use` with it.
void with_description(const Moment& moment, const std::string& path,
                      const std::function<void(SiteUnit& unit, ThreadPool& pool)>& use) {
    ConfigFiles configs(moment.files, moment.options.config, moment.options.no_config, rule_index());
    const Inputs inputs = find_inputs(moment.files, {path}, {}, configs);
    // It may have gone since it was found.
    if (inputs.sites.empty())
        throw BadRequest(RpcError::request_failed, inputs.failures.empty()
                                                       ? fmt::format("{} is no description any more", path)
                                                       : inputs.failures.front());
    // The pool of the workspace is that of the analysis.
    ThreadPool pool(1, &moment.stopped);
    AnalysisOptions options;
    options.thresholds.quotes = std::nullopt;
    const Session session(moment.files, pool, options);
    SiteUnit unit(session, inputs.sites.front());
    unit.open();
    use(unit, pool);
}

// The files that the servers yield which are meant; where a place means none, all of them.
Json files_of(const Moment& moment) {
    if (moment.descriptions.empty())
        throw BadRequest(RpcError::request_failed,
                         "only a site description, or a table or layer of one, has files to preview");
    Json result;
    with_description(moment, moment.descriptions.front(), [&](SiteUnit& unit, ThreadPool& pool) {
        unit.validate();
        const Files nothing = Files::memory();
        Json files = Json::array();
        std::vector<const SiteServer*> servers = servers_in(unit, part_at(moment));
        if (servers.empty()) {
            for (const SiteServer& one : unit.site().servers) servers.push_back(&one);
        }
        // One after the other, in a loop that can be stopped.
        pool.parallel_for(servers.size(), [&](std::size_t i) {
            const SiteServer& server = *servers[i];
            for (const OutputFile& file :
                 render(server, settle_versions(server, nothing, "", unit.report()), ""))
                files.push_back({{"name", file.path}, {"text", shown(file)}});
        });
        const Conclusion conclusion = unit.conclude();
        const auto errors = std::ranges::count_if(conclusion.findings, is_error);
        result = {{"errors", errors}, {"files", std::move(files)}};
    });
    return result;
}

std::function<Json()> preview(const View& view, const Subject& subject) {
    return [moment = moment_of(view, subject)] { return files_of(moment); };
}

// Names the files of both sides by their paths from the top of the repository, as the commit does. What is
// wrong with both is told once, where it stands on the disk.
void merge_sides(Comparison& comparison, std::string_view in_commit, std::string_view on_disk) {
    if (in_commit != "." && !in_commit.empty()) {
        if (!on_disk.ends_with(fmt::format("/{}", in_commit))) return;
        on_disk.remove_suffix(in_commit.size() + 1);
    }
    const auto from_top = [&](std::string& text) { text = without_folder(std::move(text), on_disk); };
    std::set<std::array<std::string, 3>> told;
    const auto what = [](const Finding& finding) {
        return std::array{std::string(finding.rule->id), finding.file, finding.message};
    };
    std::vector<Finding> of_commit;
    std::vector<Finding> findings;
    for (Finding& finding : comparison.findings) {
        const bool is_old = !is_below(on_disk, finding.file);
        from_top(finding.file);
        from_top(finding.message);
        from_top(finding.help);
        if (!is_old) told.insert(what(finding));
        (is_old ? of_commit : findings).push_back(std::move(finding));
    }
    for (Finding& finding : of_commit) {
        if (!told.contains(what(finding))) findings.push_back(std::move(finding));
    }
    sort(findings);
    comparison.findings = std::move(findings);
}

// The identities of the servers of a description that a place means; none where it means all of them.
std::vector<std::string> identities_at(const Moment& moment, const std::string& description) {
    std::vector<std::string> identities;
    const std::optional<FilePart> part = part_at(moment);
    if (!part) return identities;
    with_description(moment, description, [&](const SiteUnit& unit, const ThreadPool&) {
        for (const SiteServer* one : servers_in(unit, part)) {
            if (!one->server.identity.text.empty()) identities.push_back(one->server.identity.text);
            // Before, it had another one.
            if (one->replaces) identities.push_back(*one->replaces);
        }
    });
    return identities;
}

// What `diff` says of these servers, or of a description, against the last commit.
std::string effects_of(const Moment& moment, const std::string& where, std::vector<std::string> servers) {
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
    Comparison comparison = compare(before.input(), after.input());
    merge_sides(comparison, before.input().root, after.input().root);
    std::ostringstream text;
    print_diff_text(text, comparison, {});
    return text.str();
}

// Of a layer or a table: in every description that reads it.
std::function<Json()> effects(const View& view, const Subject& subject) {
    std::vector<std::string> servers;
    for (const ServerInput* server : view.workspace.servers_of(subject.document.path)) {
        if (!server->identity.text.empty()) servers.push_back(server->identity.text);
    }
    return [moment = moment_of(view, subject), servers = std::move(servers)]() -> Json {
        std::string text;
        for (const std::string& description : moment.descriptions) {
            std::vector<std::string> here = identities_at(moment, description);
            text += effects_of(moment, description, here.empty() ? servers : std::move(here));
        }
        if (moment.descriptions.empty())
            text = effects_of(moment, std::string(folder_of(moment.path)), servers);
        return {{"text", text}};
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
