// SPDX-License-Identifier: MIT
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "load/parameters.hpp"
#include "source/failure.hpp"
#include "source/files.hpp"

using namespace dectprov;

// Additional entries are read, or refused with their place.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Files files = Files::memory();
    files.lay_over("f.yaml", std::string(reinterpret_cast<const char*>(data), size));
    Catalog catalog;
    const std::size_t before = catalog.size();
    try {
        read_parameters(files, "f.yaml", catalog);
        if (catalog.size() < before) std::abort();
    } catch (const Failure& failure) {
        if (!std::string_view(failure.what()).starts_with("f.yaml:")) std::abort();
    }
    return 0;
}
