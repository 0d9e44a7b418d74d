// SPDX-License-Identifier: MIT
#pragma once

#include "catalog/origins.hpp"
#include "catalog/param.hpp"
#include "catalog/types.hpp"

namespace dectprov {

// Section `rfp`: base stations, which a 200 does not have beside itself.
inline constexpr Param rfp_rows[] = {
    {.path = "config.rfp",
     .type = types::section,
     .models = models_with_rfp,
     .summary = "Base stations",
     .origin = "guide line 645, 1001",
     .traits = Trait::closed},
    {.path = "config.rfp.auto",
     .type = types::section,
     .models = models_with_rfp,
     .summary = "Automatic update of the base stations",
     .origin = "guide line 646, 1002",
     .traits = Trait::closed},
    {.path = "config.rfp.auto.enable",
     .type = types::boolean,
     .models = models_with_rfp,
     .summary = "Updates the firmware of IP base stations automatically",
     .origin = "guide line 535, 560, 647, 676",
     .note = "needs a default firmware and the Enhanced Provisioning licence; on a 400 also the multi-cell "
             "licence",
     .example = "true"},
    {.path = "config.rfp.auto.force",
     .type = types::boolean,
     .models = models_with_rfp,
     .summary = "Updates at the start time even if the IP base station has calls",
     .origin = "guide line 648, 664, 677",
     .example = "false"},
    {.path = "config.rfp.auto.start_time",
     .type = types::start_time,
     .models = models_with_rfp,
     .summary = "When the update of IP base stations may begin",
     .origin = "guide line 649, 678",
     .default_value = "immediately",
     .has_default = true,
     .example = "immediately"},
    {.path = "config.rfp.auto.enable_digital",
     .type = types::boolean,
     .models = dect_models,
     .summary = "Updates the firmware of digital (TDM) base stations automatically",
     .origin = "guide line 1006, 233, 1876",
     .note = "needs the Enhanced Provisioning licence",
     .example = "true"},
    {.path = "config.rfp.auto.force_digital",
     .type = types::boolean,
     .models = dect_models,
     .summary = "Updates at the start time even if the digital base station has calls",
     .origin = "guide line 1007, 1877",
     .example = "false"},
    {.path = "config.rfp.auto.start_time_digital",
     .type = types::start_time,
     .models = dect_models,
     .summary = "When the update of digital base stations may begin",
     .origin = "guide line 678, 1008, 1878",
     .default_value = "immediately",
     .has_default = true,
     .example = "immediately"},
};

}  // namespace dectprov
