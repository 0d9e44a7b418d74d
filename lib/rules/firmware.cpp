// SPDX-License-Identifier: MIT
#include "diag/rules.hpp"
#include "rules/groups.hpp"

namespace dectprov {

namespace rule {

constexpr Rule firmware_ver_missing{
    .id = "firmware/ver-missing",
    .severity = Severity::error,
    .summary = "a firmware file without its .ver",
    .why =
        "The server fetches NAME.ver first and the firmware only when the text differs from what it runs. "
        "Without it there is nothing to compare. For a ZIP file it must be written by hand.",
    .origin = "guide line 423-429, 1259, 1277",
    .example = Example::none};

constexpr Rule firmware_ver_text{
    .id = "firmware/ver-text",
    .severity = Severity::error,
    .summary = "an empty firmware .ver",
    .why = "The text is what the server compares with the version it runs. An empty one names no version.",
    .origin = "guide line 425, 1266, 1277",
    .example = Example::none};

constexpr Rule firmware_ver_form{
    .id = "firmware/ver-form",
    .severity = Severity::warning,
    .summary = "a firmware .ver that is not of the form PCS20Ba 90198",
    .why =
        "The text is compared with the running version. One of another form never equals it, so the server "
        "may load the same firmware, and restart, at every check.",
    .origin = "guide line 425, 1266, 1277",
    .example = Example::none};

}  // namespace rule

std::span<const Rule* const> firmware_rules() {
    static constexpr const Rule* rows[] = {&rule::firmware_ver_missing, &rule::firmware_ver_text,
                                           &rule::firmware_ver_form};
    return rows;
}

}  // namespace dectprov
