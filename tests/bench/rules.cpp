// SPDX-License-Identifier: MIT
#include <benchmark/benchmark.h>

#include <algorithm>
#include <array>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "bench/serving.hpp"
#include "diag/baseline.hpp"
#include "lint/fleet.hpp"
#include "load.hpp"
#include "model/bind.hpp"
#include "probe/probe.hpp"
#include "rules/check.hpp"
#include "rules/families.hpp"

// Each group of rules on its own: the others are off, as `--rule` would have them.
namespace bench {
namespace {

using dectprov::Report;
using dectprov::Rule;

std::string_view group_of(const Rule& rule) { return rule.id.substr(0, rule.id.find('/')); }

Report only(std::string_view group) {
    std::vector<const Rule*> off;
    for (const Rule* rule : dectprov::all_rules()) {
        if (group_of(*rule) != group) off.push_back(rule);
    }
    std::ranges::sort(off);
    return Report(std::move(off));
}

void check_all(Load& load, const Report& none) {
    for (const auto& one : load.servers()) {
        Report report = none;
        dectprov::check(one->record.server, report);
    }
}

void run_checks(benchmark::State& state, Load& load, std::string_view group) {
    const Report none = only(group);
    measure(state, load.of(load.tree()), [&] { check_all(load, none); });
}

void run_inference(benchmark::State& state, Load& load, std::string_view group) {
    const Report none = only(group);
    const auto servers = load_servers(load.tree(), none);
    // Nobody tells the model here: there would be nothing to infer.
    for (const auto& one : servers) {
        one->record.server.declared = false;
        one->record.server.options.model.reset();
        one->record.server.models = dectprov::all_models;
    }
    measure(state, load.of(load.tree()), [&] {
        for (const auto& one : servers) {
            Report report = none;
            dectprov::infer(one->record.server, report);
        }
    });
}

void run_reading(benchmark::State& state, Load& load, std::string_view group) {
    const Report none = only(group);
    measure(state, load.of(load.tree()), [&] { load_servers(load.tree(), none); });
}

void run_sites(benchmark::State& state, Load& load, std::string_view group) {
    const Report none = only(group);
    measure(state, load.of(load.sites()), [&] { load_sites(load.sites(), none); });
}

void run_fleet(benchmark::State& state, Load& load, std::string_view /*group*/) {
    const auto info = [](const std::string&) { return dectprov::SourceInfo{}; };
    const dectprov::Thresholds thresholds;
    measure(state, load.of(load.tree()), [&] {
        std::vector<dectprov::Handsets> handsets;
        handsets.reserve(load.servers().size());
        for (const auto& one : load.servers()) {
            dectprov::Handsets& of_one = handsets.emplace_back();
            of_one.prefix = "user";
            of_one.collect(one->record.server, one->sources);
        }
        dectprov::ReadAgain files(load.tree().files);
        dectprov::compare_handsets(files, handsets, info, thresholds);
    });
}

void run_suppressions(benchmark::State& state, Load& load, std::string_view /*group*/) {
    measure(state, load.of(load.suppressed()), [&] {
        if (lint(load.suppressed()).suppressed < load.shape().all_users())
            throw std::logic_error("not every finding is suppressed");
    });
}

void run_baseline(benchmark::State& state, Load& load, std::string_view /*group*/) {
    const auto as_given = [](std::string_view name) { return std::string(name); };
    const std::string recorded = dectprov::write_baseline(load.findings().findings, as_given);
    measure(state, {.bytes = recorded.size(), .users = load.shape().all_users()}, [&] {
        std::vector<dectprov::Finding> findings = load.findings().findings;
        dectprov::Baseline baseline("baseline.json", recorded);
        if (baseline.hide(findings, as_given) < load.shape().all_users())
            throw std::logic_error("not every finding is hidden");
    });
}

// The whole of a probe, but for the network: what is asked, judged and linted.
void run_probe(benchmark::State& state, Load& load, std::string_view /*group*/) {
    const dectprov::Files& files = load.tree().files;
    Serving serving(files);
    dectprov::ThreadPool pool(1);
    const dectprov::Session session(files, pool, {});
    dectprov::ProbePlan plan;
    std::string why;
    plan.address = dectprov::parse_address("http://prov.example.com/", why);
    measure(state, load.of(load.tree()), [&] {
        dectprov::Described described(session, load.tree().inputs, {"."});
        if (dectprov::probe(session, described, plan, serving.network()).servers.size() !=
            load.shape().servers)
            throw std::logic_error("not every server is asked for");
    });
}

using Run = void (*)(benchmark::State&, Load&, std::string_view group);

// What reports the rules of a group that have no check of their own.
struct Reporter {
    std::string_view group;
    Run run;
};
constexpr std::array reporters{
    Reporter{.group = "xml", .run = run_reading},
    Reporter{.group = "element", .run = run_checks},
    Reporter{.group = "value", .run = run_checks},
    Reporter{.group = "model", .run = run_inference},
    Reporter{.group = "delivery", .run = run_probe},
    Reporter{.group = "site", .run = run_sites},
    Reporter{.group = "fleet", .run = run_fleet},
    Reporter{.group = "suppression", .run = run_suppressions},
    Reporter{.group = "baseline", .run = run_baseline},
};

Run run_of(std::string_view group) {
    const auto found = std::ranges::find(reporters, group, &Reporter::group);
    if (found != reporters.end()) return found->run;
    const bool checked = std::ranges::any_of(dectprov::all_rules(), [&](const Rule* rule) {
        const dectprov::Check& check = rule->check;
        return group_of(*rule) == group &&
               (check.server != nullptr || check.user != nullptr || check.users != nullptr);
    });
    // A new group gets its benchmark, or this stops the run that ctest makes.
    if (!checked) throw std::logic_error("no benchmark for the rules of " + std::string(group));
    return run_checks;
}

}  // namespace

void add_rules(const std::string& size, Load& load) {
    std::set<std::string_view> seen;
    for (const Rule* rule : dectprov::all_rules()) {
        const std::string_view group = group_of(*rule);
        if (!seen.insert(group).second) continue;
        const Run run = run_of(group);
        add("rules/" + std::string(group), size, load,
            [run, group](benchmark::State& state, Load& of) { run(state, of, group); });
    }
    add("rules/none", size, load, [](benchmark::State& state, Load& of) { run_checks(state, of, ""); });
    add("rules/all", size, load, [](benchmark::State& state, Load& of) {
        measure(state, of.of(of.tree()), [&] { check_all(of, Report()); });
    });
}

}  // namespace bench
