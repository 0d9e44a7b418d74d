// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace dectprov {

// The digits of a MAC address as files have it; nothing for another identity.
std::optional<std::uint64_t> mac_number(std::string_view identity);

// The identities of a fleet, which may be a large one: eight bytes a MAC address.
class IdentitySet {
public:
    void insert(std::string_view identity);
    void merge(IdentitySet more);
    // Puts what was inserted in order; asked before contains().
    void settle();
    [[nodiscard]] bool contains(std::string_view identity) const;

private:
    std::vector<std::uint64_t> macs_;
    std::set<std::string, std::less<>> others_;
};

}  // namespace dectprov
