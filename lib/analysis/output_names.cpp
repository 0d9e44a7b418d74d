// SPDX-License-Identifier: MIT
#include "analysis/output_names.hpp"

#include <fmt/format.h>

#include <climits>
#include <string>
#include <string_view>

#include "diag/rules.hpp"
#include "model/identity.hpp"
#include "output/file_set.hpp"
#include "source/files.hpp"

namespace dectprov {
namespace {

// What else is written under a name that a version file's path would make a folder of; empty where nothing
// is.
std::string file_in_place_of(std::string_view folder) {
    const FileName name = read_name(folder);
    if (name.role != Role::none && name.role != Role::site)
        return fmt::format("{} is a file of {}", folder, name.identity.text);
    return folder.ends_with(".ver") ? fmt::format("{} is a firmware version file", folder) : std::string();
}

// What git keeps is, and what the next run removes as left over.
bool is_hidden(std::string_view path) {
    return path.starts_with('.') || path.find("/.") != std::string_view::npos;
}

// Also of the folders in it.
bool has_too_long_name(std::string_view path) {
    for (std::string_view above = path; !above.empty(); above = folder_of(above)) {
        if (is_too_long(base_name(above))) return true;
    }
    return false;
}

}  // namespace

void check_output_names(const SiteServer& server, Report& report) {
    const std::string help = "give the firmware file another name";
    for (const SiteServer::FirmwareVersionText& firmware : server.firmware_versions) {
        if (firmware.opaque) continue;
        const std::string file = firmware.file + ".ver";
        if (!stays_within(file)) {
            report.add(
                rule::value_format, firmware.where,
                fmt::format("'{}' is outside the output folder, so its version file cannot be written there",
                            firmware.file));
            continue;
        }
        if (is_hidden(file)) {
            report.add(
                rule::value_format, firmware.where,
                fmt::format("'{}' is hidden, so its version file cannot be written beside it", firmware.file),
                help);
            continue;
        }
        if (has_too_long_name(file)) {
            report.add(rule::value_format, firmware.where,
                       fmt::format("'{}' is too long for a version file beside it: with '.ver' a file name "
                                   "can have {} bytes",
                                   firmware.file, NAME_MAX),
                       help);
            continue;
        }
        if (const FileName name = read_name(base_name(file)); name.role == Role::list) {
            report.add(rule::site_output_collision, firmware.where,
                       fmt::format("{} is the handset list of {}", file, name.identity.text), help);
        }
        for (std::string_view above = folder_of(file); !above.empty(); above = folder_of(above)) {
            const std::string other = file_in_place_of(base_name(above));
            if (!other.empty())
                report.add(rule::site_output_collision, firmware.where,
                           fmt::format("{} is in a folder, but {}", file, other), help);
        }
    }
}

}  // namespace dectprov
