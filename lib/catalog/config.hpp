// SPDX-License-Identifier: MIT
#pragma once

#include "catalog/origins.hpp"
#include "catalog/param.hpp"
#include "catalog/types.hpp"

namespace dectprov {

// The root element of a server configuration.
inline constexpr Param config_rows[] = {
    {.path = "config",
     .type = types::section,
     .models = all_models,
     .summary = "The configuration of one server",
     .origin = "guide line 436, 822, 1395"},
};

// The one attribute the guide knows. It is no element, so it stands in no table of elements.
inline constexpr std::string_view merge_types[] = {"merge"};
inline constexpr Param merge_type{
    .path = "config@merge_type",
    .type = types::choice(merge_types),
    .models = ip_models,
    .summary = "Keeps every setting that is not in the file, instead of setting it back to its default",
    .origin = "guide line 440-448, 1579-1585",
    .note = "absent, or any other value: everything is overwritten; the DECT servers always overwrite",
    .example = "merge"};

}  // namespace dectprov
