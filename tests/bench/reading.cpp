// SPDX-License-Identifier: MIT
#include <benchmark/benchmark.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "catalog/entries.hpp"
#include "doc/csv.hpp"
#include "doc/read_xml.hpp"
#include "doc/ver_list.hpp"
#include "doc/yaml.hpp"
#include "load.hpp"
#include "model/bind.hpp"

// Bytes to trees: each format, binding, and whole servers and descriptions.
namespace bench {
namespace {

using dectprov::Catalog;
using dectprov::entry;
using dectprov::FileId;
using dectprov::Report;
using dectprov::SourceSet;

// The files of one format, as texts that are held once.
struct Texts {
    SourceSet sources;
    std::vector<FileId> files;
    std::size_t bytes = 0;

    Texts(const dectprov::Files& from, std::string_view end) {
        for (const dectprov::Files::Entry& one : from.list(".")) {
            if (!one.name.ends_with(end)) continue;
            std::string text = from.read(one.name);
            bytes += text.size();
            files.push_back(sources.add(one.name, std::move(text)));
        }
    }
};

dectprov::EntryId root_of(std::string_view name) {
    if (name.ends_with("-config.xml")) return entry("config");
    return name.ends_with("-users.xml") ? entry("users") : entry("cota");
}

void read_xml(benchmark::State& state, Load& load) {
    const Texts texts(load.tree().files, ".xml");
    Amount amount = load.of(load.tree());
    amount.bytes = texts.bytes;
    measure(state, amount, [&] {
        Report report;
        for (const FileId file : texts.files) {
            benchmark::DoNotOptimize(dectprov::read_xml(texts.sources, file, Catalog::builtin(),
                                                        root_of(texts.sources.name(file)), report));
        }
    });
}

void read_yaml(benchmark::State& state, Load& load) {
    Texts texts(load.yaml_sites().files, ".yaml");
    Amount amount{.bytes = texts.bytes, .users = load.shape().all_users()};
    for (const FileId file : texts.files)
        amount.nodes += dectprov::read_yaml(texts.sources, file).yaml.nodes.size();
    measure(state, amount, [&] {
        for (const FileId file : texts.files)
            benchmark::DoNotOptimize(dectprov::read_yaml(texts.sources, file));
    });
}

std::size_t read_rows(Texts& texts) {
    std::size_t fields = 0;
    std::vector<dectprov::CsvField> row;
    for (const FileId file : texts.files) {
        dectprov::CsvReader reader(texts.sources, file);
        while (reader.next(row)) fields += row.size();
    }
    return fields;
}

void read_csv(benchmark::State& state, Load& load) {
    Texts texts(load.sites().files, ".csv");
    Amount amount{.bytes = texts.bytes, .users = load.shape().all_users()};
    amount.nodes = read_rows(texts);
    measure(state, amount, [&] { benchmark::DoNotOptimize(read_rows(texts)); });
}

void read_ver(benchmark::State& state, Load& load) {
    const Texts texts(load.tree().files, ".ver");
    measure(state, {.bytes = texts.bytes, .users = load.shape().all_users()}, [&] {
        Report report;
        for (const FileId file : texts.files)
            benchmark::DoNotOptimize(dectprov::read_version_list(texts.sources, file, report));
    });
}

void bind_trees(benchmark::State& state, Load& load) {
    measure(state, load.of(load.tree()), [&] {
        for (const auto& one : load.servers()) {
            Report report;
            for_each_tree(one->record.server,
                          [&](const dectprov::Tree& tree) { dectprov::bind(tree, report); });
        }
    });
}

}  // namespace

void add_reading(const std::string& size, Load& load) {
    add("read/xml", size, load, read_xml);
    add("read/yaml", size, load, read_yaml);
    add("read/csv", size, load, read_csv);
    add("read/ver", size, load, read_ver);
    add("bind", size, load, bind_trees);
    add("load/server", size, load, [](benchmark::State& state, Load& of) {
        measure(state, of.of(of.tree()), [&] { load_servers(of.tree(), Report()); });
    });
    add("load/site-csv", size, load, [](benchmark::State& state, Load& of) {
        measure(state, of.of(of.sites()), [&] { load_sites(of.sites(), Report()); });
    });
    add("load/site-yaml", size, load, [](benchmark::State& state, Load& of) {
        measure(state, of.of(of.yaml_sites()), [&] { load_sites(of.yaml_sites(), Report()); });
    });
}

}  // namespace bench
