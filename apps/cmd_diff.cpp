// SPDX-License-Identifier: MIT
#include <cstddef>
#include <future>
#include <memory>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "command.hpp"
#include "device/drift.hpp"
#include "diff/compare.hpp"
#include "diff/diff_format.hpp"
#include "diff/one_server.hpp"
#include "options.hpp"
#include "source/failure.hpp"

namespace dectprov {
namespace {

struct DiffArguments {
    std::vector<std::string> paths;
    std::string stdin_name;
    std::string format = "text";
    std::vector<std::string> reports;
    std::string model;
    std::string current;
    std::string base;
    bool full = false;
    bool exit_zero = false;
    bool allow_empty = false;
    bool verbose = false;
};

std::string diff_format_names() {
    std::string names;
    for (const DiffFormat& format : diff_formats()) {
        if (!names.empty()) names += ", ";
        names += format.name;
    }
    return names;
}

const DiffFormat& diff_format_named(std::string_view name) {
    std::vector<std::string_view> names;
    for (const DiffFormat& format : diff_formats()) {
        if (format.name == name) return format;
        names.push_back(format.name);
    }
    fail_unknown("format", name, names);
}

struct DiffReport {
    const DiffFormat* format;
    std::string path;
};

DiffReport read_diff_report(const std::string& text) {
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos || equals + 1 == text.size())
        throw Failure(fmt::format("--report: '{}' does not have the form FORMAT=FILE", text));
    return {.format = &diff_format_named(text.substr(0, equals)), .path = text.substr(equals + 1)};
}

class DiffRun {
public:
    DiffRun(const DiffArguments& arguments, const Context& context)
        : arguments_(arguments),
          context_(context),
          format_(diff_format_named(arguments.format)),
          pool_(context.global.jobs) {
        for (const std::string& report : arguments.reports) reports_.push_back(read_diff_report(report));
        options_.thresholds.quotes = std::nullopt;
        if (!arguments.model.empty()) options_.model = model_named(arguments.model);
    }

    int run() {
        const Comparison comparison = arguments_.current.empty() ? compare_two() : drift();
        print(comparison);
        if (!context_.global.quiet) {
            for (const std::string& note : comparison.notes) context_.complain(note);
        }
        for (const std::string& failure : comparison.failures) context_.complain(failure);
        if (!comparison.failures.empty() || report_failed_) return 2;
        return comparison.servers.empty() || arguments_.exit_zero ? 0 : 1;
    }

private:
    [[nodiscard]] Comparison compare_two() {
        if (!arguments_.base.empty()) throw Failure("--base needs --current and a tree");
        if (arguments_.paths.size() != 2) throw Failure("diff needs two paths: OLD and NEW");
        if (arguments_.paths[0] == "-" && arguments_.paths[1] == "-")
            throw Failure("standard input is named twice");
        OpenSideOptions how = options();
        how.later = true;
        OpenSide before(arguments_.paths[0], pool_, how);
        OpenSide after(arguments_.paths[1], pool_, how);
        // Folders are walked side by side.
        auto other = std::async(pool_.threads() > 1 ? std::launch::async : std::launch::deferred,
                                [&after] { after.find(); });
        before.find(&after);
        other.get();
        for (const OpenSide* side : {&before, &after}) tell_passed_over(context_, side->input().inputs);
        Comparison comparison = compare(before.input(), after.input());
        if (comparison.compared == 0 && !context_.global.servers.empty() && !arguments_.allow_empty)
            throw Failure("neither side has a server of --server; --allow-empty accepts that");
        return comparison;
    }

    [[nodiscard]] OpenSideOptions options() const {
        OpenSideOptions options = side_options(context_, arguments_.stdin_name, options_);
        options.allow_empty = arguments_.allow_empty;
        options.tell_passed_over = arguments_.verbose;
        return options;
    }

    [[nodiscard]] Comparison drift() {
        if (arguments_.paths.size() != 1)
            throw Failure("with --current give one path: the tree or description for the server");
        const OpenSide told(arguments_.paths[0], pool_, options());
        const std::vector<HeldSetting> held =
            held_settings(arguments_.current, told.catalog(), context_.streams.in);
        const OneServer server(told.input(), "the tree");
        // What has none has no drift.
        static_cast<void>(server.config());
        if (arguments_.base.empty()) return compare_drift(held, server.server(), nullptr);
        const OpenSide base(arguments_.base, pool_, options());
        const OneServer last(base.input(), "--base");
        static_cast<void>(last.config());
        return compare_drift(held, server.server(), &last.server());
    }

    void print(const Comparison& comparison) {
        const auto options = [&](bool color) {
            return DiffPrintOptions{.color = color,
                                    .counts = !context_.global.quiet,
                                    .full = arguments_.full,
                                    .notes = arguments_.verbose,
                                    .version = DECTPROV_VERSION};
        };
        format_.print(context_.streams.out, comparison, options(context_.color_out()));
        for (const DiffReport& report : reports_) {
            std::ostringstream text;
            report.format->print(text, comparison, options(false));
            report_failed_ = !context_.write_report(report.path, std::move(text).str()) || report_failed_;
        }
    }

    const DiffArguments& arguments_;
    const Context& context_;
    const DiffFormat& format_;
    std::vector<DiffReport> reports_;
    ThreadPool pool_;
    AnalysisOptions options_;
    bool report_failed_ = false;
};

}  // namespace

Action add_diff(CLI::App& app) {
    const auto arguments = std::make_shared<DiffArguments>();
    DiffArguments& to = *arguments;
    app.add_option("path", to.paths,
                   "OLD and NEW: files, folders, site descriptions or git:REV[:PATH]; - is standard input")
        ->type_name("PATH")
        ->required();
    add_stdin_name_option(app, to.stdin_name);
    app.add_option("--format", to.format, "the output format: " + diff_format_names())
        ->type_name("FORMAT:{text,json,markdown,html}");
    app.add_option("--report", to.reports, "also write another format to a file (repeatable)")
        ->allow_extra_args(false)
        ->type_name("REPORT:{text=,json=,markdown=,html=}");
    app.add_flag("--full", to.full, "list every change of every server instead of folding equal ones");
    add_model_option(app, to.model);
    app.add_option("--current", to.current, "the current settings of a server, to compare with one path")
        ->type_name("FILE");
    app.add_option("--base", to.base,
                   "with --current: the last rendered state, to separate changes by hand from ours")
        ->type_name("PATH");
    app.add_flag("--exit-zero", to.exit_zero, "exit with 0 even if there are differences");
    app.add_flag("--allow-empty", to.allow_empty, "accept that a side has nothing to compare");
    app.add_flag("--verbose", to.verbose, "show notes too, and files that only look like provisioning files");
    return [arguments](const Context& context) { return DiffRun(*arguments, context).run(); };
}

}  // namespace dectprov
