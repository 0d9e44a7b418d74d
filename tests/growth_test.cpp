// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <ostream>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "analyse.hpp"
#include "analysis/rule_index.hpp"
#include "bench/allocations.hpp"
#include "bench/fleet.hpp"
#include "bench/serving.hpp"
#include "catalog/entries.hpp"
#include "diag/format.hpp"
#include "diff/diff_format.hpp"
#include "doc/read_xml.hpp"
#include "load/config_file.hpp"
#include "load/inputs.hpp"
#include "options.hpp"
#include "probe/probe.hpp"
#include "rules/families.hpp"
#include "source/source_set.hpp"
#include "source/visits.hpp"

// What a user and a server cost does not depend on how many there are. Allocations and nodes looked at are
// counted, which are the same on every machine and in every build, instead of time, which is not.

namespace {

using dectprov::Files;
using dectprov::Inputs;

struct Cost {
    std::uint64_t allocations;
    std::uint64_t nodes;  // looked at
};

template <class Work>
Cost cost_of(Work&& work) {
    const std::uint64_t before = dectprov::visits();
    bench::start_counting();
    work();
    const bench::Allocations taken = bench::stop_counting();
    return {.allocations = taken.count, .nodes = dectprov::visits() - before};
}

// Three sizes, each ten times the one before. What does not depend on the size drops out when they are
// subtracted, so it hides nothing: what one more costs from the first size to the second must be what one
// more costs from the second to the third.
using Sizes = std::array<std::size_t, 3>;
using Counts = std::array<std::uint64_t, 3>;

// A hundredth for arrays that are enlarged now and then; a tenth for what a larger fleet happens to hold.
bool grows_evenly(const Sizes& sizes, const Counts& counts) {
    const auto one_more = [&](std::size_t from) {
        return (static_cast<double>(counts.at(from + 1)) - static_cast<double>(counts.at(from))) /
               static_cast<double>(sizes.at(from + 1) - sizes.at(from));
    };
    return one_more(1) <= 1.1 * one_more(0) + 0.01;
}

struct Growth {
    Sizes sizes;
    Counts allocations;
    Counts nodes;
};

// `cost` gives what the work costs at a size.
template <class CostOfSize>
Growth growth_of(const Sizes& sizes, CostOfSize&& cost) {
    Growth growth{.sizes = sizes, .allocations = {}, .nodes = {}};
    cost(sizes.front());  // what is made once and kept is made here
    for (std::size_t i = 0; i < sizes.size(); ++i) {
        const Cost found = cost(sizes.at(i));
        growth.allocations.at(i) = found.allocations;
        growth.nodes.at(i) = found.nodes;
    }
    return growth;
}

std::string shown(const Sizes& sizes, const Counts& counts) {
    std::ostringstream text;
    for (std::size_t i = 0; i < sizes.size(); ++i) text << counts.at(i) << " for " << sizes.at(i) << "; ";
    return text.str();
}

void check_even(const Growth& growth) {
    CHECK_MESSAGE(grows_evenly(growth.sizes, growth.allocations),
                  "allocations: ", shown(growth.sizes, growth.allocations));
    CHECK_MESSAGE(grows_evenly(growth.sizes, growth.nodes), "nodes: ", shown(growth.sizes, growth.nodes));
}

// A fleet of one shape, and what it cost to render.
struct Fleet {
    Files tree = Files::memory();
    Files faulty = Files::memory();  // the same with a fault in every user
    Cost render = {};
};

Fleet make_fleet(const bench::Shape& shape) {
    const Files sites = bench::descriptions(shape);
    Fleet fleet;
    fleet.render = cost_of([&] { fleet.tree = bench::rendered(sites); });
    fleet.faulty = bench::with_faults(fleet.tree);
    return fleet;
}

// Made once for all tests: it is most of what this program does.
const Fleet& fleet_of(const bench::Shape& shape) {
    using Key = std::pair<std::size_t, std::size_t>;
    static std::map<Key, Fleet> fleets;
    if (fleets.empty()) make_fleet({});  // what is made once and kept is made here
    const Key key{shape.servers, shape.users};
    const auto found = fleets.find(key);
    return found != fleets.end() ? found->second : fleets.emplace(key, make_fleet(shape)).first->second;
}

Inputs inputs_of(const Files& files, dectprov::ConfigFiles& configs) {
    return dectprov::find_inputs(files, {"."}, {}, configs);
}

dectprov::LintResult lint(const Files& files) {
    dectprov::ConfigFiles configs(files, std::nullopt, false, dectprov::rule_index());
    return analyse::lint(files, inputs_of(files, configs));
}

dectprov::Comparison diff(const Files& before, const Files& after) {
    dectprov::ConfigFiles old_configs(before, std::nullopt, false, dectprov::rule_index());
    dectprov::ConfigFiles new_configs(after, std::nullopt, false, dectprov::rule_index());
    return analyse::compare({.files = before, .inputs = inputs_of(before, old_configs)},
                            {.files = after, .inputs = inputs_of(after, new_configs)});
}

// What is measured, by shape: as many users of one server, or as many servers with a few users each.
bench::Shape with_users(std::size_t users) { return {.servers = 1, .users = users, .groups = 1}; }
bench::Shape with_servers(std::size_t servers) { return {.servers = servers, .users = 5, .groups = 1}; }

struct Axis {
    std::string_view name;
    Sizes sizes;
    bench::Shape (*shape)(std::size_t size);
};
constexpr Sizes printed{100, 1'000, 10'000};
constexpr std::array<Axis, 2> axes{{
    {.name = "users", .sizes = {1'000, 10'000, 100'000}, .shape = with_users},
    {.name = "servers", .sizes = {10, 100, 1'000}, .shape = with_servers},
}};

}  // namespace

TEST_CASE("reading and validating files without a finding costs the same a user and a server") {
    for (const Axis& axis : axes) {
        CAPTURE(std::string(axis.name));
        check_even(growth_of(axis.sizes, [&](std::size_t size) {
            const bench::Shape shape = axis.shape(size);
            const Files& tree = fleet_of(shape).tree;
            return cost_of([&] {
                const dectprov::LintResult result = lint(tree);
                REQUIRE(result.servers == shape.servers);
                // Of each server one is told what an import does to its licence keys.
                REQUIRE(result.findings.size() == shape.servers);
            });
        }));
    }
}

TEST_CASE("a finding a user costs the same, however many there are") {
    for (const Axis& axis : axes) {
        CAPTURE(std::string(axis.name));
        check_even(growth_of(axis.sizes, [&](std::size_t size) {
            const bench::Shape shape = axis.shape(size);
            const Files& tree = fleet_of(shape).faulty;
            return cost_of([&] { REQUIRE(lint(tree).findings.size() >= shape.all_users()); });
        }));
    }
}

TEST_CASE("rendering costs the same a user and a server") {
    for (const Axis& axis : axes) {
        CAPTURE(std::string(axis.name));
        check_even(
            growth_of(axis.sizes, [&](std::size_t size) { return fleet_of(axis.shape(size)).render; }));
    }
}

TEST_CASE("a change a user costs the same to find, however many there are") {
    for (const Axis& axis : axes) {
        CAPTURE(std::string(axis.name));
        check_even(growth_of(axis.sizes, [&](std::size_t size) {
            const bench::Shape shape = axis.shape(size);
            const Fleet& fleet = fleet_of(shape);
            return cost_of([&] {
                REQUIRE(diff(fleet.tree, fleet.faulty).count(dectprov::ChangeKind::changed) ==
                        shape.all_users());
            });
        }));
    }
}

TEST_CASE("asking a provisioning server costs the same a server, and a file that is missing too") {
    constexpr Sizes sizes{10, 100, 1'000};
    for (const bool missing : {false, true}) {
        CAPTURE(missing);
        check_even(growth_of(sizes, [&](std::size_t size) {
            const Files& tree = fleet_of({.servers = size, .users = 2}).tree;
            const Files nothing = Files::memory();
            bench::Serving serving(missing ? nothing : tree);
            dectprov::ConfigFiles configs(tree, std::nullopt, true, dectprov::rule_index());
            const Inputs inputs = dectprov::find_inputs(tree, {"."}, {}, configs);
            dectprov::ThreadPool pool(1);
            const dectprov::Session session(tree, pool, {});
            dectprov::ProbePlan plan;
            std::string why;
            plan.address = dectprov::parse_address("http://prov.example.com/", why);
            return cost_of([&] {
                dectprov::Described described(session, inputs, {"."});
                const auto result = dectprov::probe(session, described, plan, serving.network());
                REQUIRE(result.servers.size() == size);
            });
        }));
    }
}

TEST_CASE("a finding and a change cost the same to print, however many there are") {
    std::map<std::size_t, dectprov::Results> findings;
    std::map<std::size_t, dectprov::Comparison> changes;
    for (const std::size_t size : printed) {
        const Fleet& fleet = fleet_of(with_users(size));
        findings[size].findings = lint(fleet.faulty).findings;
        changes[size] = diff(fleet.tree, fleet.faulty);
    }
    std::ostream nowhere(nullptr);
    for (const dectprov::Format& format : dectprov::formats()) {
        CAPTURE(std::string(format.name));
        check_even(growth_of(printed, [&](std::size_t size) {
            return cost_of(
                [&] { format.print(nowhere, findings.at(size), {.rules = dectprov::all_rules()}); });
        }));
    }
    for (const dectprov::DiffFormat& format : dectprov::diff_formats()) {
        CAPTURE(std::string(format.name));
        check_even(growth_of(printed, [&](std::size_t size) {
            return cost_of([&] { format.print(nowhere, changes.at(size), {.full = true}); });
        }));
    }
}

TEST_CASE("work that grows with the square of the users is found out") {
    constexpr Sizes sizes{10, 100, 1'000};
    SUBCASE("by its allocations, though of a hundred users only one costs something") {
        const Growth found = growth_of(sizes, [](std::size_t users) {
            return cost_of([&] {
                std::vector<std::string> names;
                for (std::size_t i = 0; i < users; ++i) {
                    names.emplace_back(40, 'x');
                    if (i % 100 == 99) const std::vector<std::string> all = names;
                }
            });
        });
        CHECK_FALSE(grows_evenly(found.sizes, found.allocations));
    }
    SUBCASE("by the nodes that it looks at, for each user those before it") {
        const Growth found = growth_of(sizes, [](std::size_t users) {
            const Files& files = fleet_of(with_users(users)).tree;
            dectprov::SourceSet sources;
            dectprov::Report report;
            const dectprov::FileId file = sources.add("users", files.read("0013d1100000-users.xml"));
            const auto document = dectprov::read_xml(sources, file, dectprov::Catalog::builtin(),
                                                     dectprov::entry("users"), report);
            const dectprov::Tree& tree = document.tree;
            return cost_of([&] {
                std::size_t numbers = 0;
                for (auto user = tree.first(0); user != tree.after(0); user = tree.after(user)) {
                    for (auto other = tree.first(0); other != user; other = tree.after(other)) ++numbers;
                }
                CHECK(numbers == users * (users - 1) / 2);
            });
        });
        CHECK(grows_evenly(found.sizes, found.nodes) != dectprov::counts_visits);
        CHECK(grows_evenly(found.sizes, found.allocations));
    }
}
