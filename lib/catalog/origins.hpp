// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

// Sources and doubts that many rows share.
namespace dectprov {

// The configuration of a KWS300, an older 400, in three versions of one public file.
inline constexpr std::string_view kws300_template =
    "https://github.com/urueedi/kazoo-provision/blob/201f767/DEVELOP/polycom_template_xml.php";
inline constexpr std::string_view kws300_export =
    "https://github.com/urueedi/kazoo-provision/blob/148dfe9/DEVELOP/polycom_template_xml.php";

inline constexpr std::string_view kws300_both =
    "https://github.com/urueedi/kazoo-provision/blob/201f767/DEVELOP/polycom_template_xml.php; "
    "https://github.com/urueedi/kazoo-provision/blob/148dfe9/DEVELOP/polycom_template_xml.php";

inline constexpr std::string_view kws300_alone = "known only from a KWS300";
inline constexpr std::string_view kws300_by_name =
    "known only from a KWS300; its meaning is inferred from its name";

}  // namespace dectprov
