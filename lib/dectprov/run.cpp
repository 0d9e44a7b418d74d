// SPDX-License-Identifier: MIT
#include "dectprov/run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "analysis/rule_index.hpp"
#include "model/identity.hpp"
#include "source/failure.hpp"

namespace dectprov::api {
namespace {

AnalysisOptions with(const LintOptions& options, AnalysisOptions analysis) {
    if (!options.model.empty()) {
        analysis.model = find_model(options.model);
        if (!analysis.model)
            throw Failure(fmt::format("unknown model '{}'; known: {}", options.model, to_text(all_models)));
    }
    for (const std::string& server : options.servers) {
        const auto identity = parse_identity(server);
        if (!identity) throw Failure(fmt::format("'{}' is neither a MAC address nor a UUID", server));
        analysis.servers.push_back(identity->text);
    }
    return analysis;
}

Files files_of(const LintOptions& options) {
    Files files;
    files.allow_outside(options.allow_outside);
    return files;
}

std::optional<std::string> forced(const LintOptions& options) {
    return options.config && !options.config->empty() ? options.config : std::nullopt;
}

Severity published(dectprov::Severity severity) {
    if (severity == dectprov::Severity::error) return Severity::error;
    return severity == dectprov::Severity::warning ? Severity::warning : Severity::note;
}

}  // namespace

Run::Run(const LintOptions& options, AnalysisOptions analysis)
    : files_(files_of(options)),
      pool_(options.threads),
      configs_(files_, forced(options), options.config && options.config->empty(), rule_index()),
      session_(files_, pool_, with(options, std::move(analysis))) {}

Inputs Run::find(const std::vector<std::string>& paths) {
    return find_inputs(files_, paths, {.servers = session_.options().servers}, configs_);
}

std::vector<Finding> published(const std::vector<dectprov::Finding>& findings) {
    std::vector<Finding> all;
    all.reserve(findings.size());
    for (const dectprov::Finding& one : findings) {
        all.push_back({.rule = std::string(one.rule->id),
                       .severity = published(one.severity),
                       .place = {.file = one.file,
                                 .line = one.begin.line,
                                 .column = one.begin.column,
                                 .end_line = one.end.line,
                                 .end_column = one.end.column},
                       .path = one.path,
                       .server = one.server,
                       .message = one.message,
                       .help = one.help,
                       .fails = one.fails});
    }
    return all;
}

}  // namespace dectprov::api
