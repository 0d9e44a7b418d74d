// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/resolve.hpp"
#include "command.hpp"
#include "diag/finding.hpp"
#include "diag/format.hpp"
#include "load/config_file.hpp"
#include "source/files.hpp"

namespace dectprov {

// Options of every subcommand that ends in findings: which count, and how they are told.
struct FindingsArguments {
    std::string format = "text";
    std::vector<std::string> reports = {};
    std::vector<std::string> rules = {};
    std::string fail_on = {};
    std::string min_severity = {};
    bool statistics = false;
    bool exit_zero = false;
    bool verbose = false;
    bool no_suppressions = false;
    bool report_suppressed = false;
    bool tells_fixes = false;  // no option: whether --fix is one
};

void add_findings_options(CLI::App& app, FindingsArguments& to);

// Prints findings in the format that is asked for, and in those of the reports.
class FindingsOutput {
public:
    // Both must outlive this. Throws Failure where an option names what is not known.
    FindingsOutput(const FindingsArguments& arguments, const Context& context);

    // Throws Failure where `--rule` names a policy that no configuration of the run has.
    void refuse_unknown_policies(ConfigFiles& configs) const;
    // What decides over findings, from the command line.
    [[nodiscard]] const Thresholds& thresholds() const { return thresholds_; }
    // Whether standard output is for people, who may be told more behind the findings.
    [[nodiscard]] bool is_text() const { return format_.print == print_text; }

    // `counts`: the last line of counts is wanted, unless -q. What is not to be shown is taken out of the
    // results, which are counted by then, and what is renamed for hosts of code stays so.
    void print(Results& results, const Files& files, bool counts);
    // Standard output is for something else: the findings go to standard error.
    void print_to_err() { to_err_ = true; }

    // A report could not be written.
    [[nodiscard]] bool failed() const { return failed_; }

private:
    struct FileReport {
        const Format* format;
        std::string path;
    };

    static FileReport read_report(const std::string& text);
    [[nodiscard]] std::optional<Severity> quoted_from() const;
    [[nodiscard]] bool somebody_sees_notes() const;
    [[nodiscard]] bool shows_notes(const Format& format) const;
    [[nodiscard]] std::string_view shows_hidden() const;
    void print_formats(const Results& results, bool repository_paths, bool counts);
    void warn_of_limits(const Results& results) const;

    const FindingsArguments& arguments_;
    const Context& context_;
    const Format& format_;
    std::vector<FileReport> reports_;
    Thresholds thresholds_;
    bool failed_ = false;
    bool to_err_ = false;
};

}  // namespace dectprov
