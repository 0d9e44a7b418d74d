// SPDX-License-Identifier: MIT
#include "render/render_counts.hpp"

#include <algorithm>

#include "doc/unknown_text.hpp"
#include "source/files.hpp"

namespace dectprov {

void RenderCounts::add(FileStatus status) {
    switch (status) {
        case FileStatus::created:
            ++created;
            return;
        case FileStatus::changed:
            ++changed;
            return;
        case FileStatus::unchanged:
            ++unchanged;
            return;
        case FileStatus::removed:
            ++removed;
            return;
    }
}

void RenderCounts::add(const RenderCounts& more) {
    created += more.created;
    changed += more.changed;
    unchanged += more.unchanged;
    removed += more.removed;
}

void RenderCounts::take(std::string_view identity, std::vector<FileChange>& changes,
                        const std::function<bool(const FileChange&)>& is_listed) {
    std::erase_if(changes, [&](const FileChange& change) {
        const bool own = base_name(change.path).starts_with(identity);
        if (!own || is_listed(change)) return false;
        add(change.status);
        return true;
    });
}

std::size_t count_unknown(const std::vector<OutputFile>& files) {
    return static_cast<std::size_t>(
        std::ranges::count_if(files, [](const OutputFile& file) { return holds_unknown(file.bytes); }));
}

}  // namespace dectprov
