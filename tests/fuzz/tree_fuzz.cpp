// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <string_view>

#include "../lint_texts.hpp"
#include "../program_properties.hpp"

using namespace dectprov;

namespace {

// A tree as one text: files are parted by the character 0x1e, and the first line of each is its name.
lint_texts::NamedTexts tree_of(std::string_view text) {
    lint_texts::NamedTexts files;
    constexpr std::size_t most = 12;
    while (!text.empty() && files.size() < most) {
        const std::size_t end = std::min(text.find('\x1e'), text.size());
        const std::string_view file = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        const std::size_t line = file.find('\n');
        const std::string name(file.substr(0, line));
        const bool good = !name.empty() && name.front() != '/' && name.back() != '/' &&
                          name.find("..") == std::string::npos && name.find('\0') == std::string::npos;
        if (good && line != std::string_view::npos) files.emplace_back(name, file.substr(line + 1));
    }
    return files;
}

bool is_json(const Results& results, void (*print)(std::ostream&, const Results&, const PrintOptions&)) {
    std::ostringstream out;
    print(out, results, {});
    return nlohmann::json::accept(std::move(out).str());
}

}  // namespace

// Whatever a tree holds: `lint` comes to an end, says the same with any number of threads, and prints JSON as
// JSON. Of one tree in sixteen the whole program is run over the same on a disk, which takes as long as all
// of that.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const lint_texts::NamedTexts files = tree_of({reinterpret_cast<const char*>(data), size});
    if (files.empty()) return 0;
    const lint_texts::Linted alone = lint_texts::lint(files, 1);
    const lint_texts::Linted beside = lint_texts::lint(files, 3);
    if (lint_texts::printed(alone) != lint_texts::printed(beside)) std::abort();
    for (const auto print : {print_json, print_sarif, print_gitlab}) {
        if (!is_json(alone.results, print)) std::abort();
    }
    for (const Finding& finding : alone.results.findings) {
        if (finding.begin.line > finding.end.line) std::abort();
    }
    constexpr std::size_t in_memory = 16;
    if (std::hash<std::string_view>()({reinterpret_cast<const char*>(data), size}) % in_memory != 0) return 0;
    static program_properties::Program program;
    program.lay_out(files);
    program.all();
    static_cast<void>(program.shown());
    return 0;
}
