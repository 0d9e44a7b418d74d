// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analysis/rule_index.hpp"
#include "analysis/session.hpp"
#include "command.hpp"
#include "diag/format.hpp"
#include "import/draft_parameters.hpp"
#include "import/import_sites.hpp"
#include "options.hpp"
#include "output/file_set.hpp"
#include "output/write_file.hpp"
#include "rules/families.hpp"
#include "source/failure.hpp"

namespace dectprov {
namespace {

struct ImportArguments {
    std::vector<std::string> paths;
    std::vector<std::string> files_from;
    std::string stdin_name;
    std::string output;
    std::string model;
    std::string schema;
    bool lift = false;
    bool by_server = false;
    bool tables = false;
    std::string users;
    bool parameters = false;
    bool keep_going = false;
    bool force = false;
    bool verbose = false;
};

std::string count_of(std::size_t count, std::string_view what) {
    return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

class ImportRun {
public:
    ImportRun(const ImportArguments& arguments, const Context& context)
        : arguments_(arguments), context_(context) {
        if (arguments.output.empty()) {
            throw Failure(arguments.parameters ? "no output file; give one with -o"
                                               : "no site description to write; give one with -o");
        }
        if (arguments.parameters && (arguments.lift || arguments.by_server || arguments.tables ||
                                     !arguments.users.empty() || !arguments.schema.empty()))
            throw Failure(
                "--parameters makes no site description: remove --lift, --by-server, --tables, --users and "
                "--schema");
    }

    int run() {
        const std::vector<std::string> paths = input_paths(
            arguments_.paths, arguments_.files_from, arguments_.stdin_name, context_.streams.in, files_);
        // Findings point into it.
        ConfigFiles configs(files_, context_.global.config, context_.global.no_config, rule_index());
        ThreadPool threads(context_.global.jobs);
        const Session session(files_, threads, {.model = model(), .thresholds = {.keep_suppressed = true}});
        Inputs inputs = find_inputs(
            files_, paths, {.servers = context_.global.servers, .tell_passed_over = arguments_.verbose},
            configs);
        tell_passed_over(context_, inputs);
        if (inputs.servers.empty() && inputs.failures.empty())
            throw Failure("no provisioning file in the inputs");
        if (!inputs.failures.empty()) return print_failures(inputs.failures);
        if (arguments_.parameters) return draft(session, inputs);
        return import(session, std::move(inputs), configs, paths);
    }

private:
    [[nodiscard]] int print_failures(const std::vector<std::string>& failures) const {
        for (const std::string& failure : failures) context_.complain(failure);
        return 2;
    }

    void refuse_existing(const std::string& path) const {
        if (!arguments_.force && is_there(files_, path))
            throw Failure(fmt::format("{} exists; --force replaces it", path));
    }

    [[nodiscard]] std::optional<Model> model() const {
        if (arguments_.model.empty()) return std::nullopt;
        return model_named(arguments_.model);
    }

    int draft(const Session& session, const Inputs& inputs) {
        const std::string output = normal(arguments_.output);
        refuse_existing(output);
        const DraftedParameters drafted = draft_parameters(session, inputs);
        if (!drafted.failures.empty()) return print_failures(drafted.failures);
        for (const std::string& broken : drafted.broken) context_.tell(broken);
        if (!drafted.broken.empty()) return stop("the files have errors; nothing is written");
        write_whole(output, drafted.text, arguments_.force);
        remark(fmt::format("wrote {} with {}", output, count_of(drafted.count, "parameter")));
        return 0;
    }

    int import(const Session& session, Inputs inputs, ConfigFiles& configs,
               const std::vector<std::string>& paths) {
        ImportPlan plan{.paths = paths, .output = normal(arguments_.output)};
        plan.folder = arguments_.output.ends_with('/') || files_.type(plan.output) == Files::Type::folder;
        plan.by_server = arguments_.by_server;
        if (plan.by_server && !plan.folder)
            throw Failure("--by-server writes one description per server: give a folder as SITE");
        plan.lift = arguments_.lift;
        plan.tables = arguments_.tables;
        if (plan.tables && !plan.folder)
            throw Failure("--tables needs a folder as SITE: a name that ends with /");
        if (plan.tables && plan.by_server)
            throw Failure("--tables makes one description: remove --by-server");
        if (!arguments_.users.empty())
            plan.users = arguments_.users == "csv" ? ImportPlan::Users::csv : ImportPlan::Users::yaml;
        if (plan.tables && plan.users == ImportPlan::Users::yaml)
            throw Failure("--tables puts users into a table: remove --users yaml");
        plan.schema = arguments_.schema;
        if (!plan.folder) refuse_existing(plan.output);

        ImportResult result = import_sites(session, std::move(inputs), configs, plan);
        print(result);
        for (const std::string& line : result.remarks) remark(line);
        if (!result.failures.empty()) return print_failures(result.failures);
        if (result.bad)
            return stop("the files have errors that a description cannot contain; nothing is written");
        for (const std::string& loss : result.losses) context_.tell(loss);
        const bool lossy = !result.losses.empty() || !result.after.empty();
        if (lossy && !arguments_.keep_going)
            return stop(
                "a description cannot contain everything; nothing is written (--keep-going writes the rest)");
        write(result, plan);
        if (result.came_along != 0) {
            const bool one = result.came_along == 1;
            remark(fmt::format("{} of the files {} now in the description; fix {} there",
                               count_of(result.came_along, "error"), one ? "is" : "are",
                               one ? "it" : "them"));
        }
        return lossy || std::ranges::any_of(result.before.findings, is_error) ? 1 : 0;
    }

    [[nodiscard]] int stop(std::string_view why) const {
        context_.complain(why);
        return 1;
    }

    void remark(const std::string& text) const {
        if (!context_.global.quiet) context_.tell(text);
    }

    // What is wrong with the files, and with the descriptions what would not show in them.
    void print(ImportResult& result) const {
        Results shown;
        shown.summary.files = result.before.files;
        shown.summary.servers = result.before.servers;
        shown.summary.suppressed = result.before.suppressed;
        const auto take = [&](std::vector<Finding>& findings) {
            for (Finding& finding : findings) {
                shown.summary.notes += finding.severity == Severity::note ? 1 : 0;
                const bool wanted = arguments_.verbose || finding.severity > Severity::note;
                if (!finding.shown || !wanted) continue;
                shown.summary.errors += finding.severity == Severity::error ? 1 : 0;
                shown.summary.warnings += finding.severity == Severity::warning ? 1 : 0;
                shown.findings.push_back(finding);
            }
        };
        take(result.before.findings);
        take(result.after);
        if (shown.findings.empty()) return;
        print_text(context_.streams.err, shown,
                   {.color = context_.color_err(), .counts = !context_.global.quiet});
    }

    // Secrets first: a description without them is of no use.
    void write(const ImportResult& result, const ImportPlan& plan) {
        if (plan.folder) make_folder(plan.output);
        // Its files belong together, so nobody else writes there until the last of them is.
        const StagingFolder held(plan.folder ? plan.output : std::string(folder_of(plan.output)),
                                 context_.tells_waiting());
        for (const ImportedFile& file : result.files) {
            refuse_existing(file.path);
            if (!file.env_path.empty()) refuse_existing(file.env_path);
            for (const auto& secret : file.secret_files) refuse_existing(secret.path);
        }
        for (const ImportedFile& file : result.files) {
            if (!file.env_path.empty()) write_private(file.env_path, file.env, arguments_.force, &held);
            for (const auto& secret : file.secret_files)
                write_private(secret.path, secret.bytes, arguments_.force, &held);
            write_whole(file.path, file.text, arguments_.force, false, &held);
            std::string line = !file.what.empty()  ? fmt::format("wrote {} with {}", file.path, file.what)
                               : file.servers == 0 ? fmt::format("wrote {} with the common part", file.path)
                                                   : fmt::format("wrote {} with {} and {}", file.path,
                                                                 count_of(file.servers, "server"),
                                                                 count_of(file.users, "user"));
            if (!file.env_path.empty())
                line += fmt::format(", and {} with {}", file.env_path, count_of(file.secrets, "secret"));
            if (!file.secret_files.empty())
                line += fmt::format(", and {} in {} own", count_of(file.secret_files.size(), "secret"),
                                    file.secret_files.size() == 1 ? "a file of its" : "files of their");
            remark(line);
        }
    }

    const ImportArguments& arguments_;
    const Context& context_;
    Files files_ = context_.files();
};

}  // namespace

Action add_import(CLI::App& app) {
    const auto arguments = std::make_shared<ImportArguments>();
    app.add_option("PATH", arguments->paths, "provisioning files of a server, or folders of them");
    add_files_from_option(app, arguments->files_from);
    add_stdin_name_option(app, arguments->stdin_name);
    app.add_option(
           "-o,--output", arguments->output,
           "the description to write; a folder (or a name that ends with /) for one description per folder")
        ->type_name("SITE");
    app.add_option("--model", arguments->model, "treat every server as this model")->type_name("MODEL");
    app.add_flag("--lift", arguments->lift,
                 "put the common part of most servers into `defaults`, or into a layer of all descriptions");
    app.add_flag(
        "--tables", arguments->tables,
        "with a folder as SITE: one description of the fleet, with a table of servers and a table of users");
    app.add_option("--users", arguments->users,
                   "users in a CSV file or in the description: csv or yaml (default: csv for more than 50)")
        ->check(CLI::IsMember({"csv", "yaml"}))
        ->type_name("FORMAT");
    app.add_flag("--by-server", arguments->by_server, "with a folder as SITE: one description per server");
    app.add_option("--schema", arguments->schema, "name this JSON Schema in the first line, for editors")
        ->type_name("URI");
    app.add_flag("--parameters", arguments->parameters,
                 "write no description, but a draft for `parameters:` with what is not in the catalogue");
    app.add_flag("--keep-going", arguments->keep_going,
                 "write the rest if a description cannot contain everything");
    app.add_flag("--force", arguments->force, "replace files that exist");
    app.add_flag("--verbose", arguments->verbose,
                 "show notes too, and files that only look like provisioning files");
    return [arguments](const Context& context) {
        if (arguments->paths.empty() && arguments->files_from.empty())
            throw Failure("no provisioning files; name a file or a folder");
        return ImportRun(*arguments, context).run();
    };
}

}  // namespace dectprov
