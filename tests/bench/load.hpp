// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bench/fleet.hpp"
#include "bench/measure.hpp"
#include "compare/change.hpp"
#include "diag/diagnostic.hpp"
#include "lint/lint.hpp"
#include "load/config_file.hpp"
#include "load/inputs.hpp"
#include "load/load_server.hpp"
#include "load/site.hpp"
#include "source/files.hpp"
#include "source/source_set.hpp"

namespace bench {

// Files in memory and the servers and descriptions that are found among them.
struct Input {
    explicit Input(dectprov::Files from);

    dectprov::Files files;
    dectprov::ConfigFiles configs;
    dectprov::Inputs inputs;
    std::size_t bytes;  // of all files
};

// A server or a description that was read, with what its records point into.
template <class Record>
struct Loaded {
    explicit Loaded(dectprov::Report to) : report(std::move(to)) {}

    dectprov::SourceSet sources;
    dectprov::Report report;
    Record record = {};
};
// Records point at each other and stay where they are.
using Servers = std::vector<std::unique_ptr<Loaded<dectprov::LoadedServer>>>;
using Sites = std::vector<std::unique_ptr<Loaded<dectprov::Site>>>;

Servers load_servers(const Input& input, const dectprov::Report& report);
Sites load_sites(const Input& input, const dectprov::Report& report);

dectprov::LintResult lint(const Input& input);
dectprov::Comparison diff(const Input& before, const Input& after);

// All that the benchmarks of one size work on. Each part is made when it is asked for, and kept.
class Load {
public:
    explicit Load(const Shape& shape) : shape_(shape) {}

    [[nodiscard]] const Shape& shape() const { return shape_; }
    const Input& sites();       // descriptions with users in CSV
    const Input& yaml_sites();  // the same with users in the description
    const Input& tree();        // the files
    const Input& faulty();      // with a fault in every user
    const Input& suppressed();  // with comments that suppress them
    const Servers& servers();
    const Sites& read_sites();
    const dectprov::Results& findings();    // of the faulty files
    const dectprov::Comparison& changes();  // from the files to the faulty ones

    Amount of(const Input& input);  // nodes are those of the trees, for files and descriptions alike

private:
    Shape shape_;
    std::unique_ptr<Input> sites_;
    std::unique_ptr<Input> yaml_sites_;
    std::unique_ptr<Input> tree_;
    std::unique_ptr<Input> faulty_;
    std::unique_ptr<Input> suppressed_;
    Servers servers_;
    Sites read_sites_;
    std::unique_ptr<dectprov::Results> findings_;
    std::unique_ptr<dectprov::Comparison> changes_;
    std::size_t nodes_ = 0;
};

// Every tree of a server: of its files or of its part of a description.
template <class Visit>
void for_each_tree(const dectprov::Server& server, Visit&& visit) {
    if (server.config) visit(*server.config);
    if (server.users) visit(*server.users);
    for (const dectprov::HandsetGroup& group : server.groups) visit(group.tree);
}

// Each registers its benchmarks for one size; `load` must outlive their run.
void add_reading(const std::string& size, Load& load);
void add_rules(const std::string& size, Load& load);
void add_output(const std::string& size, Load& load);
void add_editor(const std::string& size, Load& load);

// Registers a benchmark "<what>/<size>". `body` is called with the state and the load of that size.
template <class Body>
void add(std::string_view what, const std::string& size, Load& load, Body body) {
    benchmark::RegisterBenchmark((std::string(what) + '/' + size).c_str(), [&load,
                                                                            body](benchmark::State& state) {
        body(state, load);
    })->Unit(benchmark::kMillisecond);
}

}  // namespace bench
