// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "load/site.hpp"

namespace dectprov {

// Where a server of a site description gets a setting from, a line each: "SERVER SETTING = VALUE
// (FILE:LINE:COLUMN)", the place being in the layer that won. `setting` is the dotted path of a finding, of
// the configuration ("sip.dtmf.duration") or of handset groups ("data.ringing_volume.volume"). A secret is
// shown as "***".
std::string explain_setting(const SiteServer& site, std::string_view setting);

}  // namespace dectprov
