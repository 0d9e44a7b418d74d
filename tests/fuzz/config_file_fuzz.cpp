// SPDX-License-Identifier: MIT
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "load/config_file.hpp"
#include "rules/families.hpp"
#include "source/failure.hpp"

using namespace dectprov;

// A configuration is read, or refused with its place.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Files files = Files::memory();
    files.lay_over(".dectprov.yaml", std::string(reinterpret_cast<const char*>(data), size));
    try {
        const ConfigFile config =
            read_config_file(files, ".dectprov.yaml", "", {.find = find_rule, .all = all_rules()});
        for (const std::string& glob : config.ignore) glob_matches(glob, "a/b-c/0013d1800032-config.xml");
        for (const auto& section : config.paths) glob_matches(section.glob, "clinics/");
    } catch (const Failure& failure) {
        if (!std::string_view(failure.what()).starts_with(".dectprov.yaml:")) std::abort();
    }
    return 0;
}
