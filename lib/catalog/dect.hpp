// SPDX-License-Identifier: MIT
#pragma once

#include "catalog/origins.hpp"
#include "catalog/param.hpp"
#include "catalog/types.hpp"

namespace dectprov {

// Sections that no example of the guide has: `dect` of a KWS300, and `system_event`, named in passing.
inline constexpr Param dect_rows[] = {
    {.path = "config.dect",
     .type = types::section,
     .models = all_models,
     .summary = "DECT",
     .origin = kws300_template,
     .stated = Model::s400,
     .note = kws300_alone},
    {.path = "config.dect.auto_create_users",
     .type = types::boolean,
     .models = all_models,
     .summary = "Creates a user record when a handset subscribes",
     .origin = kws300_template,
     .stated = Model::s400,
     .note = kws300_by_name},
    {.path = "config.dect.send_date_time",
     .type = types::boolean,
     .models = all_models,
     .summary = "Sends date and time to the handsets",
     .origin = kws300_template,
     .stated = Model::s400,
     .note = kws300_by_name},
    {.path = "config.dect.subscription_allowed",
     .type = types::boolean,
     .models = all_models,
     .summary = "Lets handsets subscribe",
     .origin = kws300_template,
     .stated = Model::s400,
     .note = kws300_by_name},
    {.path = "config.system_event",
     .type = types::section,
     .models = dect_models,
     .summary = "Events of the system",
     .origin = "guide line 1945"},
    {.path = "config.system_event.internal_clip_presentation_ab",
     .type = types::text,
     .models = dect_models,
     .summary = "The setting for presentationtext of a user",
     .origin = "guide line 1945",
     .note = "only mentioned in the guide; its values are not stated"},
};

}  // namespace dectprov
