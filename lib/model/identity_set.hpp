// SPDX-License-Identifier: MIT
#pragma once

#include <array>
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

// A MAC address as files have it, in half as many bytes.
struct PackedMac {
    static constexpr std::size_t digits = 12;

    std::array<unsigned char, digits / 2> bytes;

    // Nothing for another text.
    static std::optional<PackedMac> of(std::string_view text);
    // Writes the digits, and returns where they end. Async-signal-safe.
    char* write(char* to) const noexcept;
    [[nodiscard]] std::string text() const;
};

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
