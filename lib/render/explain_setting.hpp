// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "load/site.hpp"

namespace dectprov {

// Where a server of a site description gets a setting from, a line each: "SERVER SETTING = VALUE
// (FILE:LINE:COLUMN)", the place being in the layer that won; below it a line for each layer that says
// another thing and does not hold, the nearest first. `setting` is the dotted path of a finding, of the
// configuration ("sip.dtmf.duration") or of handset groups ("data.ringing_volume.volume"), or what
// is_explained() names. A secret is shown as "***".
std::string explain_setting(const SiteServer& site, const SourceSet& sources, std::string_view setting);

// Whether it begins with a key of descriptions that is no setting: "users", "users.USERNAME",
// "users.USERNAME.FIELD", "licenses", "firmware_files", "firmware_files.FILE".
bool is_explained(std::string_view setting);

}  // namespace dectprov
