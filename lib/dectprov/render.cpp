// SPDX-License-Identifier: MIT
#include "dectprov/render.hpp"

#include <algorithm>
#include <utility>

#include "analysis/site_unit.hpp"
#include "dectprov/run.hpp"
#include "render/render.hpp"
#include "render/versions.hpp"
#include "source/failure.hpp"

namespace dectprov::api {
namespace {

void render_site(const Session& session, const SiteInput& input, const std::string& previous,
                 RenderReport& report) {
    SiteUnit unit(session, input);
    unit.open();
    unit.validate();
    const Files none = Files::memory();
    std::vector<RenderedFile> files;
    for (std::size_t i = 0; i != unit.site().servers.size(); ++i) {
        if (!unit.wants(i)) continue;
        const SiteServer& server = unit.site().servers[i];
        std::vector<SettledGroup> groups =
            settle_versions(server, previous.empty() ? none : session.files(), previous, unit.report());
        for (OutputFile& file : dectprov::render(server, std::move(groups), ""))
            files.push_back({.name = file.path, .bytes = std::move(file.bytes), .secret = file.secret});
    }
    const Conclusion conclusion = unit.conclude();
    const std::vector<Finding> found = published(conclusion.findings);
    report.findings.insert(report.findings.end(), found.begin(), found.end());
    const bool bad = std::ranges::any_of(conclusion.findings, is_error);
    report.bad = report.bad || bad;
    if (unit.site().stands_in && !bad) report.failures.push_back(refusal_of_stand_in(input.path));
    std::ranges::move(files, std::back_inserter(report.files));
}

}  // namespace

RenderReport render(const std::string& site, const RenderOptions& options) {
    Run run(options.lint, {.thresholds = {.quotes = std::nullopt}, .resolve = true});
    const Inputs inputs = run.find({site});
    RenderReport report{.files = {}, .findings = {}, .failures = inputs.failures, .bad = false};
    for (const SiteInput& input : inputs.sites) {
        try {
            render_site(run.session(), input, options.previous, report);
        } catch (const Failure& failure) {
            report.failures.emplace_back(failure.what());
        }
    }
    if (inputs.sites.empty() && report.failures.empty())
        report.failures.push_back(site + " is not a site description");
    if (report.bad || !report.failures.empty()) report.files.clear();
    return report;
}

}  // namespace dectprov::api
