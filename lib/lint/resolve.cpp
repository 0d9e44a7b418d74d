// SPDX-License-Identifier: MIT
#include "lint/resolve.hpp"

#include <string>
#include <utility>

#include "doc/tree.hpp"

namespace dectprov {

Resolver::Resolver(const SourceSet& sources, const std::vector<SourceInfo>& infos,
                   const Thresholds& thresholds)
    : sources_(sources), infos_(infos), thresholds_(thresholds), masks_(sources.size()) {}

const std::vector<Span>& Resolver::masked(FileId file) {
    auto& mask = masks_[static_cast<std::size_t>(file)];
    if (!mask) mask = secrets(sources_, file, infos_[static_cast<std::size_t>(file)].syntax);
    return *mask;
}

std::optional<Finding> Resolver::resolve(const Diagnostic& diagnostic, std::string_view server) {
    const Span span = diagnostic.place.span;
    const SourceInfo& info = infos_[static_cast<std::size_t>(span.file)];
    if (!info.reported) return std::nullopt;
    const std::string& path = sources_.name(span.file);
    const Severity severity = Severities(thresholds_.overrides, info.config).of(*diagnostic.rule, path);
    if (severity == Severity::off) return std::nullopt;
    if (severity == Severity::note && !thresholds_.notes) {
        counted_.emplace(diagnostic.rule, span.file, span.begin, span.end, diagnostic.message);
        return std::nullopt;
    }

    Finding finding{.rule = diagnostic.rule,
                    .severity = severity,
                    .file = path,
                    .begin = sources_.position(span.file, span.begin),
                    .end = sources_.position(span.file, span.end),
                    .path = diagnostic.place.path,
                    .identity = {},
                    .server = std::string(server),
                    .message = diagnostic.message,
                    .help = diagnostic.help,
                    .related = {},
                    .quote = {},
                    .fixable = diagnostic.fix.has_value()};
    const Tree* tree = diagnostic.place.tree;
    if (tree != nullptr) {
        if (finding.path.empty()) finding.path = tree->path(diagnostic.place.node);
        finding.identity = tree->identity(diagnostic.place.node);
    }
    if (finding.identity.empty()) finding.identity = finding.path;

    const auto relate = [&](const Note& note) {
        finding.related.push_back({.file = sources_.name(note.span.file),
                                   .begin = sources_.position(note.span.file, note.span.begin),
                                   .end = sources_.position(note.span.file, note.span.end),
                                   .message = note.message});
    };
    for (const Note& note : diagnostic.related) relate(note);
    if (diagnostic.fix && diagnostic.fix->span.file == span.file) {
        const Fix& fix = *diagnostic.fix;
        finding.fix = {
            .begin = fix.span.begin, .end = fix.span.end, .replacement = fix.replacement, .safe = fix.safe};
    }
    if (tree != nullptr && tree->has_rows()) {
        const Tree::Row& row = tree->row(diagnostic.place.node);
        if (row.has_anchor) relate({.span = row.anchor, .message = "the anchor whose value this is"});
    }

    const auto threshold = [&](std::optional<Severity> given, std::optional<Severity> ConfigFile::*member,
                               Severity otherwise) {
        if (given) return *given;
        return info.config != nullptr && (info.config->*member) ? *(info.config->*member) : otherwise;
    };
    finding.fails = severity >= threshold(thresholds_.fail_on, &ConfigFile::fail_on, Severity::error);
    finding.shown =
        severity >= threshold(thresholds_.min_severity, &ConfigFile::min_severity, Severity::note);
    if (finding.shown && thresholds_.quotes && severity >= *thresholds_.quotes)
        finding.quote = quote(sources_, span, masked(span.file));
    return finding;
}

}  // namespace dectprov
