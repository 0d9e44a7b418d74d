// SPDX-License-Identifier: MIT
#pragma once

#include "catalog/origins.hpp"
#include "catalog/param.hpp"
#include "catalog/types.hpp"

namespace dectprov {

// Licence keys: the server's own and those of the second server of a redundant pair.
inline constexpr Param license_rows[] = {
    {.path = "config.license",
     .type = types::licence_keys,
     .models = all_models,
     .summary = "Licence keys, separated by commas",
     .origin = "guide line 1810-1861, 606",
     .traits = Trait::secret | Trait::lines,
     .stated = ip_models,
     .note =
         "a merge adds its keys to the existing ones, an overwrite replaces the list; after loading keys on "
         "the web page the guide says to reboot, for an import no source says this"},
    {.path = "config.slave",
     .type = types::section,
     .models = all_models,
     .summary = "The second server of a redundant pair",
     .origin = "guide line 1833-1844",
     .stated = ip_models},
    {.path = "config.slave.license",
     .type = types::licence_keys,
     .models = all_models,
     .summary = "Licence keys of the second server, separated by commas",
     .origin = "guide line 1833-1844",
     .traits = Trait::secret | Trait::lines,
     .stated = ip_models,
     .note = "no source says which servers can have a second one"},
};

}  // namespace dectprov
