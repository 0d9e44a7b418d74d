// SPDX-License-Identifier: MIT
#include <algorithm>
#include <istream>
#include <iterator>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
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
#include "diag/tally.hpp"
#include "doc/mask.hpp"
#include "doc/unified_diff.hpp"
#include "findings_output.hpp"
#include "lint/fix.hpp"
#include "lint/hide_known.hpp"
#include "lint/lint.hpp"
#include "load/config_file.hpp"
#include "load/inputs.hpp"
#include "load/known_keys.hpp"
#include "options.hpp"
#include "output/file_set.hpp"
#include "output/write_file.hpp"
#include "progress_line.hpp"
#include "source/failure.hpp"

namespace dectprov {
namespace {

struct LintArguments {
    FindingsArguments findings{.tells_fixes = true};
    std::vector<std::string> paths;
    std::vector<std::string> files_from;
    std::string stdin_name;
    std::string model;
    std::string baseline;
    std::string write_baseline;
    std::string show_config;
    bool allow_empty = false;
    bool force_exclude = false;
    bool fix = false;
    bool unsafe_fixes = false;
    bool diff = false;
};

class LintRun {
public:
    LintRun(const LintArguments& arguments, const Context& context)
        : arguments_(arguments),
          context_(context),
          output_(arguments.findings, context),
          pool_(context.global.jobs),
          configs_(files_, context.global.config, context.global.no_config, rule_index()),
          session_(files_, pool_, options_of(arguments, output_.thresholds())) {
        if (arguments.diff && !arguments.fix && !arguments.unsafe_fixes) {
            throw Failure("--diff shows what --fix or --unsafe-fixes would change; give one of them");
        }
        if (const std::string_view other = told_of_findings(); arguments.diff && !other.empty())
            throw Failure(fmt::format("--diff shows changes and no findings; leave out {}", other));
    }

    int run() {
        std::vector<std::string> paths = input_paths(arguments_.paths, arguments_.files_from,
                                                     arguments_.stdin_name, context_.streams.in, files_);
        if (paths.empty() && arguments_.files_from.empty()) paths.emplace_back(".");
        if (!arguments_.show_config.empty()) {
            show_config(context_.streams.out, session_, arguments_.show_config, configs_);
            output_.refuse_unknown_policies(configs_);
            return 0;
        }
        const Inputs inputs = find_inputs(files_, paths,
                                          {.servers = context_.global.servers,
                                           .force_exclude = arguments_.force_exclude,
                                           .tell_passed_over = arguments_.findings.verbose},
                                          configs_);
        output_.refuse_unknown_policies(configs_);
        tell_passed_over(context_, inputs);
        if (inputs.servers.empty() && inputs.sites.empty() && inputs.failures.empty() &&
            !arguments_.allow_empty) {
            throw Failure("no provisioning file in the inputs; --allow-empty accepts that");
        }
        LintResult result = look_at(inputs);
        if (arguments_.fix || arguments_.unsafe_fixes) {
            const Fixes fixes = apply_fixes(files_, result.findings, arguments_.unsafe_fixes);
            for (const std::string& message : fixes.left_alone) context_.complain(message);
            for (const std::string& path : fixes.changed)
                unwritten_.push_back(fmt::format("cannot write {}: it changed since it was read", path));
            if (arguments_.diff) {
                for (const FixedFile& file : fixes.files) context_.streams.out << diff_of(file);
            } else {
                keep(fixes);
                // What is left is what the mended files say.
                if (!fixes.files.empty()) result = look_at(inputs);
            }
            std::ranges::move(unwritten_, std::back_inserter(result.failures));
            if (arguments_.diff) return finish(result.failures, fails(result));
        }
        if (names_nobody(result)) {
            result.failures.push_back(
                fmt::format("no site describes {}", fmt::join(context_.global.servers, " or ")));
        }
        Results results = results_of(result);
        output_.print(results, files_, results.summary.files != 0 || result.failures.empty());
        return finish(result.failures, fails_);
    }

private:
    // An option about how findings are told or kept, if one is given.
    [[nodiscard]] std::string_view told_of_findings() const {
        if (!arguments_.findings.reports.empty()) return "--report";
        if (!arguments_.write_baseline.empty()) return "--write-baseline";
        return arguments_.findings.statistics ? "--statistics" : "";
    }

    [[nodiscard]] AnalysisOptions options_of(const LintArguments& arguments,
                                             const Thresholds& thresholds) const {
        AnalysisOptions options;
        options.servers = context_.global.servers;
        options.suppressions = !arguments.findings.no_suppressions;
        if (!arguments.model.empty()) options.model = model_named(arguments.model);
        options.thresholds = thresholds;
        // Fixes and baselines are of all findings.
        if (arguments.fix || arguments.unsafe_fixes || !arguments.baseline.empty() ||
            !arguments.write_baseline.empty())
            options.thresholds.notes = Notes::shown;
        return options;
    }

    // What could not be read is told last, and is worse than any finding.
    [[nodiscard]] int finish(const std::vector<std::string>& failures, bool fails) const {
        for (const std::string& failure : failures) context_.complain(failure);
        if (!failures.empty() || output_.failed()) return 2;
        return fails && !arguments_.findings.exit_zero ? 1 : 0;
    }

    LintResult look_at(const Inputs& inputs) {
        ProgressLine line(context_.streams.err, context_.streams.err_is_terminal && !context_.global.quiet,
                          "servers");
        return lint(session_, inputs, [&](const Progress& progress) { line.show(progress); });
    }

    // Writes what is mended: what came from standard input to standard output, where no findings can be then.
    void keep(const Fixes& fixes) {
        const bool reads_stdin = std::ranges::find(arguments_.paths, "-") != arguments_.paths.end();
        const std::string name = reads_stdin ? normal(arguments_.stdin_name) : std::string();
        write(fixes, name);
        if (!reads_stdin) return;
        output_.print_to_err();
        const auto mended = std::ranges::find(fixes.files, name, &FixedFile::path);
        if (mended != fixes.files.end()) files_.lay_over(name, mended->after);
        context_.streams.out << files_.read(name);
    }

    // A folder at a time: of any number of them, and two runs that want the same never wait for each other.
    void write(const Fixes& fixes, const std::string& not_this) {
        std::map<std::string, std::vector<const FixedFile*>> by_folder;
        for (const FixedFile& file : fixes.files) {
            if (file.path != not_this)
                by_folder[std::string(folder_of(files_.real(file.path)))].push_back(&file);
        }
        std::size_t count = 0;
        std::size_t files = 0;
        for (const auto& [folder, of_folder] : by_folder) {
            const StagingFolder held(folder, context_.tells_waiting());
            for (const FixedFile* file : of_folder) {
                try {
                    write_over(file->path, file->before, file->after, &held);
                    count += file->fixes;
                    ++files;
                } catch (const Failure& failure) {
                    unwritten_.emplace_back(failure.what());
                }
            }
        }
        if (!context_.global.quiet && count != 0)
            context_.tell(fmt::format("fixed {} in {}", count_of(count, "finding"), count_of(files, "file")));
    }

    static std::string diff_of(const FixedFile& file) {
        SourceSet sources;
        const Syntax syntax = syntax_of(file.path);
        const auto side = [&](const std::string& text) {
            const FileId id = sources.add(file.path, text);
            return DiffText{.name = file.path,
                            .text = sources.text(id),
                            .masked = secrets(sources, id, syntax,
                                              {.keys = names_of_description_keys(), .hides_own = true})};
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
            try {
                write_whole(path, write_baseline(result.findings, names_beside(files_, path)), true);
            } catch (const Failure& failure) {
                // What was found is told all the same.
                result.failures.emplace_back(failure.what());
            }
        }
        if (!arguments_.baseline.empty()) {
            results.summary.baselined =
                hide_known(session_, configs_, arguments_.baseline, result,
                           arguments_.findings.report_suppressed ? &results.hidden : nullptr);
        }
        std::ranges::move(result.suppressed_findings, std::back_inserter(results.hidden));
        results.summary.files = result.files;
        results.summary.servers = result.servers;
        results.summary.suppressed = result.suppressed;
        fails_ = fails(result);
        count(result.findings, results.summary);
        results.findings = std::move(result.findings);
        if (arguments_.findings.verbose) {
            // What several servers share is read with each of them.
            std::set<std::string_view> told;
            for (const ReadFile& file : result.read) {
                if (told.insert(file.path).second) context_.tell("read " + file.path);
            }
        }
        return results;
    }

    const LintArguments& arguments_;
    const Context& context_;
    FindingsOutput output_;
    Files files_ = context_.files();
    ThreadPool pool_;
    ConfigFiles configs_;
    Session session_;
    bool fails_ = false;
    std::vector<std::string> unwritten_;  // files that were not mended, and why
};

}  // namespace

Action add_lint(CLI::App& app) {
    // CLI11 keeps pointers to what it fills, and std::function wants copies: one place that both share.
    const auto arguments = std::make_shared<LintArguments>();
    LintArguments& to = *arguments;
    app.add_option("path", to.paths,
                   "files, folders and site descriptions; - is standard input (default: this folder)")
        ->type_name("PATH");
    add_files_from_option(app, to.files_from);
    add_stdin_name_option(app, to.stdin_name);
    add_findings_options(app, to.findings);
    add_model_option(app, to.model);
    app.add_flag("--allow-empty", to.allow_empty, "accept that there is nothing to check");
    app.add_flag("--force-exclude", to.force_exclude, "skip files in `ignore:` even if they are named here");
    app.add_flag("--fix", to.fix, "apply fixes that cannot change the meaning");
    app.add_flag("--unsafe-fixes", to.unsafe_fixes, "also apply fixes that may change the meaning");
    app.add_flag("--diff", to.diff, "with --fix or --unsafe-fixes: only show what would change");
    app.add_option("--baseline", to.baseline, "hide the findings recorded in FILE")->type_name("FILE");
    app.add_option("--show-config", to.show_config,
                   "show which configuration, model and rules apply to FILE, and why")
        ->type_name("FILE");
    app.add_option("--write-baseline", to.write_baseline, "record all findings in FILE")->type_name("FILE");
    return [arguments](const Context& context) { return LintRun(*arguments, context).run(); };
}

}  // namespace dectprov
