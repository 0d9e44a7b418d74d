// SPDX-License-Identifier: MIT
#pragma once

#include "catalog/origins.hpp"
#include "catalog/param.hpp"
#include "catalog/types.hpp"

namespace dectprov {

inline constexpr std::string_view suota_loads[] = {"low", "medium", "high"};

// Section `suota`: handset firmware over the air.
inline constexpr Param suota_rows[] = {
    {.path = "config.suota",
     .type = types::section,
     .models = all_models,
     .summary = "Update of handset firmware over the air",
     .origin = "guide line 622, 627, 826",
     .traits = Trait::closed},
    {.path = "config.suota.auto",
     .type = types::boolean,
     .models = all_models,
     .summary = "Updates the firmware of handsets automatically",
     .origin = "guide line 622, 628, 164-166, 756",
     .note =
         "needs the Enhanced Provisioning licence, except on a 200; a boolean, while auto of mr and rfp is a "
         "section",
     .example = "true"},
    {.path = "config.suota.incharger",
     .type = types::boolean,
     .models = all_models,
     .summary = "Updates only handsets in a charger",
     .origin = "guide line 629, 757",
     .example = "true"},
    {.path = "config.suota.load",
     .type = types::choice(suota_loads),
     .models = all_models,
     .summary = "How many handsets are updated at a time",
     .origin = "guide line 630, 759-764, 776",
     .default_value = "medium",
     .has_default = true,
     .note =
         "only high occurs in a file; low, medium and high are the words of the web page, in small letters "
         "like those of check_sync",
     .example = "high"},
    {.path = "config.suota.start_time",
     .type = types::start_time,
     .models = all_models,
     .summary = "When the update may begin, within the next 24 hours",
     .origin = "guide line 631, 758",
     .default_value = "immediately",
     .has_default = true,
     .example = "immediately"},
};

}  // namespace dectprov
