// SPDX-License-Identifier: MIT
#include "lint/judge.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include "diag/rules.hpp"
#include "diag/suppress.hpp"
#include "lint/suppressions.hpp"

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

constexpr std::string_view unreadable = "\xEF\xBF\xBD";  // U+FFFD, what stands for bytes without a meaning

// Whether a finding only repeats that some bytes have no meaning: what it marks holds them, or it is about
// the form of a file and they stand in front of it on its line (a name that no longer matches its end tag).
bool echoes_bytes(const Diagnostic& diagnostic, const SourceSet& sources) {
    const Rule* rule = diagnostic.rule;
    if (rule == &rule::file_encoding) return false;
    const Span span = diagnostic.place.span;
    if (sources.text(span).find(unreadable) != std::string_view::npos) return true;
    if (rule != &rule::xml_malformed && rule != &rule::ver_syntax) return false;
    const std::string_view text = sources.text(span.file);
    const std::size_t before = text.find_last_of("\r\n", span.begin);
    const std::size_t begin = before == std::string_view::npos ? 0 : before + 1;
    const std::size_t end = std::min(text.find_first_of("\r\n", begin), text.size());
    return text.substr(begin, end - begin).find(unreadable) != std::string_view::npos;
}

// One wrong byte is one fault. What a rule then says of the character that stands for it follows from that.
void drop_echoes(Report& report, const SourceSet& sources) {
    std::set<FileId> files;
    for (const Diagnostic& diagnostic : report.all()) {
        if (diagnostic.rule == &rule::file_encoding) files.insert(diagnostic.place.span.file);
    }
    if (files.empty()) return;
    std::erase_if(report.all(), [&](const Diagnostic& diagnostic) {
        return files.contains(diagnostic.place.span.file) && echoes_bytes(diagnostic, sources);
    });
}

}  // namespace

Syntax syntax_of(std::string_view path) {
    if (path.ends_with(".ver")) return Syntax::plain;
    if (path.ends_with(".csv")) return Syntax::csv;
    if (path.ends_with(".yaml") || path.ends_with(".yml")) return Syntax::yaml;
    return Syntax::xml;
}

std::vector<SourceInfo> infos_of_site(const SourceSet& sources, const ConfigFile* config) {
    std::vector<SourceInfo> infos(sources.size());
    for (std::size_t i = 0; i < infos.size(); ++i) {
        const bool csv = sources.name(static_cast<FileId>(i)).ends_with(".csv");
        infos[i] = {.reported = true, .syntax = csv ? Syntax::csv : Syntax::yaml, .config = config};
    }
    return infos;
}

Judged judge(Report& report, const SourceSet& sources, const std::vector<SourceInfo>& infos,
             const std::vector<Span>& comments,
             const std::function<std::string_view(const Diagnostic&)>& server_of,
             const Thresholds& thresholds, const PolicySets& policies, bool suppressions) {
    Judged judged;
    drop_echoes(report, sources);
    std::vector<Suppressed> taken;
    if (suppressions) taken = suppress(report, sources, infos, comments, thresholds, policies);
    judged.suppressed = taken.size();
    Resolver resolver(sources, infos, thresholds);
    judged.findings.reserve(report.all().size());
    for (const Diagnostic& diagnostic : report.all()) {
        auto finding = resolver.resolve(diagnostic, server_of(diagnostic));
        if (!finding) continue;
        const auto own = policies.find(infos[static_cast<std::size_t>(diagnostic.place.span.file)].config);
        if (own != policies.end()) {
            const RelatedPlace* policy = own->second->place_of(*diagnostic.rule);
            if (policy != nullptr) finding->related.push_back(*policy);
        }
        judged.findings.push_back(std::move(*finding));
    }
    judged.notes = resolver.counted();
    if (!thresholds.keep_suppressed) return judged;
    for (const Suppressed& one : taken) {
        auto finding = resolver.resolve(one.diagnostic, server_of(one.diagnostic));
        if (!finding) continue;
        finding->hidden = HiddenBy::suppression;
        finding->suppression =
            RelatedPlace{.file = sources.name(one.directive.file),
                         .begin = sources.position(one.directive.file, one.directive.begin),
                         .end = sources.position(one.directive.file, one.directive.end),
                         .message = std::string(reason_of(sources.text(one.directive)))};
        judged.suppressed_findings.push_back(std::move(*finding));
    }
    return judged;
}

Judged judge_site(Report& report, const SourceSet& sources, const std::vector<SourceInfo>& infos,
                  const Site& site, const Thresholds& thresholds, const PolicySets& policies,
                  bool suppressions) {
    std::vector<Span> comments;
    comments.reserve(site.comments.size());
    for (const YamlComment& comment : site.comments) comments.push_back(comment.span);
    Judged judged = judge(
        report, sources, infos, comments, [&](const Diagnostic& one) { return server_of(one, site); },
        thresholds, policies, suppressions);
    // What a layer says wrongly is wrong for every server that it is laid under, and said once.
    std::set<std::tuple<const Rule*, std::string, Position, Position, std::string>> said;
    std::erase_if(judged.findings, [&](const Finding& finding) {
        return !said.emplace(finding.rule, finding.file, finding.begin, finding.end, finding.message).second;
    });
    return judged;
}

}  // namespace dectprov
