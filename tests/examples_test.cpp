// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <filesystem>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "workbench.hpp"

using workbench::CommandResult;
using workbench::Folder;
using workbench::run;
namespace fs = std::filesystem;

namespace {

const fs::path examples = fs::path(DECTPROV_ROOT) / "examples";

std::vector<std::string> names() {
    std::vector<std::string> all;
    for (const auto& entry : fs::directory_iterator(examples)) {
        // The others hold recipes, which tests of their own run.
        const bool renders = fs::exists(entry.path() / "site.yaml") || fs::exists(entry.path() / "sites");
        if (renders) all.push_back(entry.path().filename().string());
    }
    std::ranges::sort(all);
    return all;
}

// The descriptions of an example; what it renders to stands beside them and is left out.
std::vector<std::string> sites_of(const fs::path& example) {
    std::vector<std::string> sites;
    for (const auto& entry : fs::recursive_directory_iterator(example)) {
        const bool rendered = entry.path().lexically_relative(example).generic_string().starts_with("out/");
        if (entry.path().extension() == ".yaml" && !rendered) sites.push_back(entry.path().string());
    }
    std::ranges::sort(sites);
    return sites;
}

std::map<std::string, std::string> files_below(const fs::path& folder) {
    std::map<std::string, std::string> files;
    if (!fs::exists(folder)) return files;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (entry.is_regular_file()) {
            files.emplace(entry.path().lexically_relative(folder).generic_string(),
                          workbench::read(entry.path()));
        }
    }
    return files;
}

// The variables that stand in for a secret store.
void set_variables(const fs::path& example) {
    if (!fs::exists(example / "demo.env")) return;
    std::istringstream lines(workbench::read(example / "demo.env"));
    for (std::string line; std::getline(lines, line);) {
        const std::size_t equals = line.find('=');
        if (line.empty() || line.front() == '#' || equals == std::string::npos) continue;
        ::setenv(line.substr(0, equals).c_str(), line.substr(equals + 1).c_str(), 1);
    }
}

std::vector<std::string> with(std::vector<std::string> args, const std::vector<std::string>& more) {
    args.insert(args.end(), more.begin(), more.end());
    return args;
}

}  // namespace

TEST_CASE("what the examples render to is current") {
    const Folder folder;
    REQUIRE(names().size() >= 4);
    for (const std::string& name : names()) {
        CAPTURE(name);
        const fs::path example = examples / name;
        set_variables(example);
        if (workbench::updating()) fs::remove_all(example / "out");
        // Versions count on from nothing, so that they do not depend on what is there.
        const CommandResult done = run(with({"render", "--no-config", "-o", name}, sites_of(example)));
        REQUIRE_MESSAGE(done.status == 0, done.err);
        if (workbench::updating()) fs::copy(name, example / "out", fs::copy_options::recursive);
        CHECK(files_below(name) == files_below(example / "out"));
    }
}

TEST_CASE("the examples and what they render to have neither errors nor warnings") {
    for (const std::string& name : names()) {
        CAPTURE(name);
        const CommandResult sites =
            run(with({"lint", "-q", "--no-config", "--fail-on", "warning"}, sites_of(examples / name)));
        CHECK_MESSAGE(sites.status == 0, sites.out);
        const CommandResult files =
            run({"lint", "-q", "--no-config", "--fail-on", "warning", (examples / name / "out").string()});
        CHECK_MESSAGE(files.status == 0, files.out);
    }
}

TEST_CASE("the examples show every model") {
    std::string all;
    for (const std::string& name : names()) {
        for (const std::string& site : sites_of(examples / name)) all += workbench::read(site);
    }
    for (const char* model : {"model: \"200\"", "model: \"400\"", "model: \"6500\"", "model: vso",
                              "model: \"2500\"", "model: \"8000\""}) {
        CAPTURE(model);
        CHECK(all.find(model) != std::string::npos);
    }
}
