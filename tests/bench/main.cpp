// SPDX-License-Identifier: MIT
#include <benchmark/benchmark.h>
#include <sys/resource.h>

#include <algorithm>
#include <array>
#include <deque>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

#include "load.hpp"

// dectprov_bench [--size=SIZE]... [options of Google Benchmark]: --benchmark_filter=REGEX,
// --benchmark_format=json, --benchmark_out=FILE, --benchmark_repetitions=N, --benchmark_list_tests.
namespace {

struct Size {
    std::string_view name;
    bench::Shape shape;
};
constexpr std::array sizes{
    Size{.name = "small", .shape = {.servers = 10, .users = 50}},     // about 0.5 MB
    Size{.name = "medium", .shape = {.servers = 100, .users = 200}},  // 20,000 users
    Size{.name = "large", .shape = {.servers = 500, .users = 200}},   // 100,000 users
    Size{.name = "long", .shape = {.servers = 1, .users = 5000}},     // what one editor works on
};

// Takes `--size=SIZE` out of the arguments; the rest is Google Benchmark's.
std::vector<std::string_view> take_sizes(std::vector<char*>& arguments) {
    constexpr std::string_view option = "--size=";
    std::vector<std::string_view> wanted;
    for (const char* argument : arguments) {
        const std::string_view text = argument;
        if (text.starts_with(option)) wanted.push_back(text.substr(option.size()));
    }
    std::erase_if(arguments, [&](const char* text) { return std::string_view(text).starts_with(option); });
    return wanted;
}

}  // namespace

int main(int argc, char** argv) {
    std::vector<char*> arguments(argv, argv + argc);
    const std::vector<std::string_view> wanted = take_sizes(arguments);
    for (const std::string_view name : wanted) {
        if (std::ranges::find(sizes, name, &Size::name) != sizes.end()) continue;
        std::cerr << "dectprov_bench: '" << name << "' is no size; small, medium, large or long\n";
        return 2;
    }
    std::deque<bench::Load> loads;
    for (const Size& size : sizes) {
        if (!wanted.empty() && std::ranges::find(wanted, size.name) == wanted.end()) continue;
        bench::Load& load = loads.emplace_back(size.shape);
        bench::add_reading(std::string(size.name), load);
        bench::add_rules(std::string(size.name), load);
        bench::add_output(std::string(size.name), load);
        bench::add_editor(std::string(size.name), load);
    }
    int count = static_cast<int>(arguments.size());
    arguments.push_back(nullptr);
    benchmark::Initialize(&count, arguments.data());
    if (benchmark::ReportUnrecognizedArguments(count, arguments.data())) return 2;
    if (benchmark::RunSpecifiedBenchmarks() == 0) return 2;
    benchmark::Shutdown();
    rusage usage = {};
    getrusage(RUSAGE_SELF, &usage);
    std::cerr << "peak memory of the process: " << usage.ru_maxrss / 1024 << " MB\n";
    return 0;
}
