// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <cstdint>
#include <ctime>
#include <functional>
#include <map>
#include <optional>
#include <ostream>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

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
    // What is refused by its size costs less than a little of it.
    return one_more(1) <= 1.1 * std::max(one_more(0), 0.0) + 0.01;
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

Inputs inputs_of(const Files& files, dectprov::ConfigFiles& configs, const std::string& path = ".") {
    return dectprov::find_inputs(files, {path}, {}, configs);
}

dectprov::LintResult lint(const Files& files, const std::string& path = ".") {
    dectprov::ConfigFiles configs(files, std::nullopt, false, dectprov::rule_index());
    return analyse::lint(files, inputs_of(files, configs, path));
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

// ---- what somebody has made so that it takes long

namespace {

const std::string config_text =
    "<config><provisioning><check><interval>60</interval></check></provisioning></config>";
const std::string users_text =
    "<users><user><username>7001</username><ipei>00077 0000001</ipei></user></users>";

// A MAC address for each number.
std::string mac(std::size_t number) { return fmt::format("0013d1{:06x}", number + 1); }

std::string repeated(std::size_t count, std::string_view text) {
    std::string all;
    for (std::size_t i = 0; i < count; ++i) all += text;
    return all;
}

Files one_file(const std::string& name, std::string text) {
    Files files = Files::memory();
    files.lay_over(name, std::move(text));
    return files;
}

// As many files as that, with a name and a text by their numbers.
template <class Name, class Text>
Files files_of(std::size_t count, Name&& name, Text&& text) {
    Files files = Files::memory();
    for (std::size_t i = 0; i < count; ++i) files.lay_over(name(i), std::string(text(i)));
    return files;
}

Files one_server_in_folders(std::size_t size) {
    Files files = Files::memory();
    for (std::size_t i = 0; i < size; ++i) {
        files.lay_over(fmt::format("f{}/0013d1800032-config.xml", i), config_text);
        files.lay_over(fmt::format("f{}/0013d1800032-users.xml", i), users_text);
    }
    return files;
}

Files groups_of_one_server(std::size_t size) {
    return files_of(
        size, [](std::size_t i) { return fmt::format("0013d1800032-handset_config_group_{}.xml", i + 1); },
        [](std::size_t i) {
            return fmt::format("<cota><info><group>{}</group><version>1</version></info></cota>", i + 1);
        });
}

// One name in as many spellings as there are.
Files twins_of_one_file(std::size_t size) {
    return files_of(
        size,
        [](std::size_t i) {
            std::string name = "0013d1800032-handset_config_list.ver";
            for (char& c : name) {
                if (std::isalpha(static_cast<unsigned char>(c)) == 0) continue;
                if (i % 2 == 1) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
                i /= 2;
            }
            return name;
        },
        [](std::size_t) { return "GROUP1 VERSION1\n"; });
}

Files one_handset_of_all(std::size_t size) {
    return files_of(
        size, [](std::size_t i) { return mac(i) + "-users.xml"; }, [](std::size_t) { return users_text; });
}

Files one_server_described(std::size_t size) {
    std::string text = "dectprov: 1\nservers:\n";
    return one_file("site.yaml", text + repeated(size, "  - {mac: 0013d1800032, model: \"6500\"}\n"));
}

Files one_server_in_descriptions(std::size_t size) {
    return files_of(
        size, [](std::size_t i) { return fmt::format("s{}.yaml", i); },
        [](std::size_t) { return "dectprov: 1\nservers: [{mac: 0013d1800032, model: \"6500\"}]\n"; });
}

// Firmware files of one name, and as many contradictions.
Files one_firmware_in_descriptions(std::size_t size) {
    return files_of(
        size, [](std::size_t i) { return fmt::format("s{}.yaml", i); },
        [](std::size_t i) {
            return fmt::format(
                "dectprov: 1\nservers:\n  - {{mac: {}, model: \"6500\", "
                "firmware_files: {{kws.bin: PCS20Ba {}}}}}\n",
                mac(i), 90'000 + i);
        });
}

// Each extends the next one.
Files chain_of_layers(std::size_t size) {
    return files_of(
        size, [](std::size_t i) { return fmt::format("l{}.yaml", i); },
        [&](std::size_t i) {
            const std::string next = i + 1 < size ? fmt::format("extends: [l{}.yaml]\n", i + 1) : "";
            return fmt::format("dectprov: 1\n{}defaults: {{vars: {{v{}: x}}}}\n", next, i);
        });
}

// A description that extends all layers, each with a key of its own and one that all have.
Files many_layers(std::size_t size) {
    Files files = files_of(
        size, [](std::size_t i) { return fmt::format("l{}.yaml", i); },
        [](std::size_t i) {
            return fmt::format("dectprov: 1\ndefaults: {{vars: {{v{}: x, all: {}}}}}\n", i, i);
        });
    std::string text = "dectprov: 1\nextends:\n";
    for (std::size_t i = 0; i < size; ++i) text += fmt::format("  - l{}.yaml\n", i);
    files.lay_over("site.yaml", text + "servers: [{mac: 0013d1800032, model: \"6500\"}]\n");
    return files;
}

// Layers that extend each all below it: a size is how often a layer is named.
Files diamond_of_layers(std::size_t size) {
    std::size_t layers = 1;
    while (layers * (layers - 1) / 2 < size) ++layers;
    Files files = files_of(
        layers, [](std::size_t i) { return fmt::format("l{}.yaml", i); },
        [&](std::size_t i) {
            std::string text = "dectprov: 1\nextends:\n";
            for (std::size_t below = i + 1; below < layers; ++below)
                text += fmt::format("  - l{}.yaml\n", below);
            return text + "defaults: {settings: {sip: {callwaiting: true}}}\n";
        });
    files.lay_over("site.yaml",
                   "dectprov: 1\nextends: [l0.yaml]\nservers: [{mac: 0013d1800032, model: \"6500\"}]\n");
    return files;
}

// Layers that extend each the next few, deeper than they may: each is read for itself too.
Files ladder_of_layers(std::size_t size) {
    constexpr std::size_t few_below = 11;
    return files_of(
        size, [](std::size_t i) { return fmt::format("l{}.yaml", i); },
        [&](std::size_t i) {
            std::string text = "dectprov: 1\nextends:\n";
            for (std::size_t below = i + 1; below < std::min(size, i + 1 + few_below); ++below)
                text += fmt::format("  - l{}.yaml\n", below);
            return i + 1 < size ? text : "dectprov: 1\n";
        });
}

Files config_with(std::string inside) {
    return one_file("0013d1800032-config.xml", "<config>" + std::move(inside) + "</config>");
}

Files deep_xml(std::size_t size) { return config_with(repeated(size, "<a>") + repeated(size, "</a>")); }
Files wide_xml(std::size_t size) { return config_with(repeated(size, "<a>1</a>")); }
Files references(std::size_t size) {
    return config_with("<sip><server>" + repeated(size, "&amp;&#65;") + "</server></sip>");
}
Files entities(std::size_t size) {
    std::string text = "<!DOCTYPE config [\n<!ENTITY e0 \"x\">\n";
    for (std::size_t i = 1; i < size; ++i)
        text += fmt::format("<!ENTITY e{} \"&e{};&e{};\">\n", i, i - 1, i - 1);
    return one_file("0013d1800032-config.xml", text + fmt::format("]>\n<config>&e{};</config>\n", size - 1));
}
Files attributes(std::size_t size) {
    std::string text = "<config";
    for (std::size_t i = 0; i < size; ++i) text += fmt::format(" a{}=\"1\"", i);
    return one_file("0013d1800032-config.xml", text + "/>");
}
Files firmware_named_again(std::size_t size) {
    Files files = config_with("<provisioning><firmware>" + repeated(size, "<kws>kws.bin</kws>") +
                              "</firmware></provisioning>");
    files.lay_over("kws.bin.ver", "PCS20Ba 90198\n");
    return files;
}
Files suppressions(std::size_t size) {
    return config_with(repeated(size, "<!-- dectprov-disable-next-line value/type: why -->\n<a/>\n"));
}

Files suppressions_of_a_line(std::size_t size) {
    return config_with(repeated(size, "<!-- dectprov-disable-next-line element/unknown: why -->") + "\n" +
                       repeated(size, "<a/>"));
}

Files faults_of_a_configuration(std::size_t size) {
    std::string text = "policies:\n";
    for (std::size_t i = 0; i < size; ++i)
        text += fmt::format("  p{}: {{path: sip.callwaiting, value: true}}\n", i);
    text += "rules:\n";
    for (std::size_t i = 0; i < size; ++i) text += fmt::format("  a/b{}: off\n", i);
    Files files = config_with("<sip/>");
    files.lay_over(".dectprov.yaml", text);
    return files;
}

Files deep_yaml(std::size_t size) {
    return one_file("site.yaml", "dectprov: 1\nservers: " + repeated(size, "[") + repeated(size, "]"));
}
Files wide_yaml(std::size_t size) {
    std::string text = "dectprov: 1\nservers:\n  - mac: 0013d1800032\n    model: \"6500\"\n";
    for (std::size_t i = 0; i < size; ++i) text += fmt::format("    k{}: 1\n", i);
    return one_file("site.yaml", text);
}
Files aliases(std::size_t size) {
    std::string text = "dectprov: 1\nvars: &v {a: b}\nservers:\n";
    for (std::size_t i = 0; i < size; ++i)
        text += fmt::format("  - {{mac: {}, model: \"6500\", vars: *v}}\n", mac(i));
    return one_file("site.yaml", text);
}
Files merges(std::size_t size) {
    std::string text = "dectprov: 1\nservers:\n  - &s0 {mac: 0013d1800000, model: \"6500\"}\n";
    for (std::size_t i = 0; i < size; ++i) text += fmt::format("  - {{<<: *s0, mac: {}}}\n", mac(i));
    return one_file("site.yaml", text);
}

Files other_files(std::size_t size) {
    return files_of(
        size, [](std::size_t i) { return fmt::format("notes{}.yaml", i); },
        [](std::size_t) { return "key: value\n"; });
}
Files names_that_are_no_text(std::size_t size) {
    return files_of(
        size, [](std::size_t i) { return fmt::format("{}-\xff\xfe-config.xml", mac(i)); },
        [](std::size_t) { return config_text; });
}

struct Hostile {
    std::string_view what;
    Sizes sizes;
    Files (*make)(std::size_t size);
    std::string path = ".";
    // What is compared with all others by names alone would show in no count.
    bool timed = false;
};
const Sizes few{10, 100, 1'000};
const Sizes many{1'000, 10'000, 100'000};
const std::vector<Hostile> hostile{
    {.what = "one server in as many folders", .sizes = few, .make = one_server_in_folders},
    {.what = "groups of one server", .sizes = few, .make = groups_of_one_server, .timed = true},
    {.what = "spellings of one file", .sizes = few, .make = twins_of_one_file, .timed = true},
    {.what = "servers with one handset", .sizes = few, .make = one_handset_of_all},
    {.what = "items of one server", .sizes = few, .make = one_server_described},
    {.what = "descriptions of one server", .sizes = few, .make = one_server_in_descriptions},
    {.what = "contradictions about one firmware", .sizes = few, .make = one_firmware_in_descriptions},
    {.what = "layers in a chain", .sizes = {100, 200, 400}, .make = chain_of_layers},
    {.what = "layers that extend the next few", .sizes = {100, 200, 400}, .make = ladder_of_layers},
    {.what = "layers of one description",
     .sizes = few,
     .make = many_layers,
     .path = "site.yaml",
     .timed = true},
    {.what = "layers that all extend each other",
     .sizes = {120, 496, 1'953},
     .make = diamond_of_layers,
     .path = "site.yaml"},
    {.what = "deep elements", .sizes = many, .make = deep_xml},
    {.what = "wide elements", .sizes = few, .make = wide_xml},
    {.what = "character references", .sizes = few, .make = references},
    {.what = "entities of entities", .sizes = few, .make = entities},
    {.what = "attributes", .sizes = few, .make = attributes, .timed = true},
    {.what = "a firmware that is named again", .sizes = few, .make = firmware_named_again},
    {.what = "suppressions", .sizes = few, .make = suppressions},
    {.what = "suppressions of one line", .sizes = few, .make = suppressions_of_a_line, .timed = true},
    {.what = "faults of a configuration", .sizes = few, .make = faults_of_a_configuration, .timed = true},
    {.what = "deep lists", .sizes = many, .make = deep_yaml},
    {.what = "wide mappings", .sizes = few, .make = wide_yaml},
    {.what = "aliases", .sizes = few, .make = aliases, .timed = true},
    {.what = "merged mappings", .sizes = few, .make = merges},
    {.what = "other files", .sizes = few, .make = other_files, .timed = true},
    {.what = "names that are no text", .sizes = few, .make = names_that_are_no_text},
};

// Of the process, so that others do not count; the less of two, for what comes up now and then.
double time_of(const std::function<void()>& work) {
    const auto once = [&] {
        const std::clock_t begin = std::clock();
        work();
        return static_cast<double>(std::clock() - begin);
    };
    const double first = once();
    return std::min(first, once());
}

// `made(size)` gives what is to be done with so much of something.
template <class Made>
void check_time(const Made& made) {
    constexpr std::size_t size = 600;
    constexpr std::size_t more = 16;
    const double before = time_of(made(size));
    const double after = time_of(made(more * size));
    CHECK_MESSAGE(2 * after <= 5 * more * before, before, " for ", size, ", ", after, " for ", more * size);
}

// A server with as many groups, all of one version.
Files versions_of_groups(std::size_t size, int version) {
    Files files = Files::memory();
    const std::string server = "0013d1800032";
    std::string list;
    for (std::size_t group = 1; group <= size; ++group) {
        files.lay_over(fmt::format("{}-handset_config_group_{}.xml", server, group),
                       fmt::format("<cota>\n<info><group>{}</group><version>{}</version></info>\n"
                                   "<data/>\n</cota>\n",
                                   group, version));
        list += fmt::format("GROUP{} VERSION{}\n", group, version);
    }
    files.lay_over(fmt::format("{}-handset_config_list.ver", server), std::move(list));
    return files;
}

}  // namespace

TEST_CASE("what is made to take long costs the same apiece, however much there is of it") {
    for (const Hostile& one : hostile) {
        CAPTURE(std::string(one.what));
        check_even(growth_of(one.sizes, [&](std::size_t size) {
            const Files files = one.make(size);
            return cost_of([&] { lint(files, one.path); });
        }));
    }
}

TEST_CASE("sixteen times as much of what is compared by names takes at most two and a half times that time") {
    for (const Hostile& one : hostile) {
        if (!one.timed) continue;
        CAPTURE(std::string(one.what));
        check_time(
            [&](std::size_t size) { return [&one, files = one.make(size)] { lint(files, one.path); }; });
    }
}

TEST_CASE("sixteen times as many groups take at most two and a half times that time to compare") {
    check_time([](std::size_t size) {
        return [before = versions_of_groups(size, 1), after = versions_of_groups(size, 2), size] {
            // The version of each, and its line in the list.
            REQUIRE(diff(before, after).count(dectprov::ChangeKind::changed) == 2 * size);
        };
    });
}
