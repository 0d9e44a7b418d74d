// SPDX-License-Identifier: MIT
#include "import/import_sites.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "analysis/server_unit.hpp"
#include "analysis/site_unit.hpp"
#include "diag/escape.hpp"
#include "doc/raw_text.hpp"
#include "import/carry_suppressions.hpp"
#include "import/compare_rendered.hpp"
#include "import/draft.hpp"
#include "import/lift.hpp"
#include "import/plan_sites.hpp"
#include "import/tabulate.hpp"
#include "source/failure.hpp"

namespace dectprov {
namespace {

class Importer {
public:
    Importer(const Session& session, Inputs inputs, ConfigFiles& configs, const ImportPlan& plan)
        : session_(session),
          overlaid_(session.files()),
          inputs_(std::move(inputs)),
          configs_(configs),
          plan_(plan) {}

    ImportResult run() {
        prepare_inputs();
        sites_ = plan_sites(inputs_.servers, plan_, result_.remarks);
        result_.before = lint(session_, inputs_);
        std::ranges::move(result_.before.failures, std::back_inserter(result_.failures));
        if (!result_.failures.empty()) return std::move(result_);
        for (const Finding& one : result_.before.suppressed_findings) {
            if (one.suppression) suppressing_.emplace(one.file, one.suppression->begin);
        }
        for (SiteDraft& site : sites_) {
            for (const ServerInput* input : site.inputs) {
                std::optional<ServerDraft> made = draft(*input, site);
                if (made) site.servers.push_back(std::move(*made));
            }
        }
        tell_models();
        if (result_.bad) return std::move(result_);
        for (const Finding& one : result_.before.findings) {
            if (is_error(one)) errors_.emplace(one.rule->id, one.server);
        }
        write();
        carry_suppressions();
        for (const SiteDraft& site : sites_) verify(site);
        return std::move(result_);
    }

private:
    // A server is imported whole, though one of its files was named.
    void prepare_inputs() {
        for (ServerInput& server : inputs_.servers) {
            for (Candidate& file : server.files) file.reported = true;
            if (server.identity.kind != Identity::Kind::none) continue;
            const Candidate& first = server.files.front();
            if (server.identity.text.empty())
                throw Failure(fmt::format("{}: its name does not say which server it is for", first.path));
        }
        inputs_.sites.clear();
    }

    // ---- from files to drafts

    // Nothing of a server whose files a description cannot hold: one that is not read to its end, or files
    // that no model takes together. Other errors come along: they are mended in the description.
    std::optional<ServerDraft> draft(const ServerInput& input, const SiteDraft& site) {
        ServerUnit unit(session_, input);
        unit.open();
        // It may have gone since it was found.
        std::ranges::copy(unit.failures(), std::back_inserter(result_.failures));
        const bool whole = std::ranges::all_of(unit.server().files, [](const InputFile& file) {
            return file.state == InputFile::State::good || file.state == InputFile::State::left_out;
        });
        if (!whole || unit.server().models.empty()) {
            result_.bad = true;
            return std::nullopt;
        }
        tell_comments(unit);
        const Model model = choose_model(input, unit.server());
        const bool shared = site.shared.contains(input.identity.text);
        ServerDraft made = draft_server(
            unit.server(), model, unit.sources(),
            {.with_fields = wants_fields(unit.server()), .site = shared ? site.part : std::string_view()});
        for (const Directive& directive : unit.directives()) {
            // An end says nothing by itself.
            if (!directive.text.starts_with("dectprov-dis")) continue;
            const Span at = directive.span;
            comments_.emplace_back(unit.sources().name(at.file), unit.sources().position(at.file, at.begin));
        }
        return made;
    }

    // What people wrote beside the settings does not come along, and is told: the first of each file.
    void tell_comments(const ServerUnit& unit) {
        for (const InputFile& file : unit.server().files) {
            if (file.state != InputFile::State::good || file.name.role == Role::list) continue;
            const std::vector<std::size_t> comments = plain_comments(unit.sources().text(file.source));
            if (comments.empty()) continue;
            const Position at =
                unit.sources().position(file.source, static_cast<std::uint32_t>(comments.front()));
            const std::size_t more = comments.size() - 1;
            const std::string others =
                more == 0 ? std::string() : fmt::format(" ({} more in this file)", more);
            result_.remarks.push_back(fmt::format("{}:{}:{}: this comment is not in the description{}",
                                                  file.path, at.line, at.column, others));
        }
    }

    // Users that may become rows of a table.
    bool wants_fields(const Server& server) {
        constexpr std::size_t few = 50;
        if (plan_.tables || plan_.users == ImportPlan::Users::csv) return true;
        if (plan_.users == ImportPlan::Users::yaml || !server.users) return false;
        std::size_t count = 0;
        for_each_user(server, [&count](const UserView& /*user*/) { ++count; });
        return count > few && !keep_for_comments(server);
    }

    // A table has no comments: users of whom one suppresses a finding stay in the description.
    bool keep_for_comments(const Server& server) {
        for (const InputFile& file : server.files) {
            const auto comment =
                file.name.role == Role::users ? suppressing_.find(file.path) : suppressing_.end();
            if (comment == suppressing_.end()) continue;
            const Position at = comment->second;
            result_.remarks.push_back(fmt::format(
                "{}:{}:{}: this comment suppresses a finding, so the users of this file stay in the "
                "description: a table has no comments",
                file.path, at.line, at.column));
            return true;
        }
        return false;
    }

    // A description says the model, and files may leave several: the first that nothing is found wrong with.
    Model choose_model(const ServerInput& input, const Server& server) {
        const std::vector<Model> left = in_import_order(server.models);
        if (left.size() == 1) return left.front();
        Model best = left.front();
        std::pair<std::size_t, std::size_t> least{SIZE_MAX, SIZE_MAX};
        for (const Model model : left) {
            const auto found = findings_as(input, model);
            if (found >= least) continue;
            least = found;
            best = model;
        }
        Chosen& chosen = chosen_[{std::string(token(best)), to_text(server.models)}];
        if (chosen.servers++ == 0) chosen.first = server.identity.text;
        return best;
    }

    // Once for all servers that are alike.
    void tell_models() {
        for (const auto& [of, chosen] : chosen_) {
            const auto& [model, fitting] = of;
            const bool one = chosen.servers == 1;
            const std::string who = one ? chosen.first + " is"
                                        : fmt::format("{} and {} more are", chosen.first, chosen.servers - 1);
            result_.remarks.push_back(
                fmt::format("{} described as {}{}, because {} files fit {}; set the right model with --model "
                            "or {} in .dectprov.yaml",
                            who, one ? "a " : "", model, one ? "its" : "their", fitting,
                            one ? "a `servers:` entry" : "`servers:` entries"));
        }
    }

    [[nodiscard]] std::pair<std::size_t, std::size_t> findings_as(const ServerInput& input,
                                                                  Model model) const {
        AnalysisOptions options = session_.options();
        options.model = model;
        const Session session(session_.files(), session_.pool(), std::move(options));
        ServerUnit unit(session, input, {});
        unit.open();
        unit.validate();
        const auto count = [&](Severity severity) {
            return static_cast<std::size_t>(std::ranges::count_if(
                unit.report().all(), [severity](const auto& one) { return severity_of(one) == severity; }));
        };
        return {count(Severity::error), count(Severity::warning)};
    }

    void add(const Loss& loss, const SourceSet& sources) {
        const Position at = sources.position(loss.where.file, loss.where.begin);
        result_.losses.push_back(fmt::format("{}:{}:{}: error: {}", sources.name(loss.where.file), at.line,
                                             at.column, visible(loss.message)));
    }

    // ---- from drafts to texts

    void add_file(const std::string& path, std::string text, std::string_view what) {
        result_.files.push_back({.path = path, .text = std::move(text), .what = what});
    }

    // Makes tables of a site; its servers come in the order that they have there.
    void tabulate_site(SiteDraft& site, YamlValue& common) {
        TabulatedFleet fleet = tabulate(site.servers);
        common = std::move(fleet.defaults);
        std::vector<const ServerInput*> inputs;
        for (const std::size_t server : fleet.order) inputs.push_back(site.inputs[server]);
        site.inputs = std::move(inputs);
        for (TabulatedFleet::File& file : fleet.files) {
            const std::string_view what = file.name == servers_table ? "servers"
                                          : file.name == users_table ? "users"
                                                                     : "the common part of several servers";
            add_file(join(folder_of(site.path), file.name), std::move(file.text), what);
        }
        site.items = std::move(fleet.items);
    }

    void write() {
        YamlValue common;
        std::set<std::string> tables;
        for (SiteDraft& site : sites_) {
            if (plan_.tables) {
                tabulate_site(site, common);
            } else {
                const std::string path = without_extension(site.path);
                for (TabulatedFleet::File& file : put_users_aside(site.servers, path, tables))
                    add_file(file.name, std::move(file.text), "users");
            }
        }
        std::vector<std::string> extends;
        if (plan_.lift && !plan_.tables) {
            common = lift_all();
            if (!common.items.empty() && sites_.size() > 1) {
                const std::string name = layer_name();
                result_.files.push_back({.path = join(plan_.output, name),
                                         .text = write_site({.schema = plan_.schema, .defaults = &common})});
                extends.push_back(name);
            }
        }
        for (const SiteDraft& site : sites_) {
            ImportedFile& file = result_.files.emplace_back(ImportedFile{.path = site.path, .text = {}});
            file.text = write_site({.schema = plan_.schema,
                                    .site = site.name,
                                    .extends = extends,
                                    .defaults = extends.empty() ? &common : nullptr,
                                    .servers = plan_.tables ? &site.items : &site.servers});
            file.env = write_env(site.servers);
            if (!file.env.empty()) file.env_path = without_extension(site.path) + ".env";
            file.servers = site.servers.size();
            for (const ServerDraft& server : site.servers) {
                file.users += server.user_count;
                for (const Secret& secret : server.secrets) {
                    file.secrets += secret.own_file ? 0 : 1;
                    if (!secret.own_file) continue;
                    file.secret_files.push_back(
                        {.path = join(folder_of(site.path), file_of(secret)), .bytes = bytes_of(secret)});
                }
            }
        }
        for (const ImportedFile& file : result_.files) {
            overlaid_.lay_over(file.path, file.text);
            for (const auto& secret : file.secret_files) overlaid_.lay_over(secret.path, secret.bytes);
        }
    }

    // What a comment suppresses in the files is suppressed in the descriptions, where it is found again.
    void carry_suppressions() {
        CarriedSuppressions carried(result_.before.suppressed_findings, result_.before.findings);
        if (!carried.empty()) {
            Inputs described;
            for (const SiteDraft& site : sites_)
                described.sites.push_back({.path = site.path, .config = config_of(site)});
            const Session session(overlaid_, session_.pool(), {.thresholds = {.quotes = std::nullopt}});
            const LintResult found = lint(session, described);
            for (const Finding& one : found.findings) tell_not_in_table(carried, one);
            for (ImportedFile& file : result_.files) {
                if (file.path.ends_with(".csv")) continue;
                file.text = carried.put(file.path, file.text, found.findings);
                overlaid_.lay_over(file.path, file.text);
            }
        }
        for (const auto& [path, begin] : comments_) {
            if (carried.has_put(path, begin) || in_tables_.contains({path, begin})) continue;
            result_.remarks.push_back(
                fmt::format("{}:{}:{}: this comment is not in the description, which does not have the "
                            "suppressed finding",
                            path, begin.line, begin.column));
        }
    }

    // What a comment suppresses comes up again in a table that was asked for.
    void tell_not_in_table(const CarriedSuppressions& carried, const Finding& found) {
        const auto* const comment = found.file.ends_with(".csv") ? carried.comment_of(found) : nullptr;
        if (comment == nullptr) return;
        unsuppressed_.emplace(found.rule->id, found.file, found.begin);
        if (!in_tables_.insert(*comment).second) return;
        const auto& [path, begin] = *comment;
        std::vector<std::string>& to = is_error(found) ? result_.losses : result_.remarks;
        to.push_back(
            fmt::format("{}:{}:{}: {}the comment that suppresses {} would be lost: a table has no "
                        "comments; {} keeps it",
                        path, begin.line, begin.column, is_error(found) ? "error: " : "", found.rule->id,
                        plan_.tables ? "an import without --tables" : "--users yaml"));
    }

    const ConfigFile* config_of(const SiteDraft& site) {
        return configs_.for_folder(std::string(folder_of(site.path)));
    }

    YamlValue lift_all() {
        std::vector<ServerDraft> all;
        for (SiteDraft& site : sites_) std::ranges::move(site.servers, std::back_inserter(all));
        YamlValue common = lift(all);
        auto from = all.begin();
        for (SiteDraft& site : sites_) {
            for (ServerDraft& to : site.servers) to = std::move(*from++);
        }
        return common;
    }

    [[nodiscard]] std::string layer_name() const {
        std::string name = "defaults.yaml";
        while (std::ranges::any_of(sites_,
                                   [&](const SiteDraft& site) { return base_name(site.path) == name; })) {
            name.insert(0, "common-");
        }
        return name;
    }

    // ---- whether the texts say what the files say

    void verify(const SiteDraft& site) {
        Inputs described;
        described.sites.push_back({.path = site.path, .config = config_of(site)});
        const Session as_lint(overlaid_, session_.pool(), {});
        const LintResult found = lint(as_lint, described);
        for (const Finding& one : found.findings) {
            if (!is_error(one) || unsuppressed_.contains({one.rule->id, one.file, one.begin})) continue;
            const auto known = errors_.find(std::pair(one.rule->id, one.server));
            if (known == errors_.end()) {
                result_.after.push_back(one);
            } else {
                errors_.erase(known);
                ++result_.came_along;
            }
        }
        std::map<std::string, const char*, std::less<>> secrets;
        for (const ServerDraft& server : site.servers) {
            for (const Secret& secret : server.secrets) secrets.emplace(secret.name, secret.value.c_str());
        }
        const auto variable = [&](const char* name) {
            const auto known = secrets.find(std::string_view(name));
            return known == secrets.end() ? nullptr : known->second;
        };
        const Session as_render(overlaid_, session_.pool(), {.resolve = true, .environment = variable});
        SiteUnit unit(as_render, described.sites.front());
        unit.open();
        const std::vector<SiteServer>& servers = unit.site().servers;
        for (std::size_t i = 0; i != site.inputs.size(); ++i) {
            if (i >= servers.size()) {
                result_.losses.push_back(fmt::format("{}: error: the description of {} cannot be read back",
                                                     site.path, site.inputs[i]->identity.text));
                continue;
            }
            compare_rendered(session_, *site.inputs[i], servers[i],
                             [this](const Loss& loss, const SourceSet& sources) { add(loss, sources); });
        }
    }

    const Session& session_;
    Files overlaid_;
    Inputs inputs_;
    ConfigFiles& configs_;
    const ImportPlan& plan_;
    std::vector<SiteDraft> sites_;
    std::multiset<std::pair<std::string_view, std::string>> errors_;  // of the files, by rule and server
    std::vector<std::pair<std::string, Position>> comments_;  // that suppress something, and where they begin
    std::map<std::string, Position> suppressing_;             // the first of them by their file
    std::set<std::pair<std::string, Position>> in_tables_;    // those of them that a table would need
    // What is found in tables for want of such a comment, by rule and place.
    std::set<std::tuple<std::string_view, std::string, Position>> unsuppressed_;
    // Servers for which a model had to be chosen, by that model and those that fit.
    struct Chosen {
        std::string first = {};
        std::size_t servers = 0;
    };
    std::map<std::pair<std::string, std::string>, Chosen> chosen_ = {};
    ImportResult result_;
};

}  // namespace

ImportResult import_sites(const Session& session, Inputs inputs, ConfigFiles& configs,
                          const ImportPlan& plan) {
    return Importer(session, std::move(inputs), configs, plan).run();
}

}  // namespace dectprov
