// SPDX-License-Identifier: MIT
#include <algorithm>
#include <iterator>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "analysis/rule_index.hpp"
#include "analysis/session.hpp"
#include "catalog/letter_case.hpp"
#include "command.hpp"
#include "diag/tally.hpp"
#include "diff/compare.hpp"
#include "diff/diff_format.hpp"
#include "findings_output.hpp"
#include "load/config_file.hpp"
#include "load/inputs.hpp"
#include "options.hpp"
#include "output/file_set.hpp"
#include "probe/address.hpp"
#include "probe/described.hpp"
#include "probe/probe.hpp"
#include "probe_program.hpp"
#include "probe_summary.hpp"
#include "progress_line.hpp"
#include "source/failure.hpp"

namespace dectprov {
namespace {

struct ProbeArguments {
    FindingsArguments findings;
    std::vector<std::string> paths;
    std::vector<std::string> files_from;
    std::string stdin_name;
    std::vector<std::string> env_files;
    std::string url;
    std::string model;
    NetworkOptions network{
        .ca_bundle = {}, .client_cert = {}, .timeout = 30, .most_bytes = most_answer_bytes};
    std::string output;
    bool diff = false;
};

class ProbeRun {
public:
    ProbeRun(const ProbeArguments& arguments, const Context& context)
        : arguments_(arguments),
          context_(context),
          output_(arguments.findings, context),
          env_files_(read_env_files(arguments.env_files, context.streams.in, files_)),
          pool_(context.global.jobs),
          configs_(files_, context.global.config, context.global.no_config, rule_index()),
          session_(files_, pool_, options_of(arguments, output_.thresholds())) {
        if (arguments.diff && !output_.is_text()) throw Failure("--diff works only with --format text");
        check_file("--ca-bundle", arguments.network.ca_bundle);
        check_file("--client-cert", arguments.network.client_cert);
        constexpr unsigned connections = 4;
        plan_.per_host = context.global.jobs_given ? context.global.jobs : connections;
        plan_.timeout = arguments.network.timeout;
        if (arguments.url.empty()) return;
        std::string why;
        plan_.address = parse_address(arguments.url, why);
        if (!plan_.address) throw Failure(fmt::format("--url: {}", why));
    }

    int run(const NetworkMaker& network) {
        std::vector<std::string> paths = input_paths(arguments_.paths, arguments_.files_from,
                                                     arguments_.stdin_name, context_.streams.in, files_);
        const bool alone = plan_.address && !context_.global.servers.empty();
        if (paths.empty() && arguments_.files_from.empty() && !alone) paths.emplace_back(".");
        const Inputs inputs = find_inputs(files_, paths, {.servers = context_.global.servers}, configs_);
        output_.refuse_unknown_policies(configs_);
        Described described(session_, inputs, paths);
        add_undescribed(described);
        if (described.servers().empty() && described.findings().empty() && described.failures().empty())
            throw Failure("no server in the inputs whose files can be fetched");
        check_output(described);
        ProbeResult result = ask(described, network(arguments_.network));
        print(described, inputs, result);
        keep(result);
        for (const std::string& message : result.not_asked) context_.complain(message);
        for (const auto* failures : {&described.failures(), &std::as_const(result.lint.failures)}) {
            for (const std::string& failure : *failures) context_.complain(failure);
            failed_ = failed_ || !failures->empty();
        }
        if (result.interrupted) return ended_by_interrupt;
        // Where somebody was asked, the others are told and change nothing.
        if (result.servers.empty() && described.findings().empty()) failed_ = true;
        if (failed_ || output_.failed()) return 2;
        return fails_ && !arguments_.findings.exit_zero ? 1 : 0;
    }

private:
    static constexpr int ended_by_interrupt = 130;

    [[nodiscard]] AnalysisOptions options_of(const ProbeArguments& arguments,
                                             const Thresholds& thresholds) const {
        AnalysisOptions options;
        options.servers = context_.global.servers;
        options.suppressions = !arguments.findings.no_suppressions;
        if (!arguments.model.empty()) options.model = model_named(arguments.model);
        options.thresholds = thresholds;
        options.resolve = true;
        options.environment = environment_of(env_files_);
        return options;
    }

    void check_file(std::string_view option, const std::string& path) const {
        if (!path.empty() && files_.type(path) != Files::Type::file)
            throw Failure(fmt::format("{}: cannot read {}: no such file", option, path));
    }

    // Servers that are named and of which nothing is described: with --url they can be asked for.
    void add_undescribed(Described& described) {
        for (const std::string& server : context_.global.servers) {
            const bool known = std::ranges::any_of(described.servers(), [&](const DescribedServer& one) {
                return one.input.identity.text == server;
            });
            if (known) continue;
            if (!plan_.address) {
                throw Failure(
                    fmt::format("no file describes {}; say where its files are with --url", server));
            }
            described.add(*parse_identity(server), configs_.for_folder(""));
        }
    }

    ProbeResult ask(Described& described, const Network& network) {
        ProgressLine line(context_.streams.err, context_.streams.err_is_terminal && !context_.global.quiet,
                          "servers");
        plan_.progress = [&](const Progress& progress) { line.show(progress); };
        return probe(session_, described, plan_, network);
    }

    void print(const Described& described, const Inputs& inputs, ProbeResult& result) {
        Results results{.findings = std::move(result.lint.findings),
                        .hidden = std::move(result.lint.suppressed_findings),
                        .summary = {}};
        std::ranges::copy(described.findings(), std::back_inserter(results.findings));
        sort(results.findings);
        results.further = probe_json(result);
        results.summary.files = result.lint.files;
        results.summary.servers = result.lint.servers;
        results.summary.suppressed = result.lint.suppressed;
        count(results.findings, results.summary);
        fails_ = std::ranges::any_of(results.findings, [](const Finding& finding) { return finding.fails; });
        if (arguments_.findings.verbose) {
            for (const ReadFile& file : result.lint.read) context_.tell("read " + file.path);
        }
        output_.print(results, files_, !result.servers.empty());
        if (arguments_.diff && result.served) show_differences(described, inputs, *result.served);
        if (context_.global.quiet || result.servers.empty()) return;
        std::ostream& out = output_.is_text() ? context_.streams.out : context_.streams.err;
        if (result.interrupted) out << "interrupted: requests without an answer are not checked\n";
        out << probe_summary(result, arguments_.findings.verbose);
    }

    // What the servers get, compared by meaning with what is described.
    void show_differences(const Described& described, const Inputs& inputs, const Served& served) {
        Inputs before;
        for (const DescribedServer& server : described.servers()) before.servers.push_back(server.input);
        const Session old_session(described.files(), pool_, session_.options());
        const Session new_session(served.files(), pool_, session_.options());
        Inputs after;
        after.servers = served.inputs().servers;
        const std::string root =
            inputs.sites.empty() && arguments_.paths.size() == 1 ? normal(arguments_.paths[0]) : "";
        const Comparison comparison =
            compare({.session = &old_session, .inputs = std::move(before), .root = root},
                    {.session = &new_session, .inputs = std::move(after), .root = root});
        print_diff_text(context_.streams.out, comparison,
                        {.color = context_.color_out(), .counts = !context_.global.quiet});
    }

    // What is described would be another thing after the run.
    void check_output(const Described& described) const {
        if (arguments_.output.empty()) return;
        for (const DescribedServer& server : described.servers()) {
            if (server.site != nullptr || server.input.files.empty()) continue;
            const std::string& folder = server.input.folder;
            if (files_.real(join(arguments_.output, server.below)) !=
                files_.real(folder.empty() ? "." : folder))
                continue;
            throw Failure(fmt::format(
                "-o {}: the files of {} are described there, and what is served would replace them; name "
                "another folder",
                arguments_.output, server.input.identity.text));
        }
    }

    void keep(const ProbeResult& result) {
        if (arguments_.output.empty() || !result.served) return;
        const Served& served = *result.served;
        FileSet copies(arguments_.output, FileSet::Mode::write, FolderLock::With::nobody,
                       context_.tells_waiting());
        std::set<std::string> kept;
        std::size_t count = 0;
        for (std::size_t i = 0; i < served.copied(); ++i) {
            const std::vector<OutputFile> files = served.copies(i);
            count += files.size();
            for (const OutputFile& file : files) kept.insert(file.path);
            copies.add(i, copies.prepare(files));
        }
        // Of what was not asked for before an interrupt nobody knows whether it is served.
        const std::vector<std::string> left =
            result.interrupted ? std::vector<std::string>() : no_longer_served(served, copies, kept);
        copies.publish();
        if (!context_.global.quiet)
            context_.tell(fmt::format("kept {} in {}", count_of(count, "file"), arguments_.output));
        tell_left(left);
    }

    // Nothing is removed: the folder is the user's, and so may be the files.
    void tell_left(const std::vector<std::string>& left) const {
        constexpr std::size_t most_told = 10;
        for (std::size_t i = 0; i < left.size() && i < most_told; ++i)
            context_.tell(fmt::format("{} was not served this time: it is not of this run",
                                      join(arguments_.output, left[i])));
        if (left.size() > most_told)
            context_.tell(
                fmt::format("nor {}", left.size() == most_told + 1
                                          ? "was 1 more file"
                                          : fmt::format("were {} more files", left.size() - most_told)));
    }

    // What an earlier run kept for the servers of this one.
    static std::vector<std::string> no_longer_served(const Served& served, FileSet& copies,
                                                     const std::set<std::string>& kept) {
        std::set<std::string> gone;
        for (std::size_t i = 0; i < served.copied(); ++i) {
            const Served::CopyPlace& place = served.copy_place(i);
            for (const std::string& name : copies.files_of(place.identity, place.below))
                gone.insert(join(place.below, name));
            for (const std::string& name : place.unserved) {
                const std::string path = join(place.below, name);
                if (copies.has(path)) gone.insert(path);
            }
        }
        std::erase_if(gone, [&](const std::string& path) { return kept.contains(path); });
        return {gone.begin(), gone.end()};
    }

    const ProbeArguments& arguments_;
    const Context& context_;
    FindingsOutput output_;
    Files files_ = context_.files();
    EnvFiles env_files_;
    ThreadPool pool_;
    ConfigFiles configs_;
    Session session_;
    ProbePlan plan_;
    bool fails_ = false;
    bool failed_ = false;
};

}  // namespace

Action add_probe(CLI::App& app) {
    const auto arguments = std::make_shared<ProbeArguments>();
    ProbeArguments& to = *arguments;
    app.add_option("path", to.paths,
                   "trees and site descriptions of the servers; - is standard input (default: this folder)")
        ->type_name("PATH");
    add_files_from_option(app, to.files_from);
    add_stdin_name_option(app, to.stdin_name);
    add_env_file_option(app, to.env_files);
    app.add_option("--url", to.url,
                   "the provisioning server, as in DHCP option 66 (default: each server's own)")
        ->type_name("URL");
    add_model_option(app, to.model);
    app.add_option("--ca-bundle", to.network.ca_bundle,
                   "the CAs that the servers know, in PEM (default: the system's)")
        ->type_name("FILE");
    app.add_option("--client-cert", to.network.client_cert,
                   "use this client certificate, in PEM with its key")
        ->type_name("FILE");
    app.add_option("--timeout", to.network.timeout, "how many seconds to wait for an answer (default: 30)")
        ->check(CLI::Range(0.1, 3600.0))
        ->check([](const std::string& text) {
            // Which is in no range, and outside of none.
            return to_lower(text).find("nan") == std::string::npos ? std::string()
                                                                   : "Value " + text + " is not a number";
        })
        ->type_name("S");
    app.add_option("-o,--output", to.output, "keep the served files in DIR, unchanged")->type_name("DIR");
    app.add_flag("--diff", to.diff, "show the differences by meaning between served and described files");
    add_findings_options(app, to.findings);
    return [arguments](const Context& context) {
        if (context.streams.network == nullptr) start_probe_program(context.args);
        return ProbeRun(*arguments, context).run(*context.streams.network);
    };
}

}  // namespace dectprov
