// SPDX-License-Identifier: MIT
#include "analysis/resolve.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "catalog/characters.hpp"
#include "diag/shorten.hpp"
#include "doc/conceal.hpp"
#include "doc/mask_scan.hpp"
#include "doc/secret.hpp"
#include "doc/tree.hpp"
#include "load/known_keys.hpp"

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

// The spans are in order.
bool holds(const std::vector<Span>& spans, std::uint32_t at) {
    const auto found = std::ranges::upper_bound(spans, at, {}, &Span::end);
    return found != spans.end() && found->begin <= at;
}

// Whether all that a finding has of a file are names.
bool has_names_alone(const Finding& finding, bool (*is_name)(std::string_view)) {
    if (!quotes_alone(finding.message, is_name) || !quotes_alone(finding.help, is_name)) return false;
    return finding.related.empty() && std::ranges::all_of(finding.path, [](char c) {
               return (c >= 'a' && c <= 'z') || is_digit(c) || c == '.' || c == '_' || c == '[' || c == ']';
           });
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
    if (!mask) {
        const SourceInfo& info = infos_[static_cast<std::size_t>(file)];
        mask = secrets(sources_, file, info.syntax,
                       {.keys = names_of_description_keys(), .catalog = catalog_of(info.config)});
    }
    return *mask;
}

std::string Resolver::shown(Span span) {
    std::vector<TextPart> parts;
    for (const Span& mask : masked(span.file)) {
        const std::uint32_t begin = std::max(mask.begin, span.begin);
        const std::uint32_t end = std::min(mask.end, span.end);
        if (begin < end) parts.push_back({.begin = begin - span.begin, .end = end - span.begin});
    }
    return with_stars(sources_.text(span), parts);
}

// Of an XML file that could be read, the elements that the catalogue knows hold what their names say; and of
// an unknown one no mark is lost, so that what has the form of a name is one. Elsewhere the names of the
// format alone tell nothing.
void Resolver::conceal(const Diagnostic& diagnostic, Finding& finding) {
    const Tree* const tree = diagnostic.place.tree;
    if (diagnostic.names_alone) return;
    if (tree != nullptr && tree->is_xml() &&
        (tree->entry(diagnostic.place.node) != EntryId::none || has_names_alone(finding, is_user_name)))
        return;
    const Span span = diagnostic.place.span;
    if (infos_[static_cast<std::size_t>(span.file)].syntax == Syntax::yaml) conceal_pairs(finding.message);
    if (finding.path.empty() && has_names_alone(finding, is_name_of_element)) return;
    const auto texts = [&](std::string& message, Span place) {
        if (quotes_text(message)) conceal_quoted(message, sources_, place, masked(place.file));
    };
    texts(finding.message, span);
    texts(finding.help, span);
    for (std::size_t i = 0; i < diagnostic.related.size(); ++i)
        texts(finding.related[i].message, diagnostic.related[i].span);
    if (tree != nullptr && tree->entry(diagnostic.place.node) != EntryId::none) return;
    conceal_steps(finding.path, sources_, span, masked(span.file));
    conceal_steps(finding.identity, sources_, span, masked(span.file));
}

// What the line hides because it says the same as a secret there is hidden beside it as well, whatever is
// exempt from conceal(): what known elements hold, and what identifies a user.
void Resolver::conceal_alike(const Diagnostic& diagnostic, Finding& finding) {
    const Span span = diagnostic.place.span;
    const KeyNames& keys = names_of_description_keys();
    for (std::string* const path : {&finding.path, &finding.identity}) {
        if (has_own_words(*path, keys)) conceal_alike_in_path(*path, sources_, span, masked(span.file), keys);
    }
    if (!finding.shown || diagnostic.names_alone) return;
    for (std::string* const text : {&finding.message, &finding.help}) {
        if (quotes_text(*text)) dectprov::conceal_alike(*text, sources_, span, masked(span.file));
    }
}

// Whichever rule says it, and whatever it is put together with.
void Resolver::conceal_references(const Diagnostic& diagnostic, Finding& finding) const {
    if (!sources_.has_secrets()) return;
    const Tree* const tree = diagnostic.place.tree;
    const bool of_one = tree != nullptr && tree->referred(diagnostic.place.node) != nullptr;
    conceal_referred(finding.message, sources_, of_one);
    conceal_referred(finding.help, sources_, of_one);
    for (RelatedPlace& related : finding.related) conceal_referred(related.message, sources_, of_one);
    conceal_referred_in_path(finding.path, sources_, names_of_description_keys());
    conceal_referred_in_path(finding.identity, sources_, names_of_description_keys());
}

std::optional<Finding> Resolver::resolve(const Diagnostic& diagnostic, std::string_view server) {
    const Span span = diagnostic.place.span;
    const SourceInfo& info = infos_[static_cast<std::size_t>(span.file)];
    if (!info.reported) return std::nullopt;
    const std::string& path = sources_.name(span.file);
    const Severity severity =
        Severities(thresholds_.overrides, info.config)
            .of(*diagnostic.rule, diagnostic.severity.value_or(diagnostic.rule->severity), path);
    if (severity == Severity::off) return std::nullopt;
    const Notes notes = severity == Severity::note ? thresholds_.notes : Notes::shown;
    if (notes == Notes::counted) {
        counted_.emplace(diagnostic.rule, path, span.begin, span.end, diagnostic.message);
        return std::nullopt;
    }
    Finding finding = placed(diagnostic, severity, server);
    if (notes == Notes::unseen) {
        // The text may hold a secret, and is not kept: it only tells findings apart.
        finding.message = fmt::format("{:x}", SourceSet::hash_of(diagnostic.message));
        return finding;
    }
    tell(diagnostic, finding);
    if (!finding.shown) return finding;
    const std::vector<Span> hidden = masked_alike(sources_, span, masked(span.file));
    // What is masked by itself is marked so that no finding tells its length; so is what says the same.
    if (span.begin < span.end && holds(hidden, span.begin) && !holds(masked(span.file), span.begin))
        finding.end = sources_.position(span.file, sources_.first_character(span).end);
    if (thresholds_.quotes && severity >= *thresholds_.quotes) finding.quote = quote(sources_, span, hidden);
    return finding;
}

Finding Resolver::placed(const Diagnostic& diagnostic, Severity severity, std::string_view server) const {
    const Span span = diagnostic.place.span;
    const ConfigFile* const config = infos_[static_cast<std::size_t>(span.file)].config;
    return {.rule = diagnostic.rule,
            .severity = severity,
            .file = sources_.name(span.file),
            .begin = sources_.position(span.file, span.begin),
            .end = sources_.position(span.file, span.end),
            .path = {},
            .identity = {},
            .server = std::string(server),
            .message = {},
            .help = {},
            .related = {},
            .quote = {},
            .fails = severity >= thresholds_.least_failing(config),
            .shown = severity >= thresholds_.least_shown(config),
            .many = diagnostic.many};
}

void Resolver::tell(const Diagnostic& diagnostic, Finding& finding) {
    finding.path = diagnostic.place.path;
    finding.message = diagnostic.message;
    finding.help = diagnostic.help;
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
    conceal(diagnostic, finding);
    conceal_alike(diagnostic, finding);
    finding.message = shortened(std::move(finding.message));
    finding.help = shortened(std::move(finding.help));
    finding.path = shortened(std::move(finding.path));
    finding.identity = shortened(std::move(finding.identity));
    for (RelatedPlace& related : finding.related) related.message = shortened(std::move(related.message));
    // Of what is left, which is never long.
    conceal_references(diagnostic, finding);
    // What was read as context alone is not to be changed.
    if (diagnostic.fix && infos_[static_cast<std::size_t>(diagnostic.fix->span.file)].reported) {
        const Fix& fix = *diagnostic.fix;
        finding.fix = {.file = sources_.name(fix.span.file),
                       .begin = fix.span.begin,
                       .end = fix.span.end,
                       .from = sources_.position(fix.span.file, fix.span.begin),
                       .to = sources_.position(fix.span.file, fix.span.end),
                       .replacement = fix.replacement,
                       .safe = fix.safe,
                       .secret = (tree != nullptr && (is_secret(*tree, diagnostic.place.node) ||
                                                      !secret_parts(*tree, diagnostic.place.node).empty())) ||
                                 (finding.shown &&
                                  has_alike(fix.replacement, sources_, fix.span, masked(fix.span.file))),
                       .text = sources_.hash(fix.span.file)};
    }
    if (tree != nullptr && tree->has_rows()) {
        const Tree::Row& row = tree->row(diagnostic.place.node);
        if (row.via == Tree::Via::alias) relate({.span = row.anchor, .message = "the anchor of this value"});
        if (row.via == Tree::Via::reference)
            relate({.span = row.anchor, .message = "the reference to this value"});
    }
}

}  // namespace dectprov
