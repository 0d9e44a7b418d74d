// SPDX-License-Identifier: MIT
#include "analysis/resolve.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "doc/tree.hpp"

namespace dectprov {
namespace {

// "handset_groups.100" of "servers[2].handset_groups.100", "user[].ipei" of "user[3].ipei": what stays when a
// list is put in another order.
std::string without_positions(std::string_view path) {
    if (path.starts_with("servers[")) {
        const std::size_t end = path.find("].");
        if (end != std::string_view::npos) path.remove_prefix(end + 2);
    }
    std::string result;
    for (std::size_t i = 0; i < path.size(); ++i) {
        result += path[i];
        if (path[i] != '[') continue;
        const std::size_t end = path.find_first_not_of("0123456789", i + 1);
        if (end != std::string_view::npos && path[end] == ']') i = end - 1;
    }
    return result;
}

}  // namespace

Severity Thresholds::least_failing(const ConfigFile* config) const {
    return fail_on.value_or(config == nullptr ? Severity::error : config->fail_on.value_or(Severity::error));
}

Severity Thresholds::least_shown(const ConfigFile* config) const {
    return min_severity.value_or(config == nullptr ? Severity::note
                                                   : config->min_severity.value_or(Severity::note));
}

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
                    .quote = {}};
    const Tree* tree = diagnostic.place.tree;
    if (tree != nullptr) {
        if (finding.path.empty()) finding.path = tree->path(diagnostic.place.node);
        finding.identity = tree->identity(diagnostic.place.node);
    }
    if (finding.identity.empty()) finding.identity = without_positions(finding.path);

    const auto relate = [&](const Note& note) {
        finding.related.push_back({.file = sources_.name(note.span.file),
                                   .begin = sources_.position(note.span.file, note.span.begin),
                                   .end = sources_.position(note.span.file, note.span.end),
                                   .message = note.message});
    };
    for (const Note& note : diagnostic.related) relate(note);
    // What was read as context alone is not to be changed.
    if (diagnostic.fix && infos_[static_cast<std::size_t>(diagnostic.fix->span.file)].reported) {
        const Fix& fix = *diagnostic.fix;
        finding.fix = {.file = sources_.name(fix.span.file),
                       .begin = fix.span.begin,
                       .end = fix.span.end,
                       .from = sources_.position(fix.span.file, fix.span.begin),
                       .to = sources_.position(fix.span.file, fix.span.end),
                       .replacement = fix.replacement,
                       .safe = fix.safe};
    }
    if (tree != nullptr && tree->has_rows()) {
        const Tree::Row& row = tree->row(diagnostic.place.node);
        if (row.has_anchor) relate({.span = row.anchor, .message = "the anchor whose value this is"});
    }

    finding.fails = severity >= thresholds_.least_failing(info.config);
    finding.shown = severity >= thresholds_.least_shown(info.config);
    if (finding.shown && thresholds_.quotes && severity >= *thresholds_.quotes)
        finding.quote = quote(sources_, span, masked(span.file));
    return finding;
}

}  // namespace dectprov
