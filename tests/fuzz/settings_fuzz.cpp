// SPDX-License-Identifier: MIT
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "compare/values.hpp"
#include "device/settings.hpp"
#include "source/failure.hpp"

using namespace dectprov;

// An export is read, or refused with its place; what is read can be shown, and secrets stay hidden.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const Catalog& catalog = Catalog::builtin();
    try {
        for (const HeldSetting& setting :
             read_settings("f", std::string(reinterpret_cast<const char*>(data), size), catalog)) {
            if (compare(setting, setting) == Same::no) std::abort();
            const std::string value = shown(setting);
            if (is_licence(catalog, setting.entry) && value.find('<') != 0) std::abort();
        }
    } catch (const Failure& failure) {
        if (!std::string_view(failure.what()).starts_with("f")) std::abort();
    }
    return 0;
}
