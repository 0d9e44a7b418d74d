// SPDX-License-Identifier: MIT
#include "analysis/site_unit.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include "analysis/output_names.hpp"
#include "analysis/severities.hpp"
#include "diag/rules.hpp"
#include "doc/secret.hpp"
#include "doc/tree.hpp"
#include "load/config_file.hpp"
#include "load/policies.hpp"
#include "model/bind.hpp"
#include "rules/check.hpp"

namespace dectprov {
namespace {

bool is_yaml(std::string_view path) { return path.ends_with(".yaml") || path.ends_with(".yml"); }

// Which of a site's servers a diagnostic is about: "servers[2].…" is the second.
std::string_view server_of(const Diagnostic& diagnostic, const Site& site) {
    constexpr std::string_view start = "servers[";
    const Tree* tree = diagnostic.place.tree;
    const std::string path = tree != nullptr ? tree->path(diagnostic.place.node) : diagnostic.place.path;
    if (!path.starts_with(start)) return {};
    std::size_t number = 0;
    std::from_chars(path.data() + start.size(), path.data() + path.size(), number);
    const auto found = std::ranges::lower_bound(site.servers, number, {}, &SiteServer::number);
    if (found == site.servers.end() || found->number != number) return {};
    return found->server.identity.text;
}

}  // namespace

SiteUnit::SiteUnit(const Session& session, const SiteInput& input)
    : SiteUnit(session, input, Severities(session.thresholds().overrides, input.config).off({input.path})) {}

SiteUnit::SiteUnit(const Session& session, const SiteInput& input, std::vector<const Rule*> off)
    : session_(session), input_(input), report_(std::move(off)) {}

SiteUnit::SiteUnit(const Session& session, const SiteInput& input, SitePart part, TableCache* tables)
    : SiteUnit(session, input) {
    part_ = part;
    tables_ = tables;
}

void SiteUnit::open() {
    const AnalysisOptions& options = session_.options();
    site_ = load_site(session_.files(), input_.path, sources_, catalog_of(input_.config),
                      {.resolve = options.resolve,
                       .unset_is_unknown = options.unset_is_unknown,
                       .statements = options.statements,
                       .environment = options.environment,
                       .layers = &session_.layers(),
                       .tables = tables_,
                       .part = part_,
                       .wanted = options.wanted},
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
        const bool table = !sources_.columns(static_cast<FileId>(i)).empty();
        const bool csv = table || (i != 0 && !is_yaml(name));
        read.infos.push_back(
            {.reported = true, .syntax = csv ? Syntax::csv : Syntax::yaml, .config = input_.config});
    }
    read.comments.reserve(site_.comments.size());
    for (const YamlComment& comment : site_.comments) read.comments.push_back(comment.span);
    Conclusion conclusion = dectprov::conclude(session_, report, read,
                                               [&](const Diagnostic& one) { return server_of(one, site_); });
    for (std::vector<Finding>* all : {&conclusion.findings, &conclusion.suppressed_findings}) {
        name_owners(*all);
        name_servers(*all);
    }
    fold_layers(conclusion.findings);
    return conclusion;
}

// What stands in the item or row of one server is of that server, whatever else stands in the file. What is
// laid under several is the same element for all.
void SiteUnit::name_owners(std::vector<Finding>& findings) const {
    std::multimap<std::string_view, const SiteServer*> servers;
    for (const SiteServer& one : site_.servers) {
        if (!findings.empty()) servers.emplace(one.server.identity.text, &one);
    }
    for (Finding& finding : findings) {
        if (finding.server.empty()) continue;
        const auto [first, last] = servers.equal_range(finding.server);
        const bool own = std::any_of(first, last, [&](const auto& one) {
            const Span span = one.second->own;
            return sources_.name(span.file) == finding.file &&
                   sources_.position(span.file, span.begin) <= finding.begin &&
                   finding.begin <= sources_.position(span.file, span.end);
        });
        if (own) name_owner(finding);
    }
}

void SiteUnit::name_servers(std::vector<Finding>& findings) const {
    std::map<std::string_view, std::string_view> names;
    for (const SiteServer& one : site_.servers) {
        if (!one.name.empty()) names.emplace(one.server.identity.text, one.name);
    }
    if (names.empty()) return;
    for (Finding& finding : findings) {
        const auto found = names.find(finding.server);
        if (found != names.end()) finding.server_name = shown_text(found->second);
    }
}

// What a layer or a table says wrongly is wrong for every server that it is laid under, and said once: here
// of this description, and by deduplicate() of several.
void SiteUnit::fold_layers(std::vector<Finding>& findings) const {
    std::map<std::tuple<const Rule*, std::string, Position, Position, std::string>, std::size_t> said;
    Users users;
    std::size_t kept = 0;
    for (Finding& finding : findings) {
        const auto [place, fresh] =
            said.try_emplace({finding.rule, finding.file, finding.begin, finding.end, finding.message}, kept);
        if (!fresh) {
            Finding& first = findings[place->second];
            first.laid_under += first.laid_under > 0 && first.server != finding.server ? 1 : 0;
            continue;
        }
        lay_under(finding, users);
        if (&findings[kept] != &finding) findings[kept] = std::move(finding);
        ++kept;
    }
    findings.erase(findings.begin() + static_cast<std::ptrdiff_t>(kept), findings.end());
}

std::vector<const SiteServer*> SiteUnit::servers_over(const std::string& file) const {
    const auto is_it = [&](FileId layer) { return sources_.name(layer) == file; };
    const bool of_all = std::ranges::any_of(site_.layers, is_it);
    std::vector<const SiteServer*> servers;
    for (const SiteServer& one : site_.servers) {
        if (of_all || std::ranges::any_of(one.layers, is_it)) servers.push_back(&one);
    }
    return servers;
}

// What is wrong with a layer as a whole is so for all servers that it is laid under.
void SiteUnit::lay_under(Finding& finding, Users& users) const {
    // What is idle is so by itself.
    const bool idle = finding.rule == &rule::suppression_unused;
    if (finding.file == input_.path || site_.servers.empty() || idle) return;
    const auto is_its = [&](const SiteServer& one) { return one.server.identity.text == finding.server; };
    const auto its = std::ranges::find_if(site_.servers, is_its);
    std::vector<const SiteServer*> servers;
    if (its != site_.servers.end()) {
        servers = {&*its};
    } else if (is_yaml(finding.file)) {
        const auto [known, fresh] = users.try_emplace(finding.file);
        if (fresh) known->second = servers_over(finding.file);
        servers = known->second;
    }
    // Nobody knows whose a table as a whole is, and a broken layer is laid under none.
    if (servers.empty()) return;
    const Place& first = servers.front()->identity_place;
    finding.laid_under = servers.size();
    finding.related.insert(finding.related.begin(),
                           {.file = sources_.name(first.span.file),
                            .begin = sources_.position(first.span.file, first.span.begin),
                            .end = sources_.position(first.span.file, first.span.end),
                            .message = {}});
}

}  // namespace dectprov
