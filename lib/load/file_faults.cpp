// SPDX-License-Identifier: MIT
#include "load/file_faults.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "catalog/catalog.hpp"
#include "doc/conceal.hpp"
#include "doc/mask.hpp"
#include "load/known_keys.hpp"
#include "source/failure.hpp"

namespace dectprov {

std::string FileFaults::at(Span span, std::string_view what) const {
    const Position at = sources_.position(span.file, span.begin);
    return fmt::format("{}:{}:{}: {}", path_, at.line, at.column, what);
}

void FileFaults::add(Span span, std::string_view message) {
    const auto [masked, fresh] = masked_.try_emplace(span.file);
    if (fresh) {
        // What a policy asks for may be a secret.
        masked->second = secrets(sources_, span.file, Syntax::yaml,
                                 {.keys = names_of_config_keys(), .secret = {"matches", "one_of"}});
    }
    std::string shown(message);
    conceal_quoted(shown, sources_, span, masked->second);
    faults_.push_back({.span = span, .message = at(span, fmt::format("error: {}", shown))});
}

void FileFaults::add_unknown(Span span, std::string_view what, std::string_view typed,
                             std::span<const std::string_view> known) {
    constexpr std::size_t few = 20;
    // As for nearest(), the first ones are enough.
    constexpr std::size_t most_compared = 1000;
    known = known.first(std::min(known.size(), most_compared));
    std::optional<std::string_view> near = nearest(typed, known);
    // "warn" for "warning" is too far away for spelling.
    const auto longer = std::ranges::find_if(
        known, [&](std::string_view name) { return typed.size() > 2 && name.starts_with(typed); });
    if (!near && longer != known.end()) near = *longer;
    std::string help;
    if (near) {
        help = fmt::format("; did you mean '{}'?", *near);
    } else if (known.size() <= few) {
        help = fmt::format("; known: {}", fmt::join(known, ", "));
    }
    add(span, fmt::format("unknown {} '{}'{}", what, typed, help));
}

void FileFaults::throw_if_any() {
    if (faults_.empty() && others_.empty()) return;
    std::ranges::stable_sort(faults_, {}, [](const Fault& fault) { return fault.span.begin; });
    std::string all;
    for (const Fault& fault : faults_) all += fault.message + '\n';
    for (const std::string& other : others_) all += other + '\n';
    all.pop_back();
    throw Failure(all);
}

Yaml read_set_up_file(SourceSet& sources, FileId file, const Decoded& decoded, FileFaults& faults) {
    if (decoded.bad) {
        faults.add({.file = file, .begin = *decoded.bad, .end = *decoded.bad}, decoded.problem);
        faults.throw_if_any();
    }
    YamlDocument document = read_yaml(sources, file);
    bool sound = true;
    for (const YamlProblem& problem : document.problems) {
        sound = sound && problem.kind != YamlProblem::Kind::syntax;
        faults.add(problem.span,
                   problem.help.empty() ? problem.message : problem.message + "; " + problem.help);
    }
    if (!sound) faults.throw_if_any();
    return std::move(document.yaml);
}

}  // namespace dectprov
