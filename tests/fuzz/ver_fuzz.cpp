// SPDX-License-Identifier: MIT
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

#include "doc/ver_list.hpp"

using namespace dectprov;

// What was read and is written again reads the same; other texts are refused without harm.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(reinterpret_cast<const char*>(data), size);
    SourceSet sources;
    Report report;
    const VersionList list = read_version_list(sources, sources.add("f.ver", text), report);
    std::vector<std::pair<std::string, std::string>> groups;
    for (const VersionLine& line : list.lines) {
        if (sources.text(line.group_digits) != line.group ||
            sources.text(line.version_digits) != line.version)
            std::abort();
        groups.emplace_back(line.group, line.version);
    }
    if (!groups.empty()) {
        Report none;
        const VersionList again =
            read_version_list(sources, sources.add("g.ver", write_version_list(groups)), none);
        if (again.lines.size() != groups.size() || !none.all().empty()) std::abort();
    }
    std::size_t wrong = 0;
    if (const auto version = parse_firmware_version(text, &wrong)) {
        if (compare_releases(version->release, version->release) != 0) std::abort();
    } else if (wrong > size) {
        std::abort();
    }
    compare_releases(text, "PCS20Ba");
    return 0;
}
