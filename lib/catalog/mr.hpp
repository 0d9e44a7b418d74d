// SPDX-License-Identifier: MIT
#pragma once

#include "catalog/origins.hpp"
#include "catalog/param.hpp"
#include "catalog/types.hpp"

namespace dectprov {

// Section `mr`: media resources, which only the 6500 and the virtual server have.
inline constexpr Param mr_rows[] = {
    {.path = "config.mr",
     .type = types::section,
     .models = models_with_mr,
     .summary = "Media resources",
     .origin = "guide line 638, 153",
     .traits = Trait::closed},
    {.path = "config.mr.auto",
     .type = types::section,
     .models = models_with_mr,
     .summary = "Automatic update of the media resources",
     .origin = "guide line 639, 717",
     .traits = Trait::closed},
    {.path = "config.mr.auto.enable",
     .type = types::boolean,
     .models = models_with_mr,
     .summary = "Updates the firmware of media resources automatically",
     .origin = "guide line 153, 535, 640, 717",
     .note = "needs a default firmware and the Enhanced Provisioning licence",
     .example = "true"},
    {.path = "config.mr.auto.force",
     .type = types::boolean,
     .models = models_with_mr,
     .summary = "Updates at the start time even if the media resource has calls",
     .origin = "guide line 641, 664, 718",
     .example = "false"},
    {.path = "config.mr.auto.start_time",
     .type = types::start_time,
     .models = models_with_mr,
     .summary = "When the update may begin",
     .origin = "guide line 642, 719",
     .default_value = "immediately",
     .has_default = true,
     .example = "00:00"},
};

}  // namespace dectprov
