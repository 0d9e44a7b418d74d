// SPDX-License-Identifier: MIT
#include <benchmark/benchmark.h>

#include <functional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include "analysis/rule_index.hpp"
#include "editor/workspace.hpp"
#include "load.hpp"

// From a key in an editor to the findings, beside what `lint` takes for the same file: the first may take no
// longer than the second.
namespace bench {
namespace {

using dectprov::Files;
using dectprov::Workspace;

void settle(Workspace& workspace) {
    while (const std::function<void()> task = workspace.next_task()) {
        task();
        workspace.finish();
    }
}

std::string first_with(const Files& files, std::string_view ending) {
    for (const Files::Entry& entry : files.list(".")) {
        // A layer is no description by itself.
        if (entry.name.ends_with(ending) && entry.name != "common.yaml") return entry.name;
    }
    throw std::logic_error("no file of this kind");
}

// A digit of a user's name: a key elsewhere may leave a file that cannot be read, which is another work.
std::size_t place_to_type(std::string_view text) {
    const std::size_t at = text.find_first_of("0123456789", text.find("username", text.size() / 2));
    if (at == std::string_view::npos) throw std::logic_error("no user in the middle of the file");
    return at;
}

// A digit comes and goes in the name of a user.
void edit(benchmark::State& state, const Files& files, const std::string& path, std::size_t users) {
    const std::string text = files.read(path);
    Workspace workspace({.jobs = 1, .config = {}}, files);
    workspace.set_folders({"."});
    workspace.open("file:///" + path, path, 1, text);
    settle(workspace);
    dectprov::Document& document = *workspace.find(path);
    const std::size_t at = place_to_type(text);
    const std::size_t found = workspace.findings(path).size();
    bool there = false;
    measure(state, {.bytes = text.size(), .users = users}, [&] {
        workspace.change(document, at, at + (there ? 1 : 0), there ? "" : "7");
        there = !there;
        workspace.changed(document, document.version + 1);
        settle(workspace);
        if (workspace.findings(path).size() != found) throw std::logic_error("the key breaks the file");
    });
}

void lint_file(benchmark::State& state, const Files& files, const std::string& path, std::size_t users) {
    const std::size_t bytes = files.read(path).size();
    measure(state, {.bytes = bytes, .users = users}, [&] {
        dectprov::ConfigFiles configs(files, std::nullopt, true, dectprov::rule_index());
        const dectprov::Inputs inputs = dectprov::find_inputs(files, {path}, {}, configs);
        dectprov::ThreadPool threads(1);
        const dectprov::Session session(files, threads, {.thresholds = {.quotes = std::nullopt}});
        benchmark::DoNotOptimize(dectprov::lint(session, inputs));
    });
}

}  // namespace

void add_editor(const std::string& size, Load& load) {
    using Run = void (*)(benchmark::State&, const Files&, const std::string&, std::size_t);
    const auto both = [&](const std::string& what, Run run) {
        add(what + "/users", size, load, [run](benchmark::State& state, Load& of) {
            run(state, of.tree().files, first_with(of.tree().files, "-users.xml"), of.shape().users);
        });
        add(what + "/description", size, load, [run](benchmark::State& state, Load& of) {
            const Files& files = of.yaml_sites().files;
            run(state, files, first_with(files, ".yaml"), of.shape().users);
        });
    };
    both("editor/edit", edit);
    both("editor/lint", lint_file);
}

}  // namespace bench
