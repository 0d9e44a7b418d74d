// SPDX-License-Identifier: MIT
#include "lint/fix.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "source/encoding.hpp"
#include "source/source_set.hpp"

namespace dectprov {
namespace {

constexpr std::string_view utf8_byte_order_mark = "\xef\xbb\xbf";

// What the places of findings are in: for UTF-8 the file but for its byte order mark.
std::string_view text_of(std::string_view bytes) {
    if (bytes.starts_with(utf8_byte_order_mark)) bytes.remove_prefix(utf8_byte_order_mark.size());
    return bytes;
}

FixedFile apply(std::string path, std::string bytes, std::vector<const FindingFix*> fixes) {
    std::ranges::sort(fixes, [](const FindingFix* a, const FindingFix* b) {
        return std::pair(a->begin, a->end) < std::pair(b->begin, b->end);
    });
    const std::size_t shift = bytes.size() - text_of(bytes).size();
    FixedFile file{.path = std::move(path), .before = std::move(bytes), .after = {}};
    std::size_t done = 0;
    for (const FindingFix* fix : fixes) {
        const std::size_t begin = fix->begin + shift;
        const std::size_t end = fix->end + shift;
        if (begin < done || end > file.before.size()) continue;
        file.after.append(file.before, done, begin - done);
        file.after += fix->replacement;
        done = end;
        ++file.fixes;
    }
    file.after.append(file.before, done);
    return file;
}

}  // namespace

Fixes apply_fixes(const Files& files, std::span<const Finding> findings, bool unsafe) {
    std::map<std::string_view, std::vector<const FindingFix*>> by_file;
    for (const Finding& finding : findings) {
        if (finding.fix && (finding.fix->safe || unsafe)) by_file[finding.fix->file].push_back(&*finding.fix);
    }
    Fixes result;
    std::set<std::string> seen;
    for (auto& [path, fixes] : by_file) {
        // Of a file with several names, which links give it, the first.
        if (!seen.insert(files.real(std::string(path))).second) continue;
        std::optional<std::string> bytes = files.read_if_there(std::string(path));
        if (bytes && !decode_xml(*bytes).utf8) {
            result.left_alone.push_back(fmt::format("{}: not fixed, because it is not in UTF-8", path));
            continue;
        }
        const std::size_t there = bytes ? SourceSet::hash_of(text_of(*bytes)) : 0;
        // Somebody may have saved it meanwhile.
        if (!bytes || std::ranges::any_of(fixes, [&](const FindingFix* fix) { return fix->text != there; })) {
            result.changed.emplace_back(path);
            continue;
        }
        FixedFile file = apply(std::string(path), *std::move(bytes), std::move(fixes));
        if (file.before != file.after) result.files.push_back(std::move(file));
    }
    return result;
}

}  // namespace dectprov
