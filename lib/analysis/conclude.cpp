// SPDX-License-Identifier: MIT
#include "analysis/conclude.hpp"

#include <algorithm>
#include <cstddef>
#include <set>
#include <string>
#include <utility>

#include "analysis/suppressions.hpp"
#include "diag/rules.hpp"
#include "diag/suppress.hpp"
#include "load/config_file.hpp"

namespace dectprov {
namespace {

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
    // A copy of a version file is text as well, whatever is behind its name.
    if (base_name(path).find(".ver") != std::string_view::npos) return Syntax::version;
    if (path.ends_with(".csv")) return Syntax::csv;
    if (path.ends_with(".yaml") || path.ends_with(".yml")) return Syntax::yaml;
    return Syntax::xml;
}

Conclusion conclude(const Session& session, Report& report, const ReadSources& read,
                    const std::function<std::string_view(const Diagnostic&)>& server_of) {
    const SourceSet& sources = read.sources;
    const Thresholds& thresholds = session.thresholds();
    Conclusion conclusion;
    drop_echoes(report, sources);
    std::vector<Suppressed> taken;
    if (session.options().suppressions)
        taken = suppress(report, sources, read.infos, read.comments, thresholds);
    conclusion.suppressed = taken.size();
    for (const Suppressed& one : taken) {
        const Span span = one.diagnostic.place.span;
        conclusion.suppressed_keys.emplace(one.diagnostic.rule, sources.name(span.file), span.begin, span.end,
                                           one.diagnostic.message);
    }
    Resolver resolver(sources, read.infos, thresholds);
    conclusion.findings.reserve(report.all().size());
    for (const Diagnostic& diagnostic : report.all()) {
        auto finding = resolver.resolve(diagnostic, server_of(diagnostic));
        if (!finding) continue;
        const ConfigFile* config = read.infos[static_cast<std::size_t>(diagnostic.place.span.file)].config;
        if (config != nullptr && config->ready_policies) {
            const RelatedPlace* policy = config->ready_policies->place_of(*diagnostic.rule);
            if (policy != nullptr) finding->related.push_back(*policy);
        }
        conclusion.findings.push_back(std::move(*finding));
    }
    conclusion.note_keys = resolver.counted();
    conclusion.notes = conclusion.note_keys.size();
    if (!thresholds.keep_suppressed) return conclusion;
    for (const Suppressed& one : taken) {
        auto finding = resolver.resolve(one.diagnostic, server_of(one.diagnostic));
        if (!finding) continue;
        finding->hidden = HiddenBy::suppression;
        finding->suppression =
            RelatedPlace{.file = sources.name(one.directive.file),
                         .begin = sources.position(one.directive.file, one.directive.begin),
                         .end = sources.position(one.directive.file, one.directive.end),
                         .message = std::string(reason_of(resolver.shown(one.directive)))};
        conclusion.suppressed_findings.push_back(std::move(*finding));
    }
    return conclusion;
}

}  // namespace dectprov
