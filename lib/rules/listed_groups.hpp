// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include "doc/ver_list.hpp"

namespace dectprov {

// The groups that a version list names, by number. Looks at the list that it was made from.
class ListedGroups {
public:
    struct Item {
        std::uint32_t number;
        const VersionLine* line;
    };

    explicit ListedGroups(const VersionList& list);

    // By number; lines of one number in their order.
    [[nodiscard]] const std::vector<Item>& items() const { return items_; }
    // The first line of the group; null where the list does not name it.
    [[nodiscard]] const VersionLine* find(std::uint32_t number) const;
    // Its only line; null also where several lines name it, since nobody knows which of them counts.
    [[nodiscard]] const VersionLine* find_only(std::uint32_t number) const;

private:
    std::vector<Item> items_;
};

}  // namespace dectprov
