// SPDX-License-Identifier: MIT
#include "render/generate_from_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <string_view>
#include <utility>

#include "analysis/site_unit.hpp"
#include "catalog/models.hpp"
#include "doc/ver_list.hpp"
#include "doc/write_xml.hpp"
#include "doc/write_yaml.hpp"
#include "load/inputs.hpp"
#include "model/identity.hpp"
#include "render/generate.hpp"
#include "source/encoding.hpp"
#include "source/failure.hpp"

namespace dectprov {
namespace {

// A description of one server that names the table and nothing else.
std::string description_of(Model model, const std::string& table) {
    const std::string_view identity =
        row(model).has_uuid ? "uuid: 00000000-0000-4000-8000-000000000001" : "mac: \"00:13:d1:00:00:01\"";
    return fmt::format("dectprov: 1\nservers:\n  - model: \"{}\"\n    {}\n    users:\n      - from: {}\n",
                       row(model).token, identity, yaml_scalar(base_name(table)));
}

// What is found about the list of users as a whole is reported of the table; the rest of the description is
// not the user's.
void report_of_table(FileId description, FileId table, Report& report) {
    std::vector<Diagnostic>& all = report.all();
    std::erase_if(all, [&](const Diagnostic& one) {
        return one.place.span.file == description && severity_of(one) != Severity::error &&
               !one.rule->id.starts_with("users/");
    });
    for (Diagnostic& one : all) {
        if (one.place.span.file == description) one.place = Place{.span = {.file = table}};
    }
}

// The group files of one server, by their number.
using GroupFiles = std::map<std::uint32_t, std::string>;

GroupFiles group_files(const Session& session, const std::string& folder) {
    const Files& files = session.files();
    if (files.type(folder) != Files::Type::folder)
        throw Failure(fmt::format("cannot read {}: no such folder", folder));
    std::map<std::string, GroupFiles> servers;
    for (const Files::Entry& entry : files.list(folder)) {
        const FileName name = read_name(entry.name);
        if (entry.type == Files::Type::file && name.role == Role::group &&
            name.state == FileName::State::exact && session.wants(name.identity.text))
            servers[name.identity.text].emplace(name.group, entry.name);
    }
    if (servers.empty()) throw Failure(fmt::format("no handset group file in {}", folder));
    if (servers.size() > 1) {
        throw Failure(fmt::format("{} has handset groups of {} servers; select one with --server", folder,
                                  servers.size()));
    }
    return std::move(servers.begin()->second);
}

}  // namespace

std::vector<Finding> findings_of(const Session& session, const SourceSet& sources, Report& report) {
    const ReadSources read{.sources = sources, .infos = std::vector<SourceInfo>(sources.size())};
    return conclude(session, report, read, [](const Diagnostic&) { return std::string_view(); }).findings;
}

GeneratedFile users_of_table(Files files, ThreadPool& pool, const ConfigFile* config,
                             const AnalysisOptions& options, Model model, const std::string& table) {
    // Whoever names the table may have it anywhere, which is not so of what a description names.
    if (!files.laid_over(table)) files.lay_over(table, files.read(table));
    const std::string path = join(folder_of(table), ".dectprov-generate.yaml");
    files.lay_over(path, description_of(model, table));
    AnalysisOptions resolving = options;
    resolving.resolve = true;
    const Session session(files, pool, std::move(resolving));
    const SiteInput description{.path = path, .config = config};
    SiteUnit unit(session, description);
    unit.open();
    unit.validate();
    report_of_table(FileId{0}, FileId{1}, unit.report());  // the table is read after the description
    GeneratedFile made{.findings = unit.conclude().findings, .text = {}};
    if (std::ranges::find(made.findings, Severity::error, &Finding::severity) == made.findings.end())
        made.text = write_xml(*unit.site().servers.at(0).server.users);
    return made;
}

GeneratedFile version_list_of_folder(const Session& session, const Catalog& catalog,
                                     const std::string& folder) {
    const GroupFiles groups = group_files(session, folder);
    SourceSet sources;
    Report report;
    std::vector<std::pair<std::string, std::string>> list;
    for (const auto& [group, name] : groups) {
        const std::string path = join(folder, name);
        const FileId file = sources.add(path, decode_xml(session.files().read(path)).text);
        list.emplace_back(std::to_string(group), version_in(sources, file, group, catalog, report));
    }
    return {.findings = findings_of(session, sources, report), .text = write_version_list(list)};
}

}  // namespace dectprov
