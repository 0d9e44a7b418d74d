// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "diag/diagnostic.hpp"
#include "source/source_set.hpp"
#include "source/span.hpp"

namespace dectprov {

// One line `GROUP<n> VERSION<n>` of a handset_config_list.ver.
struct VersionLine {
    std::string_view group;  // the digits, leading zeros kept
    std::string_view version;
    Span group_span;  // "GROUP100", from the G
    Span group_digits;
    Span version_digits;
};

struct VersionList {
    FileId file{};
    std::vector<VersionLine> lines;  // the good ones, in order
    bool complete = true;            // no line was bad: a group that is not here is not in the list
    bool site = false;               // made from a site description: spans are of YAML, nothing was parsed
};

// Reports `ver/syntax` (at the first wrong character), `value/range` of a group's number (no line of the
// result then) and of its version, `file/empty`, and nothing that needs other files.
VersionList read_version_list(const SourceSet& sources, FileId file, Report& report);

// Whether two versions of a group are the same: leading zeros do not make another one.
bool same_version(std::string_view a, std::string_view b);

std::string write_version_list(const std::vector<std::pair<std::string, std::string>>& groups);

// The text of a firmware `.ver`: "PCS20Ba 90198". See rules.md, readings: three forms are accepted.
struct FirmwareVersion {
    std::string release;  // PCS20Ba
    std::string build;    // 90198
};
// Nothing where the text is of another form; `wrong` gets the offset of the first wrong byte.
std::optional<FirmwareVersion> parse_firmware_version(std::string_view text, std::size_t* wrong = nullptr);

// Whether a text is the name of a release: "PCS20Ba".
bool is_release(std::string_view text);

// Order of releases: number, then the two places, '_' before every letter (a missing place counts as '_').
// Nothing where a text is no release name.
std::optional<int> compare_releases(std::string_view a, std::string_view b);

}  // namespace dectprov
