// SPDX-License-Identifier: MIT
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "diag/baseline.hpp"
#include "source/failure.hpp"

using namespace dectprov;

// A baseline is read, or refused with its place; nothing has been hidden by then.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    try {
        Baseline baseline("f", std::string_view(reinterpret_cast<const char*>(data), size));
        std::vector<Finding> none;
        if (baseline.hide(none, [](std::string_view name) { return std::string(name); }) != 0) std::abort();
        for (const Baseline::Entry* entry : baseline.unused()) {
            if (entry->used != 0 || entry->begin > entry->end) std::abort();
        }
    } catch (const Failure& failure) {
        if (!std::string_view(failure.what()).starts_with("f:")) std::abort();
    }
    return 0;
}
