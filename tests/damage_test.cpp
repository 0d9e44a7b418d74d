// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <random>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "lint_texts.hpp"
#include "model/identity.hpp"
#include "workbench.hpp"

// The files of the examples, cut off and with a byte changed, through `lint`. Here some of all the places,
// the same in every run; scripts/damage.sh takes every place and every byte.

namespace {

namespace fs = std::filesystem;
using lint_texts::NamedTexts;

constexpr std::size_t stride = 199;

bool takes_all() {
    const char* value = std::getenv("DECTPROV_DAMAGE");
    return value != nullptr && std::string_view(value) == "all";
}

// What is read together: the files of a server, or the descriptions, tables and configuration of an example.
std::vector<NamedTexts> groups() {
    const fs::path examples = fs::path(DECTPROV_ROOT) / "examples";
    std::map<std::string, NamedTexts> by_name;
    for (const std::string& path : workbench::files_below(examples)) {
        const std::string extension = fs::path(path).extension();
        const std::string name(dectprov::base_name(path));
        const bool of_server = dectprov::begins_with_identity(name);
        if (!of_server && extension != ".yaml" && extension != ".csv" && extension != ".ver") continue;
        const std::string example = path.substr(0, path.find('/'));
        const std::string within = path.substr(example.size() + 1);
        const std::string group =
            of_server ? std::string(dectprov::folder_of(path)) + '/' + name.substr(0, name.find('-'))
                      : example;
        by_name[group].emplace_back(within, workbench::read(examples / path));
    }
    std::vector<NamedTexts> all;
    for (auto& [name, texts] : by_name) all.push_back(std::move(texts));
    return all;
}

std::size_t lines_of(std::string_view text) {
    return 1 + static_cast<std::size_t>(
                   std::ranges::count_if(text, [](char c) { return c == '\n' || c == '\r'; }));
}

bool is_json(const dectprov::Results& results,
             void (*print)(std::ostream&, const dectprov::Results&, const dectprov::PrintOptions&)) {
    std::ostringstream out;
    print(out, results, {});
    return nlohmann::json::accept(std::move(out).str());
}

// What is wrong with the way in which `lint` takes these files; empty where nothing is.
std::string fault_of(const NamedTexts& texts) {
    const lint_texts::Linted linted = lint_texts::lint(texts, 1);
    for (const dectprov::Finding& finding : linted.results.findings) {
        const auto at = std::ranges::find(texts, finding.file, &NamedTexts::value_type::first);
        if (at == texts.end()) return "a finding in no file: " + finding.file;
        const bool ordered =
            finding.begin.line < finding.end.line ||
            (finding.begin.line == finding.end.line && finding.begin.column <= finding.end.column);
        if (!ordered || finding.begin.line < 1 || finding.begin.column < 1 ||
            finding.end.line > lines_of(at->second))
            return "a finding outside of its file: " + finding.message;
    }
    for (const auto print : {dectprov::print_json, dectprov::print_sarif}) {
        if (!is_json(linted.results, print)) return "a report that is no JSON";
    }
    return {};
}

// Calls `take` with the numbers below `size` that are looked at.
template <class Take>
void each_place(std::size_t size, std::mt19937& chance, Take&& take) {
    if (takes_all()) {
        for (std::size_t at = 0; at < size; ++at) take(at);
        return;
    }
    for (std::size_t at = chance() % stride; at < size; at += 1 + chance() % (2 * stride)) take(at);
}

// Calls `damage` for places of each file of the examples, with the file as it is and its text, which it may
// change: what lint takes are the files around it. It is put back behind the last place.
template <class Damage>
void each_damaged(std::mt19937& chance, Damage&& damage) {
    for (NamedTexts& texts : groups()) {
        for (auto& [name, text] : texts) {
            const std::string whole = text;
            std::string& changed = text;
            const std::string& of = name;
            each_place(whole.size(), chance, [&](std::size_t at) { damage(texts, of, whole, changed, at); });
            text = whole;
        }
    }
}

}  // namespace

TEST_CASE("the examples are sound") {
    const std::vector<NamedTexts> all = groups();
    REQUIRE(all.size() > 30);
    for (const NamedTexts& texts : all) CHECK(fault_of(texts).empty());
}

TEST_CASE("a file of an example that ends anywhere is looked at to its end") {
    std::mt19937 chance(1);
    std::size_t tried = 0;
    each_damaged(chance, [&](const NamedTexts& texts, const std::string& name, const std::string& whole,
                             std::string& text, std::size_t at) {
        text = whole.substr(0, at);
        const std::string fault = fault_of(texts);
        CHECK_MESSAGE(fault.empty(), name, " cut off at ", at, ": ", fault);
        ++tried;
    });
    MESSAGE(tried, " files cut off");
    CHECK(tried > 300);
}

TEST_CASE("a file of an example with any byte changed is looked at to its end") {
    std::mt19937 chance(2);
    std::size_t tried = 0;
    each_damaged(chance, [&](const NamedTexts& texts, const std::string& name, const std::string& whole,
                             std::string& text, std::size_t at) {
        const unsigned only = takes_all() ? 0 : 1 + static_cast<unsigned>(chance() % 255);
        for (unsigned change = 1; change < 256; ++change) {
            if (only != 0 && change != only) continue;
            text[at] = static_cast<char>(static_cast<unsigned char>(whole[at]) ^ change);
            const std::string fault = fault_of(texts);
            CHECK_MESSAGE(fault.empty(), name, " with ", change, " at ", at, ": ", fault);
            ++tried;
        }
        text[at] = whole[at];
    });
    MESSAGE(tried, " files with a byte changed");
    CHECK(tried > 300);
}
