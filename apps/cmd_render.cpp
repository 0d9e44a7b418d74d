// SPDX-License-Identifier: MIT
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <charconv>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analysis/rule_index.hpp"
#include "analysis/session.hpp"
#include "catalog/catalog.hpp"
#include "command.hpp"
#include "diag/escape.hpp"
#include "diag/format.hpp"
#include "load/config_file.hpp"
#include "load/env_file.hpp"
#include "load/inputs.hpp"
#include "options.hpp"
#include "output/file_set.hpp"
#include "output/write_file.hpp"
#include "progress_line.hpp"
#include "render/explain_setting.hpp"
#include "render/leftovers.hpp"
#include "render/render_report.hpp"
#include "render/render_sites.hpp"
#include "rules/families.hpp"
#include "source/failure.hpp"

namespace dectprov {
namespace {

struct RenderArguments {
    std::vector<std::string> sites;
    std::vector<std::string> files_from;
    std::string stdin_name;
    std::string output;
    std::string previous;
    std::string layout = "flat";
    std::string shard;
    std::string explain;
    std::vector<std::string> reports;
    std::vector<std::string> env_files;
    bool verbose = false;
    bool dry_run = false;
    bool check = false;
    bool secrets = false;
    bool diff = false;
    std::string prune;
    bool keep_going = false;
};

std::optional<std::uint32_t> number_in(std::string_view text) {
    std::uint32_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return number;
}

// `--shard K/N`.
void read_shard(const std::string& text, RenderPlan& plan) {
    const std::size_t slash = std::min(text.find('/'), text.size());
    const std::string_view behind = std::string_view(text).substr(std::min(slash + 1, text.size()));
    // 0 is neither: it stands for what is no number too.
    const std::uint32_t shard = number_in(std::string_view(text).substr(0, slash)).value_or(0);
    const std::uint32_t shards = number_in(behind).value_or(0);
    if (shard < 1 || shard > shards) {
        throw Failure(fmt::format("--shard: '{}' is not K/N with K from 1 to N", text));
    }
    plan.shard = shard;
    plan.shards = shards;
}

// `--report json=FILE`, the only format there is.
std::string read_report(const std::string& text) {
    constexpr std::string_view start = "json=";
    if (!text.starts_with(start) || text.size() == start.size()) {
        throw Failure(fmt::format("--report: '{}' does not have the form json=FILE", text));
    }
    return text.substr(start.size());
}

// Whether one of the catalogues knows a setting of that name, or all below a section; a misspelt one would
// otherwise be "not set" everywhere.
void check_setting(const std::string& setting, const std::vector<const Catalog*>& catalogs) {
    if (is_explained(setting)) return;
    std::vector<std::string> known;
    for (const Catalog* catalog : catalogs) {
        for (const std::string_view root : {"config", "cota"}) {
            if (catalog->find(fmt::format("{}.{}", root, setting)) != EntryId::none) return;
        }
        for (std::size_t i = 0; i < catalog->size(); ++i) {
            const std::string path = catalog->path(static_cast<EntryId>(i));
            const std::size_t dot = path.find('.');
            if (dot != std::string::npos && !path.starts_with("users."))
                known.push_back(path.substr(dot + 1));
        }
    }
    const std::vector<std::string_view> views(known.begin(), known.end());
    fail_unknown("setting", setting, views);
}

class RenderRun {
public:
    RenderRun(const RenderArguments& arguments, const Context& context)
        : arguments_(arguments), context_(context) {
        if (!arguments.shard.empty()) read_shard(arguments.shard, plan_);
        for (const std::string& report : arguments.reports) reports_.push_back(read_report(report));
        if (arguments.output.empty() && arguments.explain.empty()) {
            throw Failure("no output folder; give one with -o");
        }
        plan_.output = arguments.output;
        // A slip in its name would give every group of `version: auto` another number.
        if (!arguments.previous.empty() && files_.type(arguments.previous) != Files::Type::folder)
            throw Failure(fmt::format("cannot read {}: no such folder", arguments.previous));
        plan_.previous = arguments.previous.empty() ? arguments.output : arguments.previous;
        plan_.layout = arguments.layout == "site" ? Layout::site : Layout::flat;
        if (!arguments.prune.empty()) {
            plan_.prune =
                arguments.prune == "servers" ? RenderPlan::Prune::servers : RenderPlan::Prune::files;
        }
        env_files_ = read_env_files(arguments.env_files, context.streams.in, files_);
        plan_.keep_going = arguments.keep_going;
        plan_.diff = arguments.diff;
        plan_.listed = !reports_.empty();
        plan_.explain = arguments.explain;
        if (arguments.dry_run || arguments.check || arguments.diff || !arguments.explain.empty()) {
            plan_.mode = FileSet::Mode::plan;
        }
    }

    // Servers of a description that is not read have one all the same.
    void check_prune(const Inputs& inputs) const {
        if (plan_.prune != RenderPlan::Prune::servers) return;
        const auto left_out = std::ranges::find_if(inputs.passed_over, &PassedOver::is_description);
        if (left_out != inputs.passed_over.end()) refuse_to_prune(left_out->path, left_out->why);
    }

    int run() {
        const std::vector<std::string> paths = input_paths(
            arguments_.sites, arguments_.files_from, arguments_.stdin_name, context_.streams.in, files_);
        ConfigFiles configs(files_, context_.global.config, context_.global.no_config, rule_index());
        const Inputs inputs = find_inputs(files_, paths,
                                          {.servers = {},
                                           .sites_only = true,
                                           .tell_passed_over = arguments_.verbose,
                                           .tell_empty = plan_.prune == RenderPlan::Prune::servers},
                                          configs);
        tell_passed_over(context_, inputs);
        check_prune(inputs);
        if (inputs.sites.empty() && inputs.failures.empty()) {
            throw Failure("no site description in the inputs");
        }
        if (!arguments_.explain.empty()) check_setting(arguments_.explain, catalogs_of(inputs));
        if (arguments_.explain.empty()) check_reports(inputs);
        plan_.waiting = context_.tells_waiting();
        plan_.refusal = [this](const RenderResult& result) { return refusal(result); };
        const RenderResult result = render_all(inputs);
        print_findings(result);
        if (arguments_.verbose) {
            for (const std::string& path : result.read) context_.tell("read " + path);
        }
        if (result.refused) throw Failure(*result.refused);
        bool failed = !result.failures.empty();
        if (!arguments_.explain.empty()) {
            context_.streams.out << result.text;
        } else {
            print_changes(result);
            for (const std::string& path : reports_)
                failed = !context_.write_report(path, report_of(result)) || failed;
        }
        for (const std::string& failure : result.failures) {
            context_.complain(failure);
        }
        if (failed) return 2;
        const bool outdated = arguments_.check && arguments_.explain.empty() && result.counts.any();
        return !result.bad.empty() || outdated ? 1 : 0;
    }

private:
    static std::vector<const Catalog*> catalogs_of(const Inputs& inputs) {
        std::vector<const Catalog*> all{&Catalog::builtin()};
        for (const SiteInput& site : inputs.sites) {
            const Catalog* catalog = &catalog_of(site.config);
            if (std::ranges::find(all, catalog) == all.end()) all.push_back(catalog);
        }
        return all;
    }

    // A report that cannot be written is found before anything is. Folders of the output may not be there
    // yet: those reports are looked at again when they are.
    void check_reports(const Inputs& inputs) const {
        const std::string output = normal(plan_.output) + "/";
        for (const std::string& path : reports_) {
            const std::string folder(folder_of(path));
            const bool is_made = folder.empty() || files_.type(folder) != Files::Type::none;
            if (is_made || !(normal(folder) + "/").starts_with(output)) check_writable(path);
            const std::string place = files_.real(path);
            for (const SiteInput& site : inputs.sites) {
                if (place == files_.real(site.path))
                    throw Failure(fmt::format("cannot write the report {}: it is a site description", path));
            }
        }
    }

    // Why a report cannot be written beside what is staged.
    [[nodiscard]] std::optional<std::string> refusal(const RenderResult& result) const {
        const std::string output = files_.real(plan_.output);
        for (const std::string& path : reports_) {
            const std::string place = files_.real(path);
            try {
                check_writable(path);
            } catch (const Failure& failure) {
                return failure.what();
            }
            std::optional<std::string> taken;
            result.servers.each([&](const RenderedServer& server) {
                const auto is_it = [&](const FileChange& change) {
                    return place == join(output, change.path);
                };
                if (!taken && std::ranges::any_of(server.changes, is_it))
                    taken =
                        fmt::format("cannot write the report {}: it is a file of {}", path, server.identity);
            });
            if (taken) return taken;
        }
        return std::nullopt;
    }

    RenderResult render_all(const Inputs& inputs) {
        ProgressLine line(context_.streams.err, context_.streams.err_is_terminal && !context_.global.quiet,
                          "sites");
        plan_.progress = [&](const Progress& progress) { line.show(progress); };
        ThreadPool threads(context_.global.jobs);
        AnalysisOptions options;
        // Where nobody sees notes, and a fleet has many.
        options.thresholds.notes = arguments_.verbose ? Notes::shown : Notes::counted;
        options.environment = environment_of(env_files_);
        options.servers = context_.global.servers;
        options.resolve = plan_.explain.empty();
        options.statements = !plan_.explain.empty();
        // What is pruned may be some other server's too.
        if (plan_.shards > 1 && plan_.prune == RenderPlan::Prune::none && plan_.explain.empty())
            options.wanted = [this](const std::string& identity) {
                return shard_of(identity, plan_.shards) == plan_.shard;
            };
        options.unset_is_unknown = arguments_.check && !arguments_.secrets;
        const Session session(files_, threads, std::move(options));
        return render_sites(session, inputs, plan_);
    }

    void print_findings(const RenderResult& result) const {
        Results shown{.findings = {}, .summary = result.summary};
        std::ranges::copy_if(
            result.findings, std::back_inserter(shown.findings), [this](const Finding& finding) {
                return finding.shown && (arguments_.verbose || finding.severity > Severity::note);
            });
        if (shown.findings.empty()) return;
        print_text(context_.streams.err, shown,
                   {.color = context_.color_err(),
                    .counts = !context_.global.quiet,
                    .columns = context_.streams.err_columns});
    }

    [[nodiscard]] bool is_stopped(const RenderResult& result) const {
        return !plan_.keep_going && (!result.bad.empty() || !result.failures.empty());
    }

    void print_changes(const RenderResult& result) const {
        const bool stopped = is_stopped(result);
        if (plan_.mode == FileSet::Mode::plan && !stopped) {
            if (arguments_.diff) {
                context_.streams.out << result.text;
            } else {
                list_changes(result);
            }
        }
        for (const std::string& site : result.bad) {
            context_.tell(fmt::format("dectprov: {} has errors; {}", site,
                                      stopped ? "nothing is written" : "it is left out"));
        }
        if (context_.global.quiet || stopped) return;
        name_undescribed(result);
        if (result.without_secrets > 0)
            context_.tell(fmt::format(
                "{} file{} compared without secrets that are not set here; --secrets asks for them",
                result.without_secrets, result.without_secrets == 1 ? " is" : "s are"));
        context_.tell(fmt::format("{} created, {} changed, {} unchanged, {} removed of {} server{}",
                                  result.counts.created, result.counts.changed, result.counts.unchanged,
                                  result.counts.removed, result.rendered, result.rendered == 1 ? "" : "s"));
    }

    // As `diff` names them.
    void name_undescribed(const RenderResult& result) const {
        constexpr std::size_t most_named = 3;
        const std::vector<std::string>& all = result.undescribed;
        if (all.empty()) return;
        const std::size_t named = std::min(all.size(), most_named);
        std::string names =
            fmt::format("{}", fmt::join(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(named), ", "));
        if (all.size() > named) names += fmt::format(" and {} more", all.size() - named);
        context_.tell(fmt::format(
            "{} has files of {} without a description in this run: {}; --prune=servers removes them",
            plan_.output, all.size() == 1 ? "a server" : "servers", names));
    }

    void list_changes(const RenderResult& result) const {
        result.servers.each([&](const RenderedServer& server) {
            for (const FileChange& change : server.changes) {
                if (change.status == FileStatus::unchanged) continue;
                context_.streams.out << fmt::format("{} {}\n", to_text(change.status),
                                                    visible(join(plan_.output, change.path)));
            }
        });
    }

    const RenderArguments& arguments_;
    const Context& context_;
    Files files_ = context_.files();
    RenderPlan plan_;
    EnvFiles env_files_;
    std::vector<std::string> reports_;
};

}  // namespace

Action add_render(CLI::App& app) {
    const auto arguments = std::make_shared<RenderArguments>();
    app.add_option("SITE", arguments->sites, "site descriptions, or folders of them; - for standard input");
    add_files_from_option(app, arguments->files_from);
    add_stdin_name_option(app, arguments->stdin_name);
    app.add_option("-o,--output", arguments->output, "the folder to write to")->type_name("DIR");
    app.add_option("--previous", arguments->previous,
                   "the folder of the previous output, whose versions 'version: auto' keeps (default: DIR)")
        ->type_name("DIR");
    app.add_option("--layout", arguments->layout,
                   "all files in one folder (flat), or one folder per site (site)")
        ->check(CLI::IsMember({"flat", "site"}))
        ->type_name("LAYOUT");
    app.add_option("--shard", arguments->shard, "render the K-th of N parts of the servers")
        ->type_name("K/N");
    app.add_flag("--dry-run", arguments->dry_run, "list what would change, and write nothing");
    app.add_flag("--check", arguments->check, "the same, with status 1 if something would change");
    app.add_flag("--secrets", arguments->secrets, "with --check: a secret that is not set is an error");
    app.add_flag("--diff", arguments->diff, "show what would change as a unified diff, and write nothing");
    app.add_flag("--prune{files}", arguments->prune,
                 "remove files of the rendered servers that the description no longer has; with =servers "
                 "also the files of servers without a description")
        ->check(CLI::IsMember({"files", "servers"}));
    app.add_flag("--keep-going", arguments->keep_going, "write the good sites when others have errors");
    app.add_option("--explain", arguments->explain, "show where each server's value of a setting comes from")
        ->type_name("SETTING");
    add_env_file_option(app, arguments->env_files);
    app.add_flag(
        "--verbose", arguments->verbose,
        "show notes too, files that were read or unchanged, and files that only look like descriptions");
    app.add_option("--report", arguments->reports, "list written and unchanged files, as json=FILE")
        ->allow_extra_args(false)
        ->type_name("json=FILE");
    return [arguments](const Context& context) {
        if (arguments->sites.empty() && arguments->files_from.empty()) {
            throw Failure("no site description; name a file or a folder");
        }
        return RenderRun(*arguments, context).run();
    };
}

}  // namespace dectprov
