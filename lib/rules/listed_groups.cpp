// SPDX-License-Identifier: MIT
#include "rules/listed_groups.hpp"

#include <algorithm>

#include "rules/settings.hpp"

namespace dectprov {

ListedGroups::ListedGroups(const VersionList& list) {
    items_.reserve(list.lines.size());
    for (const VersionLine& line : list.lines) {
        if (const auto number = to_number(line.group)) items_.push_back({.number = *number, .line = &line});
    }
    std::ranges::stable_sort(items_, {}, &Item::number);
}

const VersionLine* ListedGroups::find(std::uint32_t number) const {
    const auto found = std::ranges::lower_bound(items_, number, {}, &Item::number);
    return found == items_.end() || found->number != number ? nullptr : found->line;
}

const VersionLine* ListedGroups::find_only(std::uint32_t number) const {
    const auto found = std::ranges::lower_bound(items_, number, {}, &Item::number);
    if (found == items_.end() || found->number != number) return nullptr;
    const auto next = found + 1;
    return next == items_.end() || next->number != number ? found->line : nullptr;
}

}  // namespace dectprov
