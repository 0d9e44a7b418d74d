// SPDX-License-Identifier: MIT
#include "findings_output.hpp"

#include <algorithm>
#include <iterator>
#include <set>
#include <sstream>
#include <utility>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "diag/report_paths.hpp"
#include "diag/statistics.hpp"
#include "options.hpp"
#include "rules/families.hpp"
#include "source/failure.hpp"

namespace dectprov {
namespace {

// `--rule ID=SEVERITY`.
RuleOverride read_override(const std::string& text) {
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos) {
        throw Failure(fmt::format("--rule: '{}' does not have the form RULE=SEVERITY", text));
    }
    const std::string id = text.substr(0, equals);
    const Severity severity = severity_named("--rule", text.substr(equals + 1), true);
    if (id == "all") return {.rule = nullptr, .severity = severity};
    if (id.starts_with("policy/")) return {.rule = nullptr, .severity = severity, .policy = id};
    return {.rule = &rule_named(id), .severity = severity};
}

Results without_notes(const Results& results) {
    Results rest{.findings = {}, .hidden = results.hidden, .summary = results.summary};
    std::ranges::copy_if(results.findings, std::back_inserter(rest.findings),
                         [](const Finding& finding) { return finding.severity != Severity::note; });
    return rest;
}

}  // namespace

void add_findings_options(CLI::App& app, FindingsArguments& to) {
    app.add_option("--format", to.format, "the output format: " + format_names())->type_name("FORMAT");
    app.add_option("--report", to.reports, "also write another format to a file (repeatable)")
        ->allow_extra_args(false)
        ->type_name("FORMAT=FILE");
    app.add_flag("--statistics", to.statistics, "count findings by rule and by server");
    app.add_option("--rule", to.rules,
                   "set a rule's severity: error, warning, note or off; 'all' is every rule (repeatable)")
        ->allow_extra_args(false)
        ->type_name("RULE=SEVERITY");
    app.add_option("--min-severity", to.min_severity, "show findings at or above this severity")
        ->type_name("SEVERITY");
    app.add_option("--fail-on", to.fail_on,
                   "exit with 1 for findings at or above this severity (default: error)")
        ->type_name("SEVERITY");
    app.add_flag("--exit-zero", to.exit_zero, "exit with 0 even if there are findings");
    app.add_flag("--verbose", to.verbose, "show notes too, and what was read");
    app.add_flag("--no-suppressions", to.no_suppressions, "ignore dectprov-disable comments");
    app.add_flag("--report-suppressed", to.report_suppressed,
                 "also list suppressed and baselined findings in SARIF, marked as such");
}

FindingsOutput::FindingsOutput(const FindingsArguments& arguments, const Context& context)
    : arguments_(arguments), context_(context), format_(format_named(arguments.format)) {
    for (const std::string& report : arguments.reports) reports_.push_back(read_report(report));
    thresholds_.keep_suppressed = arguments.report_suppressed;
    for (const std::string& rule : arguments.rules) thresholds_.overrides.push_back(read_override(rule));
    if (!arguments.fail_on.empty())
        thresholds_.fail_on = severity_named("--fail-on", arguments.fail_on, false);
    if (!arguments.min_severity.empty())
        thresholds_.min_severity = severity_named("--min-severity", arguments.min_severity, false);
    thresholds_.quotes = quoted_from();
    if (!somebody_sees_notes()) thresholds_.notes = Notes::unseen;
}

// Inputs may lie in folders with configurations of their own; a policy of any of them is known, and one of
// the folder that we are in.
void FindingsOutput::refuse_unknown_policies(ConfigFiles& configs) const {
    std::set<std::string> known;
    const auto is_unknown = [&](const RuleOverride& one) {
        return !one.policy.empty() && !known.contains(one.policy);
    };
    const auto& given = thresholds_.overrides;
    const auto look = [&] {
        for (const ConfigFile* config : configs.all()) {
            for (const ConfigFile::Policy& policy : config->policies) known.insert("policy/" + policy.name);
        }
        return std::ranges::find_if(given, is_unknown);
    };
    if (look() == given.end()) return;
    configs.for_folder(".");
    const auto unknown = look();
    if (unknown == given.end()) return;
    const std::vector<std::string_view> names(known.begin(), known.end());
    fail_unknown("rule", unknown->policy, names);
}

FindingsOutput::FileReport FindingsOutput::read_report(const std::string& text) {
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos || equals + 1 == text.size()) {
        throw Failure(fmt::format("--report: '{}' does not have the form FORMAT=FILE", text));
    }
    std::string path = text.substr(equals + 1);
    if (path == "-") throw Failure("--report: '-' is not a file; --format says what standard output gets");
    return {.format = &format_named(text.substr(0, equals)), .path = std::move(path)};
}

// The least severity whose source lines somebody shows.
std::optional<Severity> FindingsOutput::quoted_from() const {
    std::optional<Severity> least;
    const auto add = [&](const Format& format) {
        if (!format.quotes) return;
        const Severity from = shows_notes(format) ? Severity::note : Severity::warning;
        least = std::min(least.value_or(from), from);
    };
    add(format_);
    for (const FileReport& report : reports_) add(*report.format);
    return least;
}

bool FindingsOutput::somebody_sees_notes() const {
    return arguments_.statistics || shows_notes(format_) ||
           std::ranges::any_of(reports_,
                               [&](const FileReport& report) { return shows_notes(*report.format); });
}

// Notes are for machines and for those who ask.
bool FindingsOutput::shows_notes(const Format& format) const {
    return format.notes || arguments_.verbose || thresholds_.min_severity == Severity::note;
}

// The formats that name files as they were given come first: what is renamed stays so.
void FindingsOutput::print(Results& results, const Files& files, bool counts) {
    std::erase_if(results.findings, [](const Finding& finding) { return !finding.shown; });
    print_formats(results, false, counts);
    const auto renames = [](const Format& format) { return format.repository_paths; };
    if (renames(format_) ||
        std::ranges::any_of(reports_, [&](const FileReport& report) { return renames(*report.format); })) {
        RepositoryPaths paths(files);
        rename_files(results, paths);
        print_formats(results, true, counts);
    }
    warn_of_limits(results);
}

void FindingsOutput::print_formats(const Results& results, bool repository_paths, bool counts) {
    const auto options = [&](bool color, unsigned columns) {
        return PrintOptions{.color = color,
                            .counts = !context_.global.quiet && counts,
                            .columns = columns,
                            .shows_hidden = shows_hidden(),
                            .tells_fixes = arguments_.tells_fixes,
                            .version = DECTPROV_VERSION,
                            .rules = all_rules()};
    };
    const auto print = [&](std::ostream& out, const Format& format, const PrintOptions& how) {
        if (shows_notes(format)) {
            format.print(out, results, how);
        } else {
            format.print(out, without_notes(results), how);
        }
    };
    if (format_.repository_paths == repository_paths) {
        const Streams& streams = context_.streams;
        std::ostream& to = to_err_ ? streams.err : streams.out;
        print(to, format_,
              to_err_ ? options(context_.color_err(), streams.err_columns)
                      : options(context_.color_out(), streams.out_columns));
        if (arguments_.statistics) print_statistics(to, results);
    }
    for (const FileReport& report : reports_) {
        if (report.format->repository_paths != repository_paths) continue;
        std::ostringstream text;
        print(text, *report.format, options(false, 0));
        failed_ = !context_.write_report(report.path, std::move(text).str()) || failed_;
    }
}

// What the severity hides shows with this.
std::string_view FindingsOutput::shows_hidden() const {
    return arguments_.min_severity.empty() && !arguments_.verbose ? "--verbose" : "--min-severity note";
}

void FindingsOutput::warn_of_limits(const Results& results) const {
    const auto warn = [&](const Format& format) {
        const std::string warning = limit_warning(format, results);
        if (!warning.empty()) context_.complain(warning);
    };
    warn(format_);
    for (const FileReport& report : reports_) warn(*report.format);
}

}  // namespace dectprov
