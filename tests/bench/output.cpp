// SPDX-License-Identifier: MIT
#include <benchmark/benchmark.h>

#include <ostream>
#include <stdexcept>
#include <streambuf>
#include <string>
#include <vector>

#include "diag/format.hpp"
#include "diff/diff_format.hpp"
#include "doc/write_xml.hpp"
#include "import/import_sites.hpp"
#include "load.hpp"
#include "model/bind.hpp"
#include "render/render.hpp"
#include "render/versions.hpp"
#include "rules/families.hpp"

// What comes of the trees: findings, reports, files, changes, descriptions.
namespace bench {
namespace {

// Takes what is printed and keeps its length alone.
class Length : public std::streambuf {
public:
    [[nodiscard]] std::size_t bytes() const { return bytes_; }

protected:
    std::streamsize xsputn(const char* /*text*/, std::streamsize size) override {
        bytes_ += static_cast<std::size_t>(size);
        return size;
    }
    int_type overflow(int_type character) override {
        ++bytes_;
        return traits_type::not_eof(character);
    }

private:
    std::size_t bytes_ = 0;
};

template <class Print>
void measure_print(benchmark::State& state, Load& load, Print&& print) {
    Length length;
    std::ostream out(&length);
    print(out);
    measure(state, {.bytes = length.bytes(), .users = load.shape().all_users()}, [&] { print(out); });
}

// A finding a user, from trees that are there: what binding adds to its time without findings.
void collect(benchmark::State& state, Load& load) {
    const auto servers = load_servers(load.faulty(), dectprov::Report());
    measure(state, load.of(load.faulty()), [&] {
        std::size_t count = 0;
        for (const auto& one : servers) {
            dectprov::Report report;
            for_each_tree(one->record.server,
                          [&](const dectprov::Tree& tree) { dectprov::bind(tree, report); });
            count += report.all().size();
        }
        if (count < load.shape().all_users()) throw std::logic_error("not every user has a finding");
    });
}

void render_files(benchmark::State& state, Load& load) {
    measure(state, load.of(load.sites()), [&] {
        for (const auto& site : load.read_sites()) {
            for (const dectprov::SiteServer& one : site->record.servers) {
                dectprov::Report report;
                const auto versions = dectprov::settle_versions(one, dectprov::Files::memory(), "", report);
                benchmark::DoNotOptimize(dectprov::render(one, versions, ""));
            }
        }
    });
}

void write_files(benchmark::State& state, Load& load) {
    measure(state, load.of(load.tree()), [&] {
        for (const auto& one : load.servers()) {
            for_each_tree(one->record.server, [](const dectprov::Tree& tree) {
                benchmark::DoNotOptimize(dectprov::write_xml(tree));
            });
        }
    });
}

void import_files(benchmark::State& state, Load& load) {
    measure(state, load.of(load.tree()), [&] {
        // Import asks for configurations, and a question is kept: each round asks anew.
        Input input(load.tree().files);
        dectprov::ThreadPool threads(1);
        const dectprov::Session session(input.files, threads, {.thresholds = {.keep_suppressed = true}});
        const dectprov::ImportResult result = dectprov::import_sites(session, input.inputs, input.configs,
                                                                     {.paths = {"."}, .output = "all.yaml"});
        if (result.files.empty()) throw std::logic_error("nothing is imported");
    });
}

}  // namespace

void add_output(const std::string& size, Load& load) {
    add("lint/clean", size, load, [](benchmark::State& state, Load& of) {
        measure(state, of.of(of.tree()), [&] { lint(of.tree()); });
    });
    add("lint/faulty", size, load, [](benchmark::State& state, Load& of) {
        measure(state, of.of(of.faulty()), [&] { lint(of.faulty()); });
    });
    add("diagnostics/collect", size, load, collect);
    for (const dectprov::Format& format : dectprov::formats()) {
        add("print/" + std::string(format.name), size, load, [&format](benchmark::State& state, Load& of) {
            measure_print(state, of, [&](std::ostream& out) {
                format.print(out, of.findings(), {.rules = dectprov::all_rules()});
            });
        });
    }
    add("render/files", size, load, render_files);
    add("render/site-to-files", size, load, [](benchmark::State& state, Load& of) {
        measure(state, of.of(of.sites()), [&] { rendered(of.sites().files); });
    });
    add("write/xml", size, load, write_files);
    add("diff/equal", size, load, [](benchmark::State& state, Load& of) {
        measure(state, of.of(of.tree()), [&] { diff(of.tree(), of.tree()); });
    });
    add("diff/changed", size, load, [](benchmark::State& state, Load& of) {
        measure(state, of.of(of.tree()), [&] { diff(of.tree(), of.faulty()); });
    });
    for (const dectprov::DiffFormat& format : dectprov::diff_formats()) {
        add("print-diff/" + std::string(format.name), size, load,
            [&format](benchmark::State& state, Load& of) {
                measure_print(state, of, [&](std::ostream& out) { format.print(out, of.changes(), {}); });
            });
    }
    add("import", size, load, import_files);
}

}  // namespace bench
