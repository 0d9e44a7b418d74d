// SPDX-License-Identifier: MIT
#include <algorithm>
#include <optional>
#include <string_view>

#include <fmt/format.h>

#include "catalog/characters.hpp"
#include "diag/rules.hpp"
#include "doc/secret.hpp"
#include "doc/ver_list.hpp"
#include "rules/groups.hpp"
#include "rules/settings.hpp"

namespace dectprov {

namespace {

// Several settings may name one file: it is looked at once.
template <class Visit>
void for_each_file(const Server& server, Visit&& visit) {
    for (auto file = server.firmware.begin(); file != server.firmware.end(); ++file) {
        // A version file may have been named by itself, without a configuration.
        if (server.config && lacks(server, server.config->catalog(), server.config->entry(file->node)))
            continue;
        const bool again = std::any_of(server.firmware.begin(), file, [&](const FirmwareFile& earlier) {
            return earlier.name == file->name;
        });
        if (!again) visit(*file);
    }
}

void check_missing_versions(const Server& server, Report& report) {
    for_each_file(server, [&](const FirmwareFile& file) {
        if (file.version) return;
        // A tree without any firmware keeps it elsewhere.
        if (!file.image && std::ranges::none_of(server.firmware, [](const FirmwareFile& one) {
                return one.image || one.version;
            }))
            return;
        const std::string name = shown_value(*server.config, file.node);
        if (!file.image) {
            report
                .add(rule::firmware_ver_missing, server.config->value_place(file.node),
                     fmt::format("neither {0} nor {0}.ver is here", name),
                     "check that both are where the server fetches them")
                .severity = Severity::note;
            return;
        }
        report.add(
            rule::firmware_ver_missing, server.config->value_place(file.node),
            fmt::format("{0} is here, but {0}.ver is not", name),
            fmt::format("write {}.ver with the version of the firmware, such as 'PCS20Ba 90198'", name));
    });
}

void check_text(const Server& server, Report& report) {
    for_each_file(server, [&](const FirmwareFile& file) {
        if (!file.version) return;
        if (!trimmed(file.text).empty()) return;
        report.add(rule::firmware_ver_text, Place{.span = {.file = *file.version}},
                   "the file is empty; it must give the version of the firmware",
                   "write the version of the firmware, such as 'PCS20Ba 90198'");
    });
}

void check_form(const Server& server, Report& report) {
    for_each_file(server, [&](const FirmwareFile& file) {
        if (!file.version) return;
        const std::string_view text = file.text;
        const std::string_view line = trimmed(text);
        if (line.empty()) return;
        const auto first = static_cast<std::size_t>(line.data() - text.data());
        std::size_t wrong = 0;
        if (parse_firmware_version(line, &wrong)) return;
        const auto begin = static_cast<std::uint32_t>(first + wrong);
        const auto end = static_cast<std::uint32_t>(std::max(first + wrong, first + line.size()));
        report.add(rule::firmware_ver_form,
                   Place{.span = {.file = *file.version, .begin = begin, .end = end}},
                   "this is not a release name and a build number", "the form is 'PCS20Ba 90198'");
    });
}

}  // namespace

namespace rule {

constexpr Rule firmware_ver_missing{
    .id = "firmware/ver-missing",
    .severity = Severity::error,
    .summary = "a firmware file without its .ver",
    .why =
        "The server fetches NAME.ver first, and the firmware only when the version in it is not the running "
        "one. Without NAME.ver there is nothing to compare. For a ZIP file NAME.ver must be written by hand. "
        "If the tree has other firmware, but neither this file nor its .ver, both may be elsewhere; then the "
        "finding is a note.",
    .origin = "guide line 425-429, 1259, 1277",
    .example = Example::none,
    .check = {.server = check_missing_versions}};

constexpr Rule firmware_ver_text{
    .id = "firmware/ver-text",
    .severity = Severity::error,
    .summary = "an empty firmware .ver",
    .why = "The server compares this text with the version that it runs. An empty file gives no version.",
    .origin = "guide line 425, 1266, 1277",
    .example = Example::none,
    .check = {.server = check_text}};

constexpr Rule firmware_ver_form{
    .id = "firmware/ver-form",
    .severity = Severity::warning,
    .summary = "a firmware .ver that does not have the form PCS20Ba 90198",
    .why =
        "The server compares the text with the version that it runs. A text in another form is never equal, "
        "so the server may load the same firmware and restart at every check.",
    .origin = "guide line 425, 1266, 1277",
    .example = Example::none,
    .check = {.server = check_form}};

}  // namespace rule

std::span<const Rule* const> firmware_rules() {
    static constexpr const Rule* rows[] = {&rule::firmware_ver_missing, &rule::firmware_ver_text,
                                           &rule::firmware_ver_form};
    return rows;
}

}  // namespace dectprov
