// SPDX-License-Identifier: MIT
#include <algorithm>
#include <fstream>
#include <istream>
#include <iterator>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "analysis/conclude.hpp"
#include "analysis/rule_index.hpp"
#include "analysis/session.hpp"
#include "analysis/show_config.hpp"
#include "command.hpp"
#include "diag/baseline.hpp"
#include "diag/format.hpp"
#include "diag/report_paths.hpp"
#include "diag/rules.hpp"
#include "diag/statistics.hpp"
#include "diag/tally.hpp"
#include "doc/mask.hpp"
#include "doc/unified_diff.hpp"
#include "lint/fix.hpp"
#include "lint/hide_known.hpp"
#include "lint/lint.hpp"
#include "load/config_file.hpp"
#include "load/inputs.hpp"
#include "options.hpp"
#include "output/file_set.hpp"
#include "progress_line.hpp"
#include "rules/families.hpp"
#include "source/failure.hpp"

namespace dectprov {
namespace {

struct LintArguments {
    std::vector<std::string> paths;
    std::vector<std::string> files_from;
    std::string stdin_name;
    std::string format = "text";
    std::vector<std::string> reports;
    std::string model;
    std::vector<std::string> rules;
    std::string fail_on;
    std::string min_severity;
    std::string baseline;
    std::string write_baseline;
    std::string show_config;
    bool statistics = false;
    bool exit_zero = false;
    bool allow_empty = false;
    bool verbose = false;
    bool force_exclude = false;
    bool no_suppressions = false;
    bool report_suppressed = false;
    bool fix = false;
    bool unsafe_fixes = false;
    bool diff = false;
};

struct FileReport {
    const Format* format;
    std::string path;
};

// `--rule ID=SEVERITY`.
RuleOverride read_override(const std::string& text) {
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos) {
        throw Failure(fmt::format("--rule: '{}' is not of the form RULE=SEVERITY", text));
    }
    const std::string id = text.substr(0, equals);
    const Severity severity = severity_named("--rule", text.substr(equals + 1), true);
    if (id == "all") return {.rule = nullptr, .severity = severity};
    if (id.starts_with("policy/")) return {.rule = nullptr, .severity = severity, .policy = id};
    return {.rule = &rule_named(id), .severity = severity};
}

FileReport read_report(const std::string& text) {
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos || equals + 1 == text.size()) {
        throw Failure(fmt::format("--report: '{}' is not of the form FORMAT=FILE", text));
    }
    return {.format = &format_named(text.substr(0, equals)), .path = text.substr(equals + 1)};
}

std::vector<FileReport> read_reports(const std::vector<std::string>& texts) {
    std::vector<FileReport> reports;
    for (const std::string& text : texts) reports.push_back(read_report(text));
    return reports;
}

class LintRun {
public:
    LintRun(const LintArguments& arguments, const Context& context)
        : arguments_(arguments),
          context_(context),
          format_(format_named(arguments.format)),
          reports_(read_reports(arguments.reports)),
          pool_(context.global.jobs),
          configs_(files_, context.global.config, context.global.no_config, rule_index()),
          session_(files_, pool_, options_of(arguments)) {
        if (arguments.diff && !arguments.fix && !arguments.unsafe_fixes) {
            throw Failure("--diff shows what --fix or --unsafe-fixes would change; give one of them");
        }
    }

    int run() {
        std::vector<std::string> paths = input_paths(arguments_.paths, arguments_.files_from,
                                                     arguments_.stdin_name, context_.streams.in, files_);
        if (paths.empty() && arguments_.files_from.empty()) paths.emplace_back(".");
        if (!arguments_.show_config.empty()) {
            show_config(context_.streams.out, session_, arguments_.show_config, configs_);
            return 0;
        }
        const Inputs inputs = find_inputs(files_, paths,
                                          {.servers = context_.global.servers,
                                           .force_exclude = arguments_.force_exclude,
                                           .tell_passed_over = arguments_.verbose},
                                          configs_);
        tell_passed_over(context_, inputs);
        if (inputs.servers.empty() && inputs.sites.empty() && inputs.failures.empty() &&
            !arguments_.allow_empty) {
            throw Failure("no provisioning file among the inputs; --allow-empty accepts that");
        }
        LintResult result = look_at(inputs);
        if (arguments_.fix || arguments_.unsafe_fixes) {
            const Fixes fixes = apply_fixes(files_, result.findings, arguments_.unsafe_fixes);
            for (const std::string& message : fixes.left_alone) context_.complain(message);
            if (shows_fixes(fixes)) return finish(result.failures, fails(result));
            // What is left is what the mended files say.
            if (!fixes.files.empty()) result = look_at(inputs);
        }
        if (names_nobody(result)) {
            result.failures.push_back(
                fmt::format("no site describes {}", fmt::join(context_.global.servers, " or ")));
        }
        Results results = results_of(result);
        any_failure_ = !result.failures.empty();
        print(results);
        return finish(result.failures, fails_);
    }

private:
    [[nodiscard]] AnalysisOptions options_of(const LintArguments& arguments) const {
        AnalysisOptions options;
        options.servers = context_.global.servers;
        options.suppressions = !arguments.no_suppressions;
        if (!arguments.model.empty()) options.model = model_named(arguments.model);
        Thresholds& thresholds = options.thresholds;
        thresholds.keep_suppressed = arguments.report_suppressed;
        for (const std::string& rule : arguments.rules) thresholds.overrides.push_back(read_override(rule));
        if (!arguments.fail_on.empty())
            thresholds.fail_on = severity_named("--fail-on", arguments.fail_on, false);
        if (!arguments.min_severity.empty())
            thresholds.min_severity = severity_named("--min-severity", arguments.min_severity, false);
        thresholds.quotes = quoted_from(thresholds);
        return options;
    }

    // What could not be read is told last, and is worse than any finding.
    [[nodiscard]] int finish(const std::vector<std::string>& failures, bool fails) const {
        for (const std::string& failure : failures) context_.complain(failure);
        if (!failures.empty() || report_failed_) return 2;
        return fails && !arguments_.exit_zero ? 1 : 0;
    }

    LintResult look_at(const Inputs& inputs) {
        ProgressLine line(context_.streams.err, context_.streams.err_is_terminal && !context_.global.quiet,
                          "servers");
        return lint(session_, inputs, [&](const Progress& progress) { line.show(progress); });
    }

    // Writes what is mended, or shows it; true where that is all that is to be seen.
    bool shows_fixes(const Fixes& fixes) {
        if (arguments_.diff) {
            for (const FixedFile& file : fixes.files) context_.streams.out << diff_of(file);
            return true;
        }
        const bool to_stdout = std::ranges::find(arguments_.paths, "-") != arguments_.paths.end();
        if (to_stdout) {
            const std::string name = normal(arguments_.stdin_name);
            const auto mended = std::ranges::find(fixes.files, name, &FixedFile::path);
            context_.streams.out << (mended == fixes.files.end() ? files_.read(name) : mended->after);
            return true;
        }
        std::size_t count = 0;
        std::set<std::string> names;
        for (const FixedFile& file : fixes.files) names.emplace(folder_of(file.path));
        const std::vector<StagingFolder> folders(names.begin(), names.end());
        for (const FixedFile& file : fixes.files) {
            write_whole(file.path, file.after, true);
            count += file.fixes;
        }
        if (!context_.global.quiet && count != 0) {
            context_.tell(fmt::format("mended {} in {}", count_of(count, "finding"),
                                      count_of(fixes.files.size(), "file")));
        }
        return false;
    }

    static std::string diff_of(const FixedFile& file) {
        SourceSet sources;
        const Syntax syntax = syntax_of(file.path);
        const auto side = [&](const std::string& text) {
            const FileId id = sources.add(file.path, text);
            return DiffText{
                .name = file.path, .text = sources.text(id), .masked = secrets(sources, id, syntax)};
        };
        return unified_diff(side(file.before), side(file.after));
    }

    static bool fails(const LintResult& result) {
        return std::ranges::any_of(result.findings, [](const Finding& finding) { return finding.fails; });
    }

    // Whether `--server` asks for what no input has. A description with errors may be about it all the same.
    [[nodiscard]] bool names_nobody(const LintResult& result) const {
        return !context_.global.servers.empty() && result.servers == 0 && result.failures.empty() &&
               !arguments_.allow_empty && std::ranges::none_of(result.findings, is_error);
    }

    // Counts are of all findings; what is listed is narrowed afterwards.
    Results results_of(LintResult& result) {
        Results results;
        // What could not be read has no findings to record.
        if (!arguments_.write_baseline.empty() && result.failures.empty()) {
            const std::string& path = arguments_.write_baseline;
            write_whole(path, write_baseline(result.findings, names_beside(files_, path)), true);
        }
        if (!arguments_.baseline.empty()) {
            results.summary.baselined = hide_known(session_, configs_, arguments_.baseline, result,
                                                   arguments_.report_suppressed ? &results.hidden : nullptr);
        }
        std::ranges::move(result.suppressed_findings, std::back_inserter(results.hidden));
        results.summary.files = result.files;
        results.summary.servers = result.servers;
        results.summary.suppressed = result.suppressed;
        fails_ = fails(result);
        count(result.findings, results.summary);
        std::erase_if(result.findings, [](const Finding& finding) { return !finding.shown; });
        results.findings = std::move(result.findings);
        if (arguments_.verbose) {
            // What several servers share is read with each of them.
            std::set<std::string_view> told;
            for (const ReadFile& file : result.read) {
                if (told.insert(file.path).second) context_.tell("read " + file.path);
            }
        }
        return results;
    }

    // The least severity whose source lines somebody shows.
    [[nodiscard]] std::optional<Severity> quoted_from(const Thresholds& thresholds) const {
        std::optional<Severity> least;
        const auto add = [&](const Format& format) {
            if (!format.quotes) return;
            const Severity from = shows_notes(format, thresholds) ? Severity::note : Severity::warning;
            least = std::min(least.value_or(from), from);
        };
        add(format_);
        for (const FileReport& report : reports_) add(*report.format);
        return least;
    }

    // Notes are for machines and for those who ask.
    [[nodiscard]] bool shows_notes(const Format& format, const Thresholds& thresholds) const {
        return format.notes || arguments_.verbose || thresholds.min_severity == Severity::note;
    }
    [[nodiscard]] bool shows_notes(const Format& format) const {
        return shows_notes(format, session_.thresholds());
    }

    // The formats that name files as they were given come first: what is renamed stays so.
    void print(Results& results) {
        print_formats(results, false);
        const auto renames = [](const Format& format) { return format.repository_paths; };
        if (renames(format_) || std::ranges::any_of(reports_, [&](const FileReport& report) {
                return renames(*report.format);
            })) {
            RepositoryPaths paths(files_);
            rename_files(results, paths);
            print_formats(results, true);
        }
        warn_of_limits(results);
    }

    void print_formats(const Results& results, bool repository_paths) {
        const auto options = [&](bool color, unsigned columns) {
            return PrintOptions{
                .color = color,
                .counts = !context_.global.quiet && (results.summary.files != 0 || !any_failure_),
                .columns = columns,
                .shows_hidden = shows_hidden(),
                .tells_fixes = true,
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
            print(context_.streams.out, format_, options(context_.color_out(), context_.streams.out_columns));
            if (arguments_.statistics) print_statistics(context_.streams.out, results);
        }
        for (const FileReport& report : reports_) {
            if (report.format->repository_paths != repository_paths) continue;
            std::ostringstream text;
            print(text, *report.format, options(false, 0));
            write_report(report, std::move(text).str());
        }
    }

    // What the severity hides shows with this.
    [[nodiscard]] std::string_view shows_hidden() const {
        return arguments_.min_severity.empty() && !arguments_.verbose ? "--verbose" : "--min-severity note";
    }

    void write_report(const FileReport& report, const std::string& text) {
        try {
            write_whole(report.path, text, true);
        } catch (const Failure& failure) {
            report_failed_ = true;
            context_.complain(failure.what());
        }
    }

    void warn_of_limits(const Results& results) {
        const auto warn = [&](const Format& format) {
            const std::string warning = limit_warning(format, results);
            if (!warning.empty()) context_.complain(warning);
        };
        warn(format_);
        for (const FileReport& report : reports_) warn(*report.format);
    }

    static Results without_notes(const Results& results) {
        Results rest{.findings = {}, .hidden = results.hidden, .summary = results.summary};
        std::ranges::copy_if(results.findings, std::back_inserter(rest.findings),
                             [](const Finding& finding) { return finding.severity != Severity::note; });
        return rest;
    }

    const LintArguments& arguments_;
    const Context& context_;
    const Format& format_;
    std::vector<FileReport> reports_;
    Files files_ = context_.files();
    ThreadPool pool_;
    ConfigFiles configs_;
    Session session_;
    bool fails_ = false;
    bool any_failure_ = false;  // something could not be read
    bool report_failed_ = false;
};

}  // namespace

Action add_lint(CLI::App& app) {
    // CLI11 keeps pointers to what it fills, and std::function wants copies: one place that both share.
    const auto arguments = std::make_shared<LintArguments>();
    LintArguments& to = *arguments;
    app.add_option("path", to.paths,
                   "files, folders and site descriptions; - is standard input (default: this folder)")
        ->type_name("PATH");
    app.add_option("--files-from", to.files_from, "read paths from FILE, one a line; - is standard input")
        ->allow_extra_args(false)
        ->type_name("FILE");
    app.add_option("--stdin-filename", to.stdin_name,
                   "what standard input is, and whose: it stands for this file")
        ->type_name("NAME");
    app.add_option("--format", to.format, "how findings are printed: " + format_names())->type_name("FORMAT");
    app.add_option("--report", to.reports, "write a further format to a file in the same run (repeatable)")
        ->allow_extra_args(false)
        ->type_name("FORMAT=FILE");
    app.add_flag("--statistics", to.statistics, "count findings by rule and by server");
    app.add_option("--model", to.model, "take every server for this model: 200, 400, 6500, vso, 2500 or 8000")
        ->type_name("MODEL");
    app.add_option("--rule", to.rules,
                   "set a rule's severity: error, warning, note or off; 'all' is every rule (repeatable)")
        ->allow_extra_args(false)
        ->type_name("RULE=SEVERITY");
    app.add_option("--min-severity", to.min_severity, "show findings at or above this severity")
        ->type_name("SEVERITY");
    app.add_option("--fail-on", to.fail_on,
                   "exit with 1 for findings at or above this severity (default: error)")
        ->type_name("SEVERITY");
    app.add_flag("--exit-zero", to.exit_zero, "exit with 0 though there are findings");
    app.add_flag("--allow-empty", to.allow_empty, "find it no fault that there is nothing to check");
    app.add_flag("--verbose", to.verbose, "show notes too, and what was read");
    app.add_flag("--force-exclude", to.force_exclude,
                 "leave out what `ignore:` names though it is given by name");
    app.add_flag("--no-suppressions", to.no_suppressions, "take no notice of dectprov-disable comments");
    app.add_flag("--report-suppressed", to.report_suppressed,
                 "list suppressed and baselined findings in SARIF, marked as such");
    app.add_flag("--fix", to.fix, "mend what can be mended without changing what was meant");
    app.add_flag("--unsafe-fixes", to.unsafe_fixes, "apply the fixes too that may change it");
    app.add_flag("--diff", to.diff, "with --fix or --unsafe-fixes: only show what would change");
    app.add_option("--baseline", to.baseline, "hide the findings that FILE records")->type_name("FILE");
    app.add_option("--show-config", to.show_config,
                   "say which configuration, model and rules apply to FILE, and why")
        ->type_name("FILE");
    app.add_option("--write-baseline", to.write_baseline, "record all findings in FILE")->type_name("FILE");
    return [arguments](const Context& context) { return LintRun(*arguments, context).run(); };
}

}  // namespace dectprov
