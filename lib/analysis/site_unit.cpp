// SPDX-License-Identifier: MIT
#include "analysis/site_unit.hpp"

#include <charconv>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include "analysis/output_names.hpp"
#include "analysis/severities.hpp"
#include "doc/tree.hpp"
#include "load/config_file.hpp"
#include "load/policies.hpp"
#include "model/bind.hpp"
#include "rules/check.hpp"

namespace dectprov {
namespace {

// Which of a site's servers a diagnostic is about: "servers[2].…" is the second.
std::string_view server_of(const Diagnostic& diagnostic, const Site& site) {
    constexpr std::string_view start = "servers[";
    const Tree* tree = diagnostic.place.tree;
    const std::string path = tree != nullptr ? tree->path(diagnostic.place.node) : diagnostic.place.path;
    if (!path.starts_with(start)) return {};
    std::size_t number = 0;
    std::from_chars(path.data() + start.size(), path.data() + path.size(), number);
    if (number < 1 || number > site.servers.size()) return {};
    return site.servers[number - 1].server.identity.text;
}

}  // namespace

SiteUnit::SiteUnit(const Session& session, const SiteInput& input)
    : SiteUnit(session, input, Severities(session.thresholds().overrides, input.config).off({input.path})) {}

SiteUnit::SiteUnit(const Session& session, const SiteInput& input, std::vector<const Rule*> off)
    : session_(session), input_(input), report_(std::move(off)) {}

void SiteUnit::open() {
    const AnalysisOptions& options = session_.options();
    site_ = load_site(
        session_.files(), input_.path, sources_, catalog_of(input_.config),
        {.resolve = options.resolve, .environment = options.environment, .layers = &session_.layers()},
        report_);
}

void SiteUnit::narrow(std::size_t server, Report& report) { infer(site_.servers[server].server, report); }

void SiteUnit::validate(std::size_t server, Report& report) {
    narrow(server, report);
    const Server& one = site_.servers[server].server;
    check(one, report, {}, &session_.pool());
    check_policies(input_.config, one, report);
    check_output_names(site_.servers[server], report);
}

void SiteUnit::validate() {
    std::vector<Report> reports(site_.servers.size(), report_.another());
    session_.pool().parallel_for(reports.size(), [&](std::size_t i) {
        if (wants(i)) validate(i, reports[i]);
    });
    for (Report& one : reports) report_.take(std::move(one));
}

Conclusion SiteUnit::conclude(Report& report) const {
    ReadSources read{.sources = sources_, .infos = {}};
    read.infos.reserve(sources_.size());
    for (std::size_t i = 0; i < sources_.size(); ++i) {
        // The description comes first, whatever its name; its layers are named as such, tables as one likes.
        const std::string& name = sources_.name(static_cast<FileId>(i));
        const bool csv = i != 0 && !name.ends_with(".yaml") && !name.ends_with(".yml");
        read.infos.push_back(
            {.reported = true, .syntax = csv ? Syntax::csv : Syntax::yaml, .config = input_.config});
    }
    read.comments.reserve(site_.comments.size());
    for (const YamlComment& comment : site_.comments) read.comments.push_back(comment.span);
    Conclusion conclusion = dectprov::conclude(session_, report, read,
                                               [&](const Diagnostic& one) { return server_of(one, site_); });
    // What a layer says wrongly is wrong for every server that it is laid under, and said once.
    std::set<std::tuple<const Rule*, std::string, Position, Position, std::string>> said;
    std::erase_if(conclusion.findings, [&](const Finding& finding) {
        return !said.emplace(finding.rule, finding.file, finding.begin, finding.end, finding.message).second;
    });
    return conclusion;
}

}  // namespace dectprov
