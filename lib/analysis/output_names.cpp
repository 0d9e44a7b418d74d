// SPDX-License-Identifier: MIT
#include "analysis/output_names.hpp"

#include <fmt/format.h>

#include "diag/rules.hpp"
#include "model/identity.hpp"
#include "output/file_set.hpp"
#include "source/files.hpp"

namespace dectprov {

void check_output_names(const SiteServer& server, Report& report) {
    for (const SiteServer::FirmwareVersionText& firmware : server.firmware_versions) {
        if (firmware.opaque) continue;
        const std::string file = firmware.file + ".ver";
        if (!stays_within(file)) {
            report.add(rule::value_format, firmware.where,
                       fmt::format(
                           "'{}' lies outside the output folder, so its version file cannot be written there",
                           firmware.file));
        } else if (const FileName name = read_name(base_name(file)); name.role == Role::list) {
            report.add(rule::site_output_collision, firmware.where,
                       fmt::format("{} is the handset list of {}", file, name.identity.text),
                       "give the firmware file another name");
        }
    }
}

}  // namespace dectprov
